import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'

/** User and password as arguments of a call, in a program, a shell of one or a stack trace: `auth=("max", "geheim")`, `PDO->__construct(dsn, 'max', 'geheim')`. */
export const codeCredential: Recognizer = {
  name: 'code-credential',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<user>'],
  anchors: [
    'auth=(',
    'basicauth(',
    'pdo->__construct(',
    'new pdo(',
    'mysqli_connect(',
    'mysqli->__construct(',
    'new mysqli(',
    'pscredential',
    '.login(',
    'convertto-securestring ',
  ],
  find: findCodeCredential,
  examples: {
    hidden: [
      ['get(url, auth=("max", "a b"))', 'get(url, auth=("<user>", "<secret>"))'],
      ["HTTPBasicAuth('max', 'geheim')", "HTTPBasicAuth('<user>', '<secret>')"],
      [
        "#0 db.php(12): PDO->__construct('mysql:dbname=x', 'max', 'geheim')",
        "#0 db.php(12): PDO->__construct('mysql:dbname=x', '<user>', '<secret>')",
      ],
      ["new mysqli('localhost', 'max', 'geheim')", "new mysqli('localhost', '<user>', '<secret>')"],
      ['smtp.login("max", "geheim")', 'smtp.login("<user>", "<secret>")'],
      ['New-Object PSCredential("max", $p)', 'New-Object PSCredential("<user>", $p)'],
      ['ConvertTo-SecureString "a b" -AsPlainText', 'ConvertTo-SecureString "<secret>" -AsPlainText'],
    ],
    kept: [
      'auth=(user, password)',
      'smtp.login(user, pw)',
      'new PDO($dsn)',
      'ConvertTo-SecureString $p',
      "auth=('', '')",
      'PSCredential is a type',
    ],
  },
}

const text1 = '(?:"(?<user>[^"\\n]{1,128})"|\'(?<user2>[^\'\\n]{1,128})\')'
const text2 = '(?:"(?<secret>[^"\\n]{1,256})"|\'(?<secret2>[^\'\\n]{1,256})\')'
const any = '(?:"[^"\\n]{0,512}"|\'[^\'\\n]{0,512}\')'
const forms = [
  new RegExp(`(?:auth=|basicauth|\\.login)\\([ \\t]?${text1},[ \\t]{0,2}${text2}`, 'diy'),
  new RegExp(
    `(?:pdo->__construct|new pdo|mysqli_connect|mysqli->__construct|new mysqli)\\(${any},[ \\t]{0,2}${text1},[ \\t]{0,2}${text2}`,
    'diy',
  ),
  new RegExp(`pscredential[ \\t]?\\([ \\t]?${text1}`, 'diy'),
  new RegExp(`convertto-securestring[ \\t]+(?:-string[ \\t]+)?${text2}`, 'diy'),
]

function findCodeCredential(text: string, at: number): readonly Match[] {
  for (const form of forms) {
    form.lastIndex = at
    const groups = form.exec(text)?.indices?.groups
    if (!groups) continue
    const user = groups['user'] ?? groups['user2']
    const secret = groups['secret'] ?? groups['secret2']
    const matches: Match[] = secret ? [{ start: secret[0], end: secret[1] }] : []
    if (user && !isNobody(text, ...user)) matches.push({ start: user[0], end: user[1], label: '<user>', type: 'USERNAME' })
    return matches
  }
  return none
}

import { isIn, letter } from '../character.ts'
import { groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'

/** User and secret in the syntax of one tool each: `CONNECT max/geheim@db`, `http -a max:geheim`, `plink -pw geheim`, `stats auth max:geheim`, `option key 'geheim'`. */
export const toolSecret: Recognizer = {
  name: 'tool-secret',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<user>', '<host>'],
  anchors: [
    ...[
      'wpa key',
      'wpa2 key',
      'wpa3 key',
      'wi-fi key',
      'wifi key',
      'wlan key',
      'wlan-key',
      'network key',
      'netzwerkschl',
      'netzwerk-schl',
      ', key ',
      ' / key',
    ],
    ...['combination', 'recovery key', '2fa secret', 'otp secret', 'mfa secret', 'oracle:thin:', 'setuser ', ' password=', ';uid='],
    ...['> connect ', '\nconnect ', 'conn ', ' target ', 'userid=', 'sqlplus ', 'exp ', 'expdp ', 'imp ', 'impdp ', 'sqlldr ', 'rman '],
    ...[
      'http -',
      'https -',
      'xh -',
      ' -pw ',
      'openssl enc',
      'net user ',
      '/add:',
      '/generic:',
      'psexec',
      'stats auth ',
      'insecure-password ',
    ],
    ...[
      'plaintext-password ',
      'encrypted-password ',
      'option key ',
      'option password ',
      'option psk',
      'option pin',
      'option auth_',
      ':587 ',
      ':465 ',
    ],
    ...[
      'password-command ',
      ':{plain}',
      ':{ssha',
      ':{crypt}',
      ':{sha',
      'produktschl',
      'lizenzschl',
      'product key ',
      'userpassword::',
      'license = ',
      'licence = ',
    ],
    ...['pre-shared key ', 'snmp community '],
  ],
  find: findToolSecret,
  examples: {
    hidden: [
      ['WPA2 key: seeblick2024', 'WPA2 key: <secret>'],
      ['Wi-Fi "Pension", key seeblick2024', 'Wi-Fi "Pension", key <secret>'],
      ['The safe combination is 27-14-08', 'The safe combination is <secret>'],
      ['BitLocker recovery key: 123456-234567-345678-456789', 'BitLocker recovery key: <secret>'],
      ['2FA secret JBSWY3DPEHPK3PXP', '2FA secret <secret>'],
      ['jdbc:oracle:thin:max_b/geheim@localhost:1521:x', 'jdbc:oracle:thin:<user>/<secret>@localhost:1521:x'],
      ['ACL SETUSER max_b on >geheim ~*', 'ACL SETUSER <user> on ><secret> ~*'],
      ['/user add name=max_b password=geheim group=x', '/user add name=<user> password=<secret> group=x'],
      ['SQL> CONNECT max_b/Pers0nal#Akte@//localhost:1521/X', 'SQL> CONNECT <user>/<secret>@//localhost:1521/X'],
      ['conn max_b/geheim@ORCL', 'conn <user>/<secret>@ORCL'],
      ['exp max_b/geheim@ORCL file=x', 'exp <user>/<secret>@ORCL file=x'],
      ['rman target sys/geheim@ORCL', 'rman target sys/<secret>@ORCL'],
      ['sqlldr userid=max_b/geheim@ORCL', 'sqlldr userid=<user>/<secret>@ORCL'],
      ['http -a max:geheim GET x', 'http -a <user>:<secret> GET x'],
      ['plink -pw geheim localhost', 'plink -pw <secret> localhost'],
      ['openssl enc -aes-256-cbc -k geheim -in x', 'openssl enc -aes-256-cbc -k <secret> -in x'],
      ['net user max geheim /add', 'net user <user> <secret> /add'],
      ['cmdkey /add:nas /user:max /pass:geheim', 'cmdkey /add:<host> /user:<user> /pass:<secret>'],
      ['  stats auth max:geheim', '  stats auth <user>:<secret>'],
      ['  user max insecure-password geheim', '  user <user> insecure-password <secret>'],
      ["user max authentication plaintext-password 'geheim'", "user <user> authentication plaintext-password '<secret>'"],
      ["\toption key 'zwei worte'", "\toption key '<secret>'"],
      ['max:{PLAIN}geheim', '<user>:{PLAIN}<secret>'],
      ['Produktschlüssel ABCD1-EFGH2-IJKL3-MNOP4', 'Produktschlüssel <secret>'],
      ['IPsec pre-shared key "zwei worte"', 'IPsec pre-shared key "<secret>"'],
    ],
    kept: [
      'connect to a/b@c failed',
      'connect 10/20@x',
      'conn closed',
      'target release/x',
      'http -v localhost',
      'openssl enc -d -in x',
      'net user max',
      'stats auth failed',
      'pre-shared key is missing',
      'option key is required',
      'git add src/add:x',
      'exp a/b',
      'license = MIT',
    ],
  },
}

const user = '(?<user>[A-Za-z_][\\w.$#-]{0,63})'
const bare = '(?<secret>[^\\s"\'`<$|;&-][^\\s"\'`|;&]{1,127})'
const quoted = '["\']?(?<secret>(?<=")[^"\\n$<]{2,128}|(?<=\')[^\'\\n$<]{2,128}|[^\\s"\'`<$]{3,128})'
/** Each has a group for the secret, and may have those for a user and a host. */
const forms = groupByInitial([
  [
    'wn, ',
    /(?:(?:wpa[23]?|wi-?fi|wlan|network|netzwerk)[ -]?(?:key|schlüssel)|(?<=(?:wi-?fi|wlan|ssid)[^\n]{0,48})(?:,| \/) key)(?: is| ist| lautet)?:? ["'„»]?(?<secret>(?=[^\s]{0,62}[\d!#$%&*_-])(?=[^\s]{0,62}[a-z])[^\s"'“«,;<]{8,63})/diuy,
  ],
  ['c', /combination(?: to the \w+)?(?: is|:) (?<secret>\d{1,2}(?:[-–. ]\d{1,2}){2,3})(?![\w-])/diy],
  ['r', /recovery key(?: is|:)? (?<secret>(?=[A-Z-]{0,8}\d)[A-Z\d]{4,8}(?:-[A-Z\d]{4,8}){2,9})(?![\w-])/diy],
  ['2tom', /(?:2fa|totp|otp|mfa) secret(?: is|:)? (?<secret>[A-Z2-7]{16,64})(?!\w)/diy],
  ['o', new RegExp(`oracle:thin:${user}/(?<secret>[^\\s/@"']{2,128})@`, 'diy')],
  ['s', new RegExp(`setuser[ \\t]+${user}(?:[ \\t]+[^\\s>#]{1,32}){0,8}[ \\t]+>(?<secret>[^\\s"'<]{2,256})`, 'diy')],
  [' ', new RegExp(`(?<=name="?${user}"?) password="?(?<secret>[^\\s"<$]{2,128})`, 'diy')],
  [';', new RegExp(`;uid=${user}(?=;[ ]?pwd=)`, 'diy')],
  [
    'cei>\n',
    new RegExp(`(?:[>\\n] ?)?(?:conn(?:ect)?|exp(?:dp)?|imp(?:dp)?)[ \\t]+["']?${user}\\/(?<secret>[^\\s/@"']{2,128})@(?=[\\w/])`, 'diy'),
  ],
  [
    'sru',
    new RegExp(
      `(?:sqlplus[ \\t]+(?:-\\w[ \\t]+){0,3}|sqlldr[ \\t]+|userid=|rman[ \\t]+)["']?${user}\\/(?<secret>[^\\s/@"']{2,128})@(?=[\\w/])`,
      'diy',
    ),
  ],
  [' ', new RegExp(` target[ \\t]+["']?${user}\\/(?<secret>[^\\s/@"']{2,128})(?:@(?=[\\w/])|["'\\n])`, 'diy')],
  ['hx', new RegExp(`(?:https?|xh) (?:-{1,2}[\\w=-]{1,24} ){0,4}(?:-a|--auth)[ =]["']?${user}:${bare}`, 'dy')],
  [' ', new RegExp(` -pw[ \\t]+${quoted}`, 'dy')],
  ['o', new RegExp(`openssl enc[ \\t][^\\n|;]{0,160}?[ \\t]-(?:k|pass)[ \\t]+(?!pass:|env:|file:|stdin)${quoted}`, 'dy')],
  ['n', new RegExp(`net user[ \\t]+${user}[ \\t]+(?<secret>[^\\s/*<$][^\\s]{0,127})(?=[ \\t]+/|[ \\t]*(?:\\r?\\n|$))`, 'diy')],
  ['/', /\/(?:add|generic):(?<host>(?!<)[A-Za-z][\w.-]{0,62})(?= \/user:)/diy],
  ['p', /psexec(?:64)?(?:\.exe)?[ \t]+\\\\(?<host>[A-Za-z][\w-]{0,62})(?=[ \t])/diy],
  ['s', new RegExp(`stats auth[ \\t]+${user}:${bare}`, 'dy')],
  ['i', new RegExp(`(?:(?<=user[ \\t]{1,4}${user}[ \\t]{1,4})|)insecure-password[ \\t]+${quoted}`, 'dy')],
  [
    'pe',
    new RegExp(
      `(?:(?<=user[ \\t]${user}[ \\t](?:authentication[ \\t])?)|)(?:plaintext|encrypted)-password[ \\t]+${quoted}(?=["']?[ \\t]*;?(?:\\r?\\n|$))`,
      'dy',
    ),
  ],
  ['o', /option (?:key|password|psk\w*|pin\w*|auth_\w+)[ \t]+(?:'(?<secret>[^'\n$<]{2,128})'|"(?<secret2>[^"\n$<]{2,128})")/dy],
  [':', new RegExp(`(?<=\\[[\\w.<>-]{1,128}\\]):(?:587|465)[ \\t]+${user}:${bare}`, 'dy')],
  ['p', /password-command[ =]["']?echo[ \t]+["']?(?<secret>[^\s"'$<]{2,128})/dy],
  [
    ':',
    /(?<=(?:^|[\n\s])(?<user>[A-Za-z_][\w.-]{0,63}))(?=:\{):\{(?:PLAIN|CLEAR|CLEARTEXT|SSHA\d*|SHA\d*(?:-CRYPT)?|CRYPT|BLF-CRYPT|ARGON2ID?)\}(?<secret>[^\s:]{2,512})/diy,
  ],
  [
    'pl',
    /(?:(?:produkt|lizenz)schl(?:ü|ue)ssel|product key|licen[cs]e)(?: ist| is| lautet| =|:)?[ \t]{1,3}["']?(?<secret>[A-Z\d]{4,8}(?:-[A-Z\d]{4,8}){2,7})(?![\w-])/diy,
  ],
  ['u', /userpassword::[ \t]*(?<secret>[A-Za-z\d+/]{8,512}={0,2})/diy],
  ['p', /pre-shared key[ \t]+(?:is[ \t]+)?(?:"(?<secret>[^"\n]{4,128})"|'(?<secret2>[^'\n]{4,128})')/diy],
  [
    's',
    /snmp community[ \t]+(?:(?:is|string|ist)[ \t]+){0,2}["'„»]?(?<secret>(?=[a-z_-]{0,32}\d|[^\s]{0,32}[!#$%&*_-])[^\s"'“«,;.]{3,64})/diy,
  ],
])

function findToolSecret(text: string, at: number): readonly Match[] {
  const isCompound = isIn(text, at, letter) && isIn(text, at - 1, letter)
  if (isCompound) return none
  for (const form of patternsAt(forms, text, at)) {
    form.lastIndex = at
    const groups = form.exec(text)?.indices?.groups
    if (!groups) continue
    const { user: account, host } = groups
    const secret = groups['secret'] ?? groups['secret2']
    const matches: Match[] = []
    if (account && !isNobody(text, ...account)) matches.push({ start: account[0], end: account[1], label: '<user>', type: 'USERNAME' })
    if (host) matches.push({ start: host[0], end: host[1], label: '<host>', type: 'HOSTNAME' })
    if (secret) matches.push({ start: secret[0], end: secret[1] })
    return matches.length === 0 ? none : matches
  }
  return none
}

import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Secrets that commands take without a telling label: `curl -u user:pw`, `sshpass -p`, `mysql -p…`, SQL's `IDENTIFIED BY`, `user:pw | chpasswd`. */
export const commandSecret: Recognizer = {
  name: 'command-secret',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: ['-u ', '--user ', 'sshpass ', 'mysql', 'mariadb', 'identified ', 'requirepass ', 'chpasswd', 'redis-cli '],
  find: findCommandSecret,
  examples: {
    hidden: [
      ['curl -u jo:pw!1 localhost', 'curl -u <secret> localhost'],
      ["sshpass -p 'two words' ssh", "sshpass -p '<secret>' ssh"],
      ['mysql -uroot -phunter2 app', 'mysql -uroot -p<secret> app'],
      ["CREATE USER 'app' IDENTIFIED BY 'pw';", "CREATE USER 'app' IDENTIFIED BY '<secret>';"],
      ['echo "root:geheim" | chpasswd', 'echo "root:<secret>" | chpasswd'],
      ['requirepass foobared', 'requirepass <secret>'],
    ],
    kept: [
      'sudo -u postgres psql',
      'id -u www-data',
      'mysql -p app',
      'chown --user root:',
      'mysqld -port',
      'useradd -u 1000:1000',
      'docker run --user 1000:1000 x',
    ],
  },
}

/** Each pattern ends with the secret as its last group, so that its place follows from the end of the match. */
const patterns = [
  /-(?:u|-user)[ \t]+["']?[\w.@-]{1,64}:(?!\d{1,5}(?:\s|$))([^\s"'`]+)/y,
  /sshpass[ \t]+-p[ \t]*'([^'\n]{1,256})/y,
  /sshpass[ \t]+-p[ \t]*"([^"\n]{1,256})/y,
  /sshpass[ \t]+-p[ \t]*([^\s"'`]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p'([^'\n]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p"([^"\n]{1,256})/y,
  /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t](?:[^\n|;]{0,200}?[ \t])?-p([^\s"'`]{1,256})/y,
  /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?'([^'\n]{1,256})/iy,
  /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?"([^"\n]{1,256})/iy,
  /requirepass[ \t]+["']?([^\s"'`]{1,256})/y,
  /redis-cli[ \t][^\n|;]{0,100}?-a[ \t]+["']?([^\s"'`]{1,256})/y,
]

function findCommandSecret(text: string, at: number): readonly Match[] {
  if (text.startsWith('chpasswd', at)) return findPiped(text, at)
  for (const pattern of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    const value = found?.[1] ?? ''
    if (value === '' || value.startsWith('$')) continue
    const end = at + (found?.[0].length ?? 0)
    return isUserOption(text, at) ? wholeUser(text, at, end) : [{ start: end - value.length, end }]
  }
  return none
}

function isUserOption(text: string, at: number): boolean {
  return text[at] === '-'
}

/** Of `-u user:pw` the user goes as well. */
function wholeUser(text: string, at: number, end: number): readonly Match[] {
  const start = at + text.slice(at, end).search(/[ \t]["']?[^\s"'-]/) + 1
  return [{ start: '"\''.includes(text[start] ?? ' ') ? start + 1 : start, end }]
}

const pipe = /[\w.-]{1,32}:([^\s"'`|]{1,256})["'`]?[ \t]*\|[ \t]*(?:sudo[ \t]+)?$/

/** `echo "user:pw" | chpasswd`: the secret stands before the word. */
function findPiped(text: string, at: number): readonly Match[] {
  const before = text.slice(Math.max(0, at - 320), at)
  const found = pipe.exec(before)
  const value = found?.[1] ?? ''
  if (!found || value === '' || value.startsWith('$')) return none
  const start = at - before.length + found.index + found[0].indexOf(':') + 1
  return [{ start, end: start + value.length }]
}

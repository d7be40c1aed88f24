import { lineStart } from '../line.ts'
import { groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'
import { commandSecretExamples } from './command-secret-examples.ts'
import { isPiped } from './registry-login.ts'

/** Secrets that commands take without a telling label: `curl -u user:pw`, `sshpass -p`, `mysql -p…`, SQL's `PASSWORD '…'`, `user:pw | chpasswd`. */
export const commandSecret: Recognizer = {
  name: 'command-secret',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<user>'],
  anchors: [
    ...['-u ', '--user ', '--proxy-user ', '--oauth2-bearer ', 'sshpass ', 'mysql', 'mariadb', 'identified ', "password '"],
    ...[
      'ssh-keygen ',
      'useradd ',
      'usermod ',
      'net user ',
      'net use ',
      'sqlplus ',
      'expdp ',
      'impdp ',
      '--auth ',
      "password('",
      'radtest ',
      'isakmp key ',
      'masterauth ',
      '<<<',
    ],
    ...[
      'createuser ',
      '| cryptsetup ',
      '| sudo -s',
      '| docker secret ',
      '| podman secret ',
      '| smbpasswd',
      '| sudo smbpasswd',
      '| sudo passwd',
    ],
    ...['| pdbedit ', '| sudo cryptsetup ', '| kinit ', '| gpg ', '| openssl ', '| vncpasswd', '| occ ', '| kubectl create secret '],
    ...['requirepass ', 'chpasswd', '| passwd', 'htpasswd ', 'mosquitto_passwd ', 'openssl passwd ', 'redis-cli '],
    ...['zip -', '7z ', '7za ', '7zz ', '7zr ', 'rar ', 'pdftk ', 'qpdf ', 'vncpasswd ', 'xfreerdp', 'wfreerdp', 'rdesktop '],
    ...[
      'rclone obscure ',
      'bw unlock ',
      'bw login ',
      '+login ',
      'cscli bouncers ',
      'ldappasswd ',
      'pass ',
      'login ',
      'auth plain ',
      'auth login ',
      'vxnlcm5hbwu6',
      'ugfzc3dvcmq6',
      'dxnlcm5hbwu6',
      'cgfzc3dvcmq6',
    ],
    ...[' > /', ' >> /', '| tee /', '| sudo tee /'],
    ...['orepass ', 'eypass ', '_auth=', '_auth = ', '_auth: ', '_auth":', '-auth ', '-auth=', '= static:', '=static:'],
    ...[
      'pro attach ',
      'ua attach ',
      'vault login ',
      'operator unseal ',
      'authtoken ',
      'cloudflared service install ',
      'b2 account ',
      'authorize-account ',
    ],
  ],
  find: findCommandSecret,
  examples: commandSecretExamples,
}

/** Each pattern ends with the secret as its last group, so that its place follows from the end of the match. */
const patterns = groupByInitial([
  ['-', /-(?:[uU]|-(?:proxy-)?user)[ \t]+["']?[\w.@%+\\-]{1,64}:(?!\d{1,5}(?:\s|$))([^\s"'`]+)/y],
  ['-', /-(?:[uU]|-(?:proxy-)?user)[ \t]+[\w.@%+\\-]{1,64}:"([^"\n]{1,256})/y],
  ['-', /-(?:[uU]|-(?:proxy-)?user)[ \t]+[\w.@%+\\-]{1,64}:'([^'\n]{1,256})/y],
  ['-', /--oauth2-bearer[ \t]+["']?([^\s"'`]{1,4096})/y],
  ['s', /sshpass[ \t]+-p[ \t]*'([^'\n]{1,256})/y],
  ['s', /sshpass[ \t]+-p[ \t]*"([^"\n]{1,256})/y],
  ['s', /sshpass[ \t]+-p[ \t]*([^\s"'`]{1,256})/y],
  ['m', /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p'([^'\n]{1,256})/y],
  ['m', /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t][^\n|;]{0,200}?[ \t]-p"([^"\n]{1,256})/y],
  ['m', /(?:mysql(?:dump|admin|_upgrade)?|mariadb(?:-dump|-admin)?)[ \t](?:[^\n|;]{0,200}?[ \t])?-p([^\s"'`]{1,256})/y],
  ['i', /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?'([^'\n]{1,256})/iy],
  ['i', /identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by[ \t]+(?:password[ \t]+)?"([^"\n]{1,256})/iy],
  // PostgreSQL's `CREATE ROLE x WITH LOGIN PASSWORD 'y'`; must not match `the column password 'is' too short`.
  ['p', /(?<=\b(?:role|user|login|encrypted|with)\b[^\n;]{0,80})password[ \t]+(?:'\\''|')([^'\n]{1,256})/iy],
  // With -b the password is the last word of the command.
  ['m', /mosquitto_passwd[ \t]+-b[ \t]+[^\s|;&]{1,256}[ \t]+[^\s|;&]{1,64}[ \t]+["']?([^\s"'`|;&$-][^\s"'`|;&]{0,255})/y],
  ['z', /zip[ \t](?:[^\n|;&]{0,200}?[ \t])?-P[ \t]*(?=[^\s-])["']?((?<=["'])[^"'\n]{1,256}|[^\s"'`]{1,256})/y],
  ['7r', /(?:7z[arz]?|rar)[ \t](?:[^\n|;&]{0,200}?[ \t])?-h?p(?=[^\s-])["']?((?<=["'])[^"'\n]{1,256}|[^\s"'`]{1,256})/y],
  ['p', /pdftk[ \t][^\n|;&]{0,200}?(?:user|owner|input)_pw[ \t]+["']?([^\s"'`]{1,256})/y],
  ['xwr', /(?:[xw]freerdp3?|rdesktop)[ \t](?:[^\n|;&]{0,200}?[ \t])?(?:\/p:|-p[ \t]+)["']?(?=[^\s-])([^\s"'`]{1,256})/y],
  ['oe', /(?<=-(?:src|dest|new)?(?:st|k))(?:ore|ey)pass[ \t]+["']?(?=[^\s-])([^\s"'`]{1,256})/y],
  [
    'h',
    /htpasswd[ \t]+-(?=\w{0,8}b)\w{1,8}(?:[ \t]+[^\s|;&]{1,256}){1,3}?[ \t]+["']?([^\s"'`|;&<-][^\s"'`|;&]{0,255})(?=["']?[ \t]*(?:$|[\n|;&>)]))/y,
  ],
  ['o', /openssl[ \t]+passwd[ \t]+(?:-salt[ \t]+\S{1,64}[ \t]+|-\w{1,16}[ \t]+){0,4}["']?([^\s"'`|;&-][^\s"'`|;&]{0,255})/y],
  ['rm', /(?:requirepass|masterauth)[ \t]+["']?([^\s"'`]{1,256})/y],
  ['s', /ssh-keygen[ \t](?:[^\n|;&]{0,200}?[ \t])?-N[ \t]+["']?([^\s"'`]{1,256})/y],
  ['u', /user(?:add|mod)[ \t](?:[^\n|;&]{0,200}?[ \t])?-p[ \t]+["']?([^\s"'`-][^\s"'`]{0,255})/y],
  ['n', /net user[ \t]+[\w.-]{1,64}[ \t]+([^\s/*][^\s]{0,127})(?=[ \t]+\/add|[ \t]*(?:\n|$))/iy],
  ['n', /net use[ \t]+(?:\w:[ \t]+)?\\\\\S{1,200}[ \t]+([^\s/*][^\s]{0,127})/iy],
  ['sei', /(?:sqlplus|expdp|impdp)[ \t]+(?:-\w[ \t]+)?[\w.-]{1,64}\/([^\s@]{1,128})(?=[@\s]|$)/iy],
  ['-', /--auth[ \t=]+[\w.@%+-]{1,64}:([^\s"'`]{1,256})/y],
  ['p', /password\('([^'\n]{1,256})/iy],
  ['r', /radtest[ \t]+\S{1,64}[ \t]+["']?([^\s"'`$]{1,128})/y],
  ['i', /isakmp key[ \t]+(?:[06][ \t]+)?(\S{1,128})(?=[ \t]+address)/iy],
  [
    '<',
    /<<<[ \t]*(?=["']?[^\s"'`$<])(?<=(?:pass|luks|login|kinit|keepass|unlock|sudo -S|gpg|cryptsetup|age|su -)[^\n|;]{0,120})["']?((?<=")[^"$<\n]{1,256}|(?<=')[^'$<\n]{1,256}|[^\s"'`$<][^\s"'`]{0,255})/iy,
  ],
  [
    '<',
    /(?<=(?:pass|luks|login|kinit|keepass|unlock|sudo -S|gpg|cryptsetup|age|su -)[^\n|;]{0,120})<<<[ \t]*([^\s"'`$<][^\s"'`]{0,255})/iy,
  ],
  ['-', /-u[ \t]+["']?[\w.@%+-]{1,64},(?!\d)(?<=lftp [^\n]{0,160})([^\s"'`]{1,256})/y],
  ['r', /rclone obscure[ \t]+["']?(?!-)([^\s"'`$<]{1,256})/y],
  ['b', /bw (?:unlock|login[ \t]+(?:<email>|\S{1,128}@\S{1,128}))[ \t]+["']?(?!-)((?<=["'])[^"'\n]{1,256}|[^\s"'`$<]{1,256})/y],
  ['+', /\+login[ \t]+[\w.@<>-]{1,64}[ \t]+(?!anonymous|\+)([^\s"'`$<]{1,256})/y],
  ['c', /cscli bouncers add[ \t][^\n|;]{0,80}?(?:-k|--key)[ \t]+([^\s"'`$<-][^\s"'`]{0,255})/y],
  ['l', /ldappasswd[ \t](?:[^\n|;]{0,200}?[ \t])?-s[ \t]*["']?([^\s"'`$<-][^\s"'`]{0,255})/y],
  ['pP', /PASS[ \t](?<=USER[ \t][^\n]{1,128}\n(?:[^\n]{0,128}\n)?[^\n]{0,8}PASS )(?=[^\s<$]+[ \t]*(?:\r?\n|$))(\S{1,256})/y],
  ['l', /LOGIN[ \t](?<=(?:^|[\n>:][ \t]{0,2})[A-Za-z]?\d{1,5} LOGIN )(?:"[^"\n]{1,64}"|\S{1,128})[ \t]+"?(?=[^\s<$])([^\s"]{1,256})/y],
  [
    'a',
    /AUTH (?:PLAIN|LOGIN)[ \t]+(?=[a-zA-Z]{0,64}\d|[a-z]{0,64}[A-Z]{1,64}[a-z]|[A-Z]{1,64}[a-z])([A-Za-z\d+/]{8,1024}={0,2})(?![\w:.-])/y,
  ],
  [
    'vudc',
    /(?<=334[ -])(?:VXNlcm5hbWU6|UGFzc3dvcmQ6|dXNlcm5hbWU6|cGFzc3dvcmQ6)[ \t]*\r?\n[^\n]{0,16}?([A-Za-z\d+/]{4,1024}={0,2})[ \t]*(?=\r?\n|$)/y,
  ],
  ['c', /createUser[ \t]+\S{1,64}[ \t]+(?:MD5|SHA[\d-]{0,4})[ \t]+"?([^\s"]{1,128})/iy],
  [
    'puvoacb',
    /(?:(?:pro|ua) attach|vault login|operator unseal|authtoken|cloudflared service install|b2 account|authorize-account)[ \t]+(?:--?\w[\w-]*[ \t]+){0,2}["']?(?=[^\s"']{0,64}\d)([\w+/=.:-]{16,4096})/iy,
  ],
  ['r', /redis-cli[ \t](?:[^\n|;]{0,100}?[ \t])?-a[ \t]+["']?([^\s"'`]{1,256})/y],
])

function findCommandSecret(text: string, at: number): readonly Match[] {
  if (text.startsWith('chpasswd', at)) return findPiped(text, at)
  if (text[at] === '|' || text[at] === ' ') return fileBehind.test(text.slice(at, at + 160)) ? findEchoed(text, at) : none
  const pair = findPair(text, at)
  if (pair !== none) return pair
  return findByPattern(text, at)
}

function findByPattern(text: string, at: number): readonly Match[] {
  for (const pattern of patternsAt(patterns, text, at)) {
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
  return text[at] === '-' && !text.startsWith('--oauth2', at)
}

/** Of `-u user:pw` the user goes as well. */
function wholeUser(text: string, at: number, end: number): readonly Match[] {
  const start = at + text.slice(at, end).search(/[ \t]["']?[^\s"'-]/) + 1
  return [{ start: '"\''.includes(text[start] ?? ' ') ? start + 1 : start, end }]
}

const pipe = /([\w.-]{1,32}):([^\s"'`|]{1,256})["'`]?[ \t]*\|[ \t]*(?:sudo[ \t]+)?$/

/** `echo "user:pw" | chpasswd`: the secret stands before the word. */
function findPiped(text: string, at: number): readonly Match[] {
  if (!isPiped(text, at)) return none
  const before = text.slice(Math.max(0, at - 320), at)
  const found = pipe.exec(before)
  const [whole = '', user = '', value = ''] = found ?? []
  if (!found || value === '' || value.startsWith('$')) return none
  const userStart = at - before.length + found.index
  const start = userStart + whole.indexOf(':') + 1
  const match: Match = { start, end: start + value.length }
  return isNobody(text, userStart, userStart + user.length)
    ? [match]
    : [{ start: userStart, end: userStart + user.length, label: '<user>', type: 'USERNAME' }, match]
}

/** User and secret of commands and settings that have no word for either; where there is no secret, the user alone. */
const pairs = [
  /(?:ht|mosquitto_)passwd[ \t]+-\w{1,8}[ \t]+(?:-\w{1,8}[ \t]+){0,2}["']?(?=[^\s|;&]*[./])[^\s|;&"']{1,256}["']?[ \t]+["']?(?<user>[A-Za-z_][\w.@-]{0,63})["']?(?:[ \t]+["']?(?<secret>[^\s"'`|;&$<-][^\s"'`|;&]{0,255}))?(?=["']?[ \t]*(?:$|[\n|;&>)]))/dy,
  /(?:[xw]freerdp3?|rdesktop)[ \t](?:[^\n|;&]{0,200}?[ \t])?(?:\/u:|-u[ \t]+)["']?(?<user>[\p{L}_][\p{L}\w.@\\-]{0,63})/duy,
  /= ?static:(?<user>[\w.@+-]{1,128}|<email>):(?<secret>[^\s<:/][^\s]{0,255})/dy,
  /qpdf[ \t](?:[^\n|;&]{0,200}?[ \t])?--encrypt[ \t]+(?<secret>[^\s<-]\S{0,127})[ \t]+(?<secret2>[^\s<-]\S{0,127})[ \t]+(?:40|128|256)\b/dy,
  /[_-]auth\\?["']?[ \t]{0,4}[:= ][ \t]{0,4}\\?["']?(?<secret>(?=[^\s"']{0,64}\d)(?=[^\s"']{0,64}[A-Z])(?=[^\s"']{0,64}[a-z])[A-Za-z\d+/]{12,1024}={0,2}(?![\w:.-])|[A-Za-z][\w.@+-]{0,63}:(?!\d{1,5}(?:\s|$)|[/$<])[^\s"'`\\]{3,256})/diy,
]

function findPair(text: string, at: number): readonly Match[] {
  for (const pair of pairs) {
    pair.lastIndex = at
    const { user, secret, secret2 } = pair.exec(text)?.indices?.groups ?? {}
    const matches: Match[] = []
    if (user && !isNobody(text, ...user)) matches.push({ start: user[0], end: user[1], label: '<user>', type: 'USERNAME' })
    for (const place of [secret, secret2]) if (place) matches.push({ start: place[0], end: place[1] })
    if (matches.length > 0 && !(user && pair === pairs[1])) return matches
    if (matches.length > 0) return [...matches, ...findByPattern(text, at)]
  }
  return none
}

/** A command that reads a secret, or a file that holds one: matches `| passwd`, ` > /root/.vnc/passwd`, `| sudo tee /etc/x/token`; must not match ` > /etc/passwd.txt`. */
const fileBehind =
  /^(?:\|(?![ \t]*(?:sudo )?tee)|[^\n]{0,16}[ \t]\/?[^\s;&|"']{0,120}(?:pass(?:wd|word|phrase|file)?|secret|token|api_?key|psk|\.cred|credentials)(?:s|\.txt|\.key)?["']?(?:[ \t;&|\n]|$))/i

/** What goes into `passwd`, `cryptsetup` and the like: matches `echo -e "a\\na" `, `printf '%s\n' a a `, `(echo a; echo a) `. */
const echoed =
  /(?:(?:echo|printf|yes)(?:[ \t]{1,4}(?:"[^"\n]{0,128}"|'[^'\n]{0,128}'|[^\s"'|;&)}]{1,96})){1,8}[ \t]{0,4}(?:[;)}]{1,2}[ \t]{0,4})?){1,4}$/
const echoedWord = /(?<=[ \t])(?:"([^"\n$<]{1,256})"|'([^'\n$<]{1,256})'|((?!echo\b|printf\b|yes\b)[^\s"'|;&)}$<-][^\s"'|;&)}]{0,255}))/dg

/** `echo -e "pw\npw" | passwd user`: the secret stands before the pipe. */
function findEchoed(text: string, at: number): readonly Match[] {
  const from = lineStart(text, at, Math.max(0, at - 256))
  const found = echoed.exec(text.slice(from, at))
  if (!found) return none
  const offset = from + found.index
  return [...found[0].matchAll(echoedWord)].flatMap(({ indices }) => {
    const place = indices?.[1] ?? indices?.[2] ?? indices?.[3]
    if (!place || /%[sb]/.test(found[0].slice(...place))) return []
    return [{ start: offset + place[0], end: offset + place[1] }]
  })
}

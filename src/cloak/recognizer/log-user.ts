import { alphanumeric, digit, dot } from '../character.ts'
import { lineStart } from '../line.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'
import { isPort, quadEnd } from './ipv4.ts'

/** Who was served, logged in or acted, in the lines of servers where only the form of the line tells: access logs, sudo, cron, `last`, FTP, RADIUS, VPN. */
export const logUser: Recognizer = {
  name: 'log-user',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  otherLabels: ['<host>'],
  anchors: [
    ...[
      '] "',
      ' : tty=',
      ') cmd (',
      '(uid=',
      ' pts/',
      ' tty',
      ' :0',
      ' :1',
      ' seat0',
      ' console  ',
      '] fail ',
      '] ok ',
      '] peer c',
      'login incorrect',
      'login ok',
      'passwd-file(',
      ", u'",
      '(to ',
      ' all=(',
      'sudoers file',
      'user [',
      ']\\[',
      '] -> [',
      ':x:',
    ],
    'denied to ',
    'logged in\n',
  ],
  signs: [{ sign: '/', before: alphanumeric, after: [digit, digit | dot, digit | dot] }],
  find: findLogUser,
  examples: {
    hidden: [
      [
        '10.0.0.5 - max [09/Mar/2026:13:55:36 +0000] "GET / HTTP/1.1" 200',
        '<ipv4> - <user> [09/Mar/2026:13:55:36 +0000] "GET / HTTP/1.1" 200',
      ],
      ['nas7 - - [09/Mar/2026:13:55:36 +0000] "POST /x"', '<host> - - [09/Mar/2026:13:55:36 +0000] "POST /x"'],
      ['sudo:   max : TTY=pts/1 ; PWD=/srv', 'sudo:   <user> : TTY=pts/1 ; PWD=/srv'],
      ['CRON[77]: (max) CMD (/usr/bin/x)', 'CRON[77]: (<user>) CMD (/usr/bin/x)'],
      ['session opened for user root(uid=0) by max(uid=1002)', 'session opened for user root(uid=0) by <user>(uid=1002)'],
      ['max   pts/0        10.0.0.5     Sat Mar  7 19:02', '<user>   pts/0        <ipv4>     Sat Mar  7 19:02'],
      ['max   pts/0        nas7         Sat Mar  7 19:02', '<user>   pts/0        <host>         Sat Mar  7 19:02'],
      ['root  pts/1        nas7         11:40    1.00s', 'root  pts/1        <host>         11:40    1.00s'],
      ['max   tty2         2026-11-22 11:40 (nas7)', '<user>   tty2         2026-11-22 11:40 (<host>)'],
      ['max      :0       :0               11:40   ?xdm?   5:14', '<user>      :0       :0               11:40   ?xdm?   5:14'],
      ['max      seat0        2026-11-22 11:40 (login screen)', '<user>      seat0        2026-11-22 11:40 (login screen)'],
      ['max      console  Mar  7 19:02', '<user>      console  Mar  7 19:02'],
      ['[pid 2] [max] FAIL LOGIN: Client "x"', '[pid 2] [<user>] FAIL LOGIN: Client "x"'],
      ['Login incorrect (pap): [max/<via Auth-Type>] (from', 'Login incorrect (pap): [<user>/<via Auth-Type>] (from'],
      ['auth: passwd-file(max,10.0.0.5): mismatch', 'auth: passwd-file(<user>,<ipv4>): mismatch'],
      ["connected as c1 (p2, c1, k60, u'max').", "connected as c1 (p2, c1, k60, u'<user>')."],
      ['su[7]: (to root) max on pts/1', 'su[7]: (to root) <user> on pts/1'],
      ['su[7]: (to max) root on pts/1', 'su[7]: (to <user>) root on pts/1'],
      ['user [max] -> [max] FAILED', 'user [<user>] -> [<user>] FAILED'],
      ['Auth: user [FIRMA]\\[max] workstation', 'Auth: user [<user>]\\[<user>] workstation'],
      ['max:x:1003:1003::/srv/x:/bin/sh', '<user>:x:1003:1003::/srv/x:/bin/sh'],
      ['max ALL=(ALL) NOPASSWD: ALL', '<user> ALL=(ALL) NOPASSWD: ALL'],
      ['max is not in the sudoers file.', '<user> is not in the sudoers file.'],
      ['Permission to a/b.git denied to max.', 'Permission to a/b.git denied to <user>.'],
      ['pure-ftpd: (x) [INFO] max is now logged in\n', 'pure-ftpd: (x) [INFO] <user> is now logged in\n'],
      ['up: 10.8.0.14 -> max/203.0.113.5:49211', 'up: <ipv4> -> <user>/<ipv4>:49211'],
    ],
    kept: [
      '"GET / HTTP/1.1" [200] "-"',
      'key ["a"] "b"',
      'root pts/0',
      'root 12 0.0 pts/0    Ss   11:40   0:00 bash',
      'error :0 lines',
      'reboot   system boot  6.1.0-18-amd64   Sat Mar  7 19:02',
      'CRON[77]: (root) CMD (x)',
      'sudo: root : TTY=pts/1',
      '[1/3] OK done',
      'f(uid=0)',
      'Chrome/120.0.0.0',
      'tar -C /opt/203.0.113.5:1',
      '/dev/tcp/203.0.113.5:80',
      'permission denied to create database',
      'login ok, going on',
      "array('a', u'b')",
      'from x (to y) and z',
      'root:x:0:0:root:/root:/bin/sh',
      'root ALL=(ALL) ALL',
      '%sudo ALL=(ALL) ALL',
      'user is not in the sudoers file',
      'user [1]',
      'messagebus:x:1001:1001::/:/bin/false',
      '[a] -> b',
    ],
  },
}

const name = '[\\p{L}_][\\p{L}\\p{N}_.@+-]{0,63}'
/** The text before an anchor, its last group the user; of an access log the first may be a host. */
const endings: readonly (readonly [start: string, before: RegExp])[] = [
  ['] "', new RegExp(`(?:^|[\\s|])([^\\s|]{1,253}) [^\\s]{1,32} (-|${name}) \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:[\\d:]{8} [+-]\\d{4}$`, 'du')],
  [' : tty=', new RegExp(`sudo(?:\\[\\d{1,10}\\])?:[ \\t]{1,16}(${name})$`, 'du')],
  [') cmd (', new RegExp(`\\((${name})$`, 'du')],
  [' all=(', new RegExp(`^(${name})$`, 'du')],
  ['sudoers ', new RegExp(`(?:^|\\s)(${name}) is not in the $`, 'du')],
  ['(uid=', new RegExp(` by (${name})$`, 'du')],
  [' pts/', new RegExp(`^(${name})[ \\t]{0,32}$`, 'du')],
  [' tty', new RegExp(`^(${name})[ \\t]{0,32}$`, 'du')],
  ['] fail ', new RegExp(`\\]:? \\[(${name})$`, 'du')],
  ['logged i', new RegExp(`\\[INFO\\] (${name}) is now $`, 'du')],
  ['] peer c', new RegExp(`\\[(${name})$`, 'du')],
  ['] ok ', new RegExp(`\\] \\[(${name})$`, 'du')],
]
/** The text from an anchor on, its last group the user. */
const beginnings: readonly RegExp[] = [
  new RegExp(
    `(?<=(?:^|\\n)(${name})[ \\t]{0,32})[ \\t](?:(?::\\d(?:\\.\\d)?|seat\\d)[ \\t]+(?::\\d|\\?|\\d{4}-|[A-Z][a-z]{2} |\\d\\d:)|console[ \\t]+[A-Z][a-z]{2} )`,
    'duy',
  ),
  new RegExp(`login (?:incorrect|ok)[^[\\n]{0,80}: \\[(${name})(?=[/\\]])`, 'diuy'),
  new RegExp(`passwd-file\\((${name}),`, 'diuy'),
  new RegExp(`(?<=, k\\d{1,6}), u'(${name})'`, 'duy'),
  new RegExp(`\\(to (?!root\\))(${name})\\) (?=\\S{1,64} on )`, 'duy'),
  new RegExp(`\\(to [\\w-]{1,32}\\) (${name}) on `, 'duy'),
  new RegExp(`user \\[(${name})\\](?! at )`, 'diuy'),
  new RegExp(`(?<=user \\[[^\\]\\n]{1,64})\\]\\\\\\[(${name})\\]`, 'duy'),
  new RegExp(`(?<=\\[(?:${name}))\\] -> \\[(${name})\\]`, 'duy'),
  new RegExp(`(?<=permission to \\S{1,128} )denied to (${name})(?=\\.?(?:\\s|$))`, 'diuy'),
]
const beforeReach = 384

const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} '
/** Where somebody came from, in the lines of `last`, `who` and `w`: a name behind the terminal, or in brackets behind the time. */
const terminal = new RegExp(
  ` (?:pts/\\d{1,4}|tty\\w{1,4})[ \\t]{1,32}(?:([a-z][\\w.-]{0,252})(?=[ \\t]{1,32}(?:${day}|\\d\\d:\\d\\d))|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\(([a-z][\\w-]{0,62})\\))`,
  'dy',
)

function findLogUser(text: string, at: number): readonly Match[] {
  if (text[at] === '/') return findPeer(text, at)
  if (text[at] === ':') return findAccount(text, at)
  const head = text.slice(at, at + 8).toLowerCase()
  for (const [start, pattern] of endings) {
    if (!head.startsWith(start)) continue
    const from = lineStart(text, at, Math.max(0, at - beforeReach))
    const [, first, second] = pattern.exec(text.slice(from, at))?.indices ?? []
    if (first === undefined) return none
    if (start === ' pts/' || start === ' tty') return [...userAt(text, from, first), ...terminalHost(text, at)]
    return second === undefined ? userAt(text, from, first) : [...hostAt(text, from, first), ...userAt(text, from, second)]
  }
  for (const pattern of beginnings) {
    pattern.lastIndex = at
    const user = pattern.exec(text)?.indices?.[1]
    if (user) return userAt(text, 0, user)
  }
  return none
}

function terminalHost(text: string, at: number): readonly Match[] {
  terminal.lastIndex = at
  const found = terminal.exec(text)?.indices
  const place = found?.[1] ?? found?.[2]
  return place === undefined ? none : hostAt(text, 0, place)
}

type Place = readonly [start: number, end: number]

function userAt(text: string, from: number, [start, end]: Place): readonly Match[] {
  let last = end
  while (last > start && text[from + last - 1] === '.') last -= 1
  return text[from + start] === '-' || isNobody(text, from + start, from + last) ? none : [{ start: from + start, end: from + last }]
}

/** The client of an access log, where it is a bare name. */
function hostAt(text: string, from: number, [start, end]: Place): readonly Match[] {
  const host = text.slice(from + start, from + end)
  return /^[a-z][\w-]{0,62}$/i.test(host) && host !== 'localhost'
    ? [{ start: from + start, end: from + end, label: '<host>', type: 'HOSTNAME' }]
    : none
}

/** Where the numbers of an account that a person has follow: matches `:x:1003:1003:`, must not match `:x:0:0:`. */
const numbers = /:x:[1-6]\d{3,4}:\d{1,6}:/y

/** The name that begins a line of `/etc/passwd`. */
function findAccount(text: string, at: number): readonly Match[] {
  const start = lineStart(text, at, Math.max(0, at - 40))
  return matchesAt(numbers, text, at) && /^[a-z_][\w.-]{0,31}$/.test(text.slice(start, at)) ? userAt(text, start, [0, at - start]) : none
}

const peer = new RegExp(`(?:^|[\\s>])(${name})$`, 'du')

/** `max/203.0.113.5:49211`: VPN servers call their clients by name, address and port. */
function findPeer(text: string, at: number): readonly Match[] {
  const end = quadEnd(text, at + 1)
  if (end < 0 || !isPort(text, end)) return none
  const from = Math.max(0, at - 72)
  const user = peer.exec(text.slice(from, at))?.indices?.[1]
  return user ? userAt(text, from, user) : none
}

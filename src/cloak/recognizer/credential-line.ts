import { lineStart } from '../line.ts'
import { groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'

/** User and password side by side without labels, told by the form of their file or message: `.pgpass`, maps of Postfix, Docker's `auth`, `login: a / b`. */
export const credentialLine: Recognizer = {
  name: 'credential-line',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<host>', '<user>'],
  anchors: [
    ...[
      ':5432:',
      ':6432:',
      ':*:*:',
      ']:465 ',
      ']:587 ',
      ']:25 ',
      '"auth"',
      'login',
      'zugang',
      'credentials',
      'creds ',
      'creds:',
      'chpasswd',
      'u: ',
      'pptpd ',
      'l2tpd ',
    ],
    ...[
      'wpa_passphrase ',
      'add_user ',
      'change_password ',
      'mc alias set ',
      '/user:',
      'genkey',
      'genpsk',
      'mmunity ',
      '_community',
      '-community',
      'community:',
      'community":',
      'community =',
      'community=',
      'community_string',
      'tokenid',
    ],
  ],
  find: findCredentialLine,
  examples: {
    hidden: [
      ['db.lan:5432:app:max:geheim', '<host>:5432:app:<user>:<secret>'],
      ['# .pgpass\nmybox:5432:app:max:geheim', '# .pgpass\n<host>:5432:app:<user>:<secret>'],
      ['chpasswd: line 1: max:geheim', 'chpasswd: line 1: <user>:<secret>'],
      ['localhost:*:*:postgres:geheim', 'localhost:*:*:postgres:<secret>'],
      ['[smtp.kowalski.de]:465 max@kowalski.de:geheim&1', '[<host>]:465 <email>:<secret>'],
      ['{"auths":{"x":{"auth":"bWF4OmdlaGVpbQ=="}}}', '{"auths":{"x":{"auth":"<secret>"}}}'],
      ['Default login: max / geheim', 'Default login: <user> / <secret>'],
      ['the login for the label printer is max / geheim7, ok', 'the login for the label printer is <user> / <secret>, ok'],
      ['creds for staging -> admin:Geheim77', 'creds for staging -> admin:<secret>'],
      ['snmp_community: geheim', 'snmp_community: <secret>'],
      ['platform: snmp\n    community: geheim', 'platform: snmp\n    community: <secret>'],
      ['{"snmp":{"version":2,"community":"geheim"}}', '{"snmp":{"version":2,"community":"<secret>"}}'],
      ['full-tokenid: root@pam!x\nvalue: 4d5833b4-269f-4a4d-a727-04a4b4f8418b', 'full-tokenid: root@pam!x\nvalue: <secret>'],
      ['Zugang: admin / geheim!', 'Zugang: admin / <secret>'],
      ['chpasswd:\n  list: |\n    root:geheim\n    max:geheim2\n', 'chpasswd:\n  list: |\n    root:<secret>\n    <user>:<secret>\n'],
      ['chpasswd <<EOF\nroot:geheim\nmax:geheim2\nEOF', 'chpasswd <<EOF\nroot:<secret>\n<user>:<secret>\nEOF'],
      ['cat <<EOF | chpasswd\nroot:geheim\nEOF', 'cat <<EOF | chpasswd\nroot:<secret>\nEOF'],
      ['chpasswd <<< "root:geheim"', 'chpasswd <<< "<secret>"'],
      ['u: admin p: Apfel_31', 'u: admin p: <secret>'],
      ['x\nmax pptpd geheim *', 'x\nmax pptpd <secret> *'],
      ['wpa_passphrase "Mein Netz" geheim77', 'wpa_passphrase "Mein Netz" <secret>'],
      ['rabbitmqctl add_user max geheim', 'rabbitmqctl add_user <user> <secret>'],
      ['mc alias set x http://localhost:9000 AB12 geheim', 'mc alias set x http://localhost:9000 <secret> <secret>'],
      ['net use Z: \\\\nas\\daten /user:max geheim', 'net use Z: \\\\<host>\\<share> /user:<user> <secret>'],
      ['wg genkey | tee x\nLQ0jAQz9k3kVgUXrN/NZ6bYB/bdxs+cqG7RW5IShnp0=', 'wg genkey | tee x\n<secret>'],
      ['snmp-server community geheim RO', 'snmp-server community <secret> RO'],
      ["failed for community 'geheim'", "failed for community '<secret>'"],
    ],
    kept: [
      '127.0.0.1:5432:5432 is mapped',
      '"auth": "required"',
      'login: incorrect / timeout',
      'login for users: error:404abc',
      'Login: see https://localhost/x1',
      'credentials are user:password',
      'Login: a/b',
      'u: 12 p: 13',
      'community scripts / tools',
      'wpa_passphrase failed',
      'chpasswd: line 1',
      'net use /user:max /persistent:no',
      'wg genkey failed',
      'mc alias set x',
      'the community edition',
      'community: everybody',
      'snmp: on\ncommunity: public',
    ],
  },
}

const told =
  /(?:login|zugang|zugangsdaten|anmeldedaten|credentials|creds):?(?: (?:for|to|für|zum|zur|auf)(?: [\p{L}\d-]{1,24}){1,5})?(?: is:?| are:?| ist:?| lautet:?| lauten:?| sind:?|:| ?[-=]>)?[ \t]{1,8}(?:(?<user>[\w.-]{1,64})|[\w.+-]{1,64}@[\w.-]{1,253}|<(?:user|email)>)(?: \/ (?<secret>[^\s<]{4,128}?)|:(?=[^\s\d]{0,32}\d)(?=[^\s\p{L}]{0,32}\p{L})(?<secret2>[^\s<:/,][^\s<:/,]{5,63}))(?=[,;.)]?(?:\s|$))/diuy
/** Of an object store the id of the key goes as well, whatever it is. */
const ofStore = /mc alias set[ \t]+\S{1,64}[ \t]+\S{1,512}[ \t]+(?<user>[^\s<$]\S{0,127})[ \t]+(?<secret>[^\s<$]\S{0,255})/dy

/** The groups `user` and `secret` of each are hidden, the former unless it is an account of a system. */
const forms = groupByInitial([
  [':', /:(?:5432|6432|\*):[^:\s]{1,64}:(?<user>[^:\s]{1,64}):(?<secret>[^\s:]{1,256})(?=\s|$)/dy],
  [']', /\]:(?:465|587|25)[ \t]+(?:[\w.+-]{1,64}(?:@[\w.-]{1,253})?|<email>):(?<secret>[^\s<]\S{0,255})/dy],
  ['"', /"auth"[ \t]{0,4}:[ \t]{0,4}"(?<secret>[A-Za-z0-9+/]{10,2048}={0,2})"/dy],
  ['lzc', told],
  ['u', /(?<![\w.-])u: (?<user>[A-Za-z_][\w.@-]{0,63})[,;]?[ \t\n]{1,4}(?:p|pw|pwd|pass): (?<secret>[^\s<]{1,128})/diy],
  ['pl', /(?<=(?:^|\n)"?(?:[\w.@-]{1,64}|<user>|<email>)"?[ \t]{1,16})(?:pptpd|l2tpd)[ \t]{1,16}"?(?<secret>[^\s"<*]{1,128})/diy],
  ['c', /chpasswd: (?:line|zeile) \d{1,6}: (?<user>[A-Za-z_][\w.-]{0,31}):(?<secret>[^\s<]{1,256})/diy],
  [
    't',
    /tokenid[^\n]{0,120}\n(?:[^\n]{0,160}\n){0,6}?[^\n]{0,16}\bvalue[^\w\n]{1,24}(?<secret>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/diy,
  ],
  ['_-', /(?<=snmp)[_-]community(?:_string)?["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?<secret>[^\s"'<$]{1,64})/diy],
  // Settings of SNMP say so in a line before, or where the value begins with a quote.
  [
    'c',
    /(?<=snmp[\s\S]{0,160}?[\s"'_{,.])community(?:[_ -]?string)?["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?!public\b|private\b)(?<secret>[^\s"'<$,}]{3,64})/diy,
  ],
  ['w', /wpa_passphrase[ \t]+(?:"[^"\n]{1,64}"|'[^'\n]{1,64}'|[^\s-]\S{0,63})[ \t]+["']?(?<secret>[^\s"'<]{8,63})/dy],
  ['ac', /(?:add_user|change_password)[ \t]+(?<user>[\w.-]{1,64}|<user>)[ \t]+["']?(?<secret>[^\s"'<$-][^\s"']{0,255})/dy],
  ['m', ofStore],
  ['/', /(?<!runas [^\n]{0,80})\/user:(?:[\w.\\@-]{1,64}|<user>)[ \t]+(?<secret>[^\s/<*][^\s]{0,255})/diy],
  ['g', /gen(?:key|psk)\b[^\n]{0,128}\n(?<secret>[\w+/]{43}=)(?=\s|$)/dy],
  ['m', /(?<=(?:snmp-server |for |r[ow])co)mmunity[ \t]+["']?(?<secret>[^\s"'<]{1,64})/dy],
])
const listed = /^[ \t]*([A-Za-z_][\w.-]{0,31}):([^\s<][^\s]{0,255})[ \t]*$/dgm
const listReach = 512
const hereOrSetting =
  /^chpasswd(?:[^\n]{0,24}<<-?[ \t]?["']?\w{1,16}["']?[^\n]{0,40}\n|:[ \t]*\n(?:[ \t]+expire:[^\n]*\n)?[ \t]+list:[ \t]*\|?-?[ \t]*\n)(?:[ \t]*[\w.-]+:\S+[ \t]*(?:\n|$)){1,16}/
/** The command may stand behind the pipe of a document. */
const hereBehind = /^chpasswd[^\n]{0,24}\n(?:[ \t]*[\w.-]+:\S+[ \t]*(?:\n|$)){1,16}/

function findCredentialLine(text: string, at: number): readonly Match[] {
  if (text.startsWith('chpasswd', at)) {
    const listed = findListed(text, at)
    if (listed !== none) return listed
  }
  for (const form of patternsAt(forms, text, at)) {
    form.lastIndex = at
    const groups = form.exec(text)?.indices?.groups
    if (groups) return [...hostBefore(text, at), ...matchesOf(text, groups['user'], groups['secret'] ?? groups['secret2'], form)]
  }
  return none
}

const hostOfLine = /(?:^|\n)([a-z][\w-]{0,62})$/i

/** The server that begins a line of `.pgpass`; one with dots has a recognizer of its own. */
function hostBefore(text: string, at: number): readonly Match[] {
  const host = text[at] === ':' ? hostOfLine.exec(text.slice(Math.max(0, at - 64), at))?.[1] : undefined
  return host === undefined || host.toLowerCase() === 'localhost'
    ? none
    : [{ start: at - host.length, end: at, label: '<host>', type: 'HOSTNAME' }]
}

type Place = readonly [start: number, end: number]

function matchesOf(text: string, user: Place | undefined, secret: Place | undefined, form: RegExp): readonly Match[] {
  if (!secret || (form === told && user && isNobody(text, ...user) && !/^(?:admin|root|user)$/.test(text.slice(...user)))) return none
  const matches: Match[] = [{ start: secret[0], end: secret[1] }]
  if (!user || text[user[0]] === '<') return matches
  if (form === ofStore) return [{ start: user[0], end: user[1] }, ...matches]
  return isNobody(text, ...user) ? matches : [{ start: user[0], end: user[1], label: '<user>', type: 'USERNAME' }, ...matches]
}

/** The list of users and passwords in cloud-init's settings, up to a line that is no pair. */
function findListed(text: string, at: number): readonly Match[] {
  const from = lineStart(text, at, Math.max(0, at - 80))
  const before = text.slice(from, at)
  const lines = text.slice(at, at + listReach)
  const list = (before.includes('<<') ? hereBehind : hereOrSetting).exec(lines)?.[0]
  if (list === undefined) return none
  return [...list.matchAll(listed)].flatMap(({ indices }) => {
    const [, user, secret] = indices ?? []
    return user && secret ? matchesOf(text, [at + user[0], at + user[1]], [at + secret[0], at + secret[1]], listed) : []
  })
}

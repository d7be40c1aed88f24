import { isIn, labelOfHost } from '../character.ts'
import { matchesAt } from '../pattern.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'
import { readValue } from '../value.ts'

/** What clients of databases, directories, shares and brokers take in options of one letter: `psql -h nas -U max`, `smbclient -U max%geheim`. */
export const clientOption: Recognizer = {
  name: 'client-option',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<host>', '<user>'],
  anchors: [
    ...[
      'psql ',
      'pg_dump',
      'pg_restore',
      'pg_isready ',
      'createdb ',
      'createuser ',
      'mysql',
      'mariadb',
      'redis-cli ',
      'mongo',
      'smbclient ',
    ],
    ...['mosquitto_pub ', 'mosquitto_sub ', 'ldapsearch ', 'ldapmodify ', 'ldapadd ', 'sqlcmd ', 'ipmitool ', 'snmpwalk ', 'snmpget '],
    ...[
      'az login ',
      'ssh -',
      'isql ',
      'bcp ',
      'cqlsh ',
      'psexec ',
      'racadm ',
      'rpcclient ',
      'smbget ',
      'wbinfo ',
      'net ads ',
      'net rpc ',
      'ldappasswd ',
      'ldapdelete ',
      'ldapwhoami ',
    ],
  ],
  find: findClientOption,
  examples: {
    hidden: [
      ['psql -h nas7 -U max app', 'psql -h <host> -U <user> app'],
      ['pg_dump --no-owner -h nas -Umax app', 'pg_dump --no-owner -h <host> -U<user> app'],
      ["mysql -h nas -u max -p'a b' app", "mysql -h <host> -u <user> -p'<secret>' app"],
      ['smbclient -L //nas -U max%geheim', 'smbclient -L //<host> -U <user>%<secret>'],
      ['mosquitto_pub -h nas -u max -P geheim -t x', 'mosquitto_pub -h <host> -u <user> -P <secret> -t x'],
      ["ldapsearch -x -w 'a b' -b dc=x", "ldapsearch -x -w '<secret>' -b dc=x"],
      ['ipmitool -I lanplus -H bmc-1 -U max -P geheim power on', 'ipmitool -I lanplus -H <host> -U <user> -P <secret> power on'],
      ['snmpget -v3 -u max -A geheim1 -X geheim2 10.0.0.5', 'snmpget -v3 -u <user> -A <secret> -X <secret> <ipv4>'],
      ['cqlsh -u max -p geheim', 'cqlsh -u <user> -p <secret>'],
      ['snmpwalk -v2c -c geheim 10.0.0.5', 'snmpwalk -v2c -c <secret> <ipv4>'],
      ['az login --service-principal -u x1 -p ab~c', 'az login --service-principal -u <user> -p <secret>'],
      ['net ads join -U admin%geheim', 'net ads join -U admin%<secret>'],
      ["rpcclient -U 'max%geheim' localhost", "rpcclient -U '<user>%<secret>' localhost"],
      ['ssh -l max -p 2222 nas.lan', 'ssh -l <user> -p 2222 <host>'],
    ],
    kept: [
      'sudo -u postgres psql -c "select 1"',
      'psql -h localhost -U postgres',
      'psql -h /var/run/postgresql -U postgres',
      'mysql -h $DB_HOST -u "$DB_USER"',
      'mysql -h --help',
      'mysqld -u mysql',
      'psql failed; grep -h x -U y',
      'redis-cli -p 6379 ping',
      'ssh -p 2222 localhost',
      'pg_dump -h',
      'az login -p',
    ],
  },
}

/** Which letters stand before a host, a user and a secret; of shares a user has its secret behind a percent sign. */
type Options = { readonly host?: string; readonly user?: string; readonly secret?: string }

const clients: readonly (readonly [RegExp, Options])[] = [
  [/(?:psql|pg_(?:dump(?:all)?|restore|isready)|create(?:db|user)) /iy, { host: 'h', user: 'U' }],
  [/(?:mysql(?:dump|admin|check|import)?|mariadb(?:-dump|-admin)?) /iy, { host: 'h', user: 'u' }],
  [/redis-cli /iy, { host: 'h' }],
  [/mongo(?:sh|dump|restore|export|import)? /iy, { user: 'u', secret: 'p' }],
  [/(?:smb(?:client|get)|rpcclient|wbinfo|net (?:ads|rpc)) /iy, { user: 'U' }],
  [/mosquitto_[ps]ub /iy, { host: 'h', user: 'u', secret: 'P' }],
  [/ldap(?:search|modify|add|passwd|delete|whoami) /iy, { host: 'h', secret: 'w' }],
  [/sqlcmd /iy, { host: 'S', user: 'U', secret: 'P' }],
  [/ipmitool /iy, { host: 'H', user: 'U', secret: 'P' }],
  [/snmp(?:walk|get) /iy, { secret: 'cAX', user: 'u' }],
  [/isql /iy, { host: 'S', user: 'U', secret: 'P' }],
  [/bcp /iy, { host: 'S', user: 'U', secret: 'P' }],
  [/(?:cqlsh|psexec|racadm) /iy, { user: 'u', secret: 'p' }],
  [/az login /iy, { user: 'u', secret: 'p' }],
  [/ssh /iy, { user: 'l' }],
]

const command = /[^\n|;&]{0,512}/y
const option = /[ \t]-([a-zA-Z])[ \t]{0,4}(?=[^\s-])/g
const share = /[ \t](?:-L[ \t]{0,4})?["']?\/\/([\p{L}\p{N}][\p{L}\p{N}_.-]{0,62})(?=[\s"'/]|$)/du

function findClientOption(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, labelOfHost)) return none
  const options = clients.find(([name]) => matchesAt(name, text, at))?.[1]
  if (!options) return none
  command.lastIndex = at
  const line = command.exec(text)?.[0] ?? ''
  const matches: Match[] = []
  for (const { 0: whole, 1: letter = '', index } of line.matchAll(option)) {
    const value = readValue(text, at + index + whole.length)
    if (!value || '$<'.includes(text[value.start] ?? ' ')) continue
    if (letter === options.host) matches.push(...hostIn(text, value.start, value.end))
    else if (letter === options.user) matches.push(...userIn(text, value.start, value.end))
    else if (options.secret?.includes(letter)) matches.push(value)
  }
  const place = /^smbclient/i.test(line) ? share.exec(line)?.indices?.[1] : undefined
  if (place && place[0] < line.length) matches.push(...hostIn(text, at + place[0], at + place[1]))
  return matches.length === 0 ? none : matches
}

/** Addresses and dotted names have recognizers of their own; a path is that of a socket. */
function hostIn(text: string, start: number, end: number): readonly Match[] {
  const name = text.slice(start, end)
  const isHost = /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u.test(name) && /\p{L}/u.test(name) && name.toLowerCase() !== 'localhost'
  return isHost && !isPublicHost(name) ? [{ start, end, label: '<host>', type: 'HOSTNAME' }] : none
}

/** The id of an application, which is random. */
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}$/i

function userIn(text: string, start: number, end: number): readonly Match[] {
  if (uuid.test(text.slice(start, end))) return none
  const percent = text.slice(start, end).indexOf('%')
  const userEnd = percent < 0 ? end : start + percent
  const user: readonly Match[] = isNobody(text, start, userEnd) ? none : [{ start, end: userEnd, label: '<user>', type: 'USERNAME' }]
  return percent < 0 || userEnd + 1 >= end || text[userEnd + 1] === '<' ? user : [...user, { start: userEnd + 1, end }]
}

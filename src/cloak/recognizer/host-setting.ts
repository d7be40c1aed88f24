import { dottedEnd } from '../host-name.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Host names in settings and messages that few programs have: of containers, DHCP servers, ssh, switches, Windows. */
export const hostSetting: Recognizer = {
  name: 'host-setting',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    ...[
      'hostname to ',
      'computername',
      'computer name',
      'device name',
      'machine name',
      'rechnername',
      'userdomain=',
      'logonserver=',
      'bootstrap',
      'brokers',
    ],
    ...['servers', 'server ', 'ssh ', 'telnet ', 'nslookup ', 'traceroute ', 'node/'],
    ...['hostname ', 'host-name ', 'host ', '-host', 'workstation ', 'ta source'],
    ...['xyjump ', 'relay=', 'client=', 'connect from ', 'hostname\n', 'uname -n\n', 'hostname -f\n', 'hostname -s\n'],
    ...['gnu/linux ', 'pvecm add ', 'showmount ', 'netbios name', 'redis at ', 'broker at ', 'retrying with ', 'last login: '],
    ...['helo=<', 'node "', 'node \\"', '<host ', 'uts.name', '-computername ', 'from client ', 'client '],
  ],
  find: findHostSetting,
  examples: {
    hidden: [
      ['Computername: nas', 'Computername: <host>'],
      ['LOGONSERVER=\\\\NAS', 'LOGONSERVER=\\\\<host>'],
      ['bootstrap.servers=nas:9092', 'bootstrap.servers=<host>:9092'],
      ['server nas:8080;', 'server <host>:8080;'],
      ['Host x\n  HostName nas\n', 'Host x\n  HostName <host>\n'],
      ['$ ssh -p 2222 nas\n', '$ ssh -p 2222 <host>\n'],
      ['traceroute to nas (10.0.0.5), 30 hops', 'traceroute to <host> (<ipv4>), 30 hops'],
      ['node/nas cordoned', 'node/<host> cordoned'],
      ['Setting hostname to nas\n', 'Setting hostname to <host>\n'],
      ['Invoke-Command -ComputerName NAS-01 x', 'Invoke-Command -ComputerName <host> x'],
      ['lxc.uts.name = nas', 'lxc.uts.name = <host>'],
      ['report-host = nas', 'report-host = <host>'],
      ['hostnamectl set-hostname nas', 'hostnamectl set-hostname <host>'],
      ['Host Name . . . . . . . . : PC-MAX', 'Host Name . . . . . . . . : <host>'],
      ['Workstation Name: PC-MAX', 'Workstation Name: <host>'],
      ['user x workstation [pc] remote', 'user x workstation [<host>] remote'],
      ['x] (from client ap-og port 0 cli y)', 'x] (from client <host> port 0 cli y)'],
      ['Client esp-og disconnected, not authorised', 'Client <host> disconnected, not authorised'],
      ['Data Source=SQL-MAX;Initial', 'Data Source=<host>;Initial'],
      ["set system host-name 'nas'", "set system host-name '<host>'"],
      ['PostgreSQL-Host [localhost]: nas', 'PostgreSQL-Host [localhost]: <host>'],
      ['x\nhostname NAS-02\n', 'x\nhostname <host>\n'],
      ['Host nas\n  Port 22', 'Host <host>\n  Port 22'],
      ['host nas { hardware', 'host <host> { hardware'],
      ['dhcp-host=bc:24:11:5a:00:1f,nas,x', 'dhcp-host=<mac>,<host>,x'],
      ['helo=<PC-MAX>', 'helo=<<host>>'],
      ['Host *\n  ProxyJump nas', 'Host *\n  ProxyJump <host>'],
      ['Host nas-*\n  ProxyJump sprung', 'Host <host>\n  ProxyJump <host>'],
      ['relay=pc-max[10.0.0.5]:25', 'relay=<host>[<ipv4>]:25'],
      ['postfix/smtpd[7]: connect from nas[10.0.0.5]', 'postfix/smtpd[7]: connect from <host>[<ipv4>]'],
      ['Debian GNU/Linux 12 nas tty1', 'Debian GNU/Linux 12 <host> tty1'],
      ['Last login: Mon Jan  1 10:00:00 2026 from nas\n', 'Last login: Mon Jan  1 10:00:00 2026 from <host>\n'],
      ['showmount -e nas', 'showmount -e <host>'],
      ['netbios name = nas', 'netbios name = <host>'],
      ['Could not connect to Redis at nas:6379:', 'Could not connect to Redis at <host>:6379:'],
      ['$ hostname\nnas\n', '$ hostname\n<host>\n'],
      ['$ ssh -J max@sprung nas\n', '$ ssh -J <user>@<host> <host>\n'],
      ['error getting node \\"nas\\": x', 'error getting node \\"<host>\\": x'],
      ["<host mac='x' name='nas' ip='y'/>", "<host mac='x' name='<host>' ip='y'/>"],
    ],
    kept: [
      'character-set-server = utf8mb4\n',
      'servers: ["localhost:9092"]',
      'ssh failed\n',
      '+ telnet timeout\n',
      'device name: $DEV',
      'server = nginx\n',
      'server error:500 ',
      'hostname\n',
      '$ hostname\nbash: hostname: command not found',
      'connect from unknown[10.0.0.5]',
      'Host *\n  User root',
      'the client disconnected',
      'client has disconnected',
      'from client to server',
      'host is down',
      'name="x" value="y"',
    ],
  },
}

/** Labels whose value stands behind a sign of their own, and messages that few programs have. */
const labels = groupByInitial([
  ['h', /hostname (?:set )?to[ \t]["']?(?=[\w.-]{1,253}["']?\.?\n)/iy],
  ['cdmru', /(?<![a-z])(?:(?:computer|device|machine|rechner)[_ -]?name|userdomain)\\?["']?[ \t]{0,8}[=:][ \t]{0,8}\\?["']?/iy],
  ['l', /logonserver=\\\\/iy],
  [
    'bs',
    /(?<![a-z-])(?:brokers?|bootstrap[._-]servers?|servers?)["']?[ \t]{0,4}[=:][ \t]{0,4}\[?["']?(?=[a-z][\w.-]{0,252}:\d{2,5}(?![\w.]))/iy,
  ],
  ['s', /(?<![\w-])server[ \t]{1,4}(?=[a-z][\w.-]{0,252}:\d{2,5}[ \t;])/iy],
  ['s', /(?<![\w-])server[ \t]=[ \t]["']?(?=[a-z][\w.-]{0,252}["']?[ \t]*(?:\n|$))/iy],
  ['h', /(?<=\n[ \t]{0,8})HostName[ \t]{1,4}(?=[a-z][\w.-]{0,252}[ \t]*(?:\n|$))/y],
  [
    'stn',
    /(?<=(?:^|[\n$#+%] ?))(?:ssh|telnet|nslookup|traceroute)[ \t]{1,4}(?:-[a-zA-Z][ \t]{0,2}[\w./~@<>,:-]{0,128}[ \t]{1,4}){0,4}(?:to )?(?=[a-z][\w.-]{0,252}(?:[ \t]*(?:\n|$)|[ \t]\d{1,5}(?:\s|$)|[ \t]\(|[ \t]["']))/y,
  ],
  ['n', /node\/(?=[\w.-]{1,253} (?:cordoned|uncordoned|drained|evicted|already|not |labeled|tainted|condition))/y],
  ['h', /host ?name[ \t.]{1,40}:[ \t]/iy],
  ['w', /workstation (?:name[ \t]{0,4}[:=][ \t]{0,4}|\[)/iy],
  ['f', /from client (?=[\w.-]{1,253} port \d)/iy],
  ['c', /client (?=[\w.-]{2,64} (?:disconnected|closed its connection|already connected|has exceeded timeout))/iy],
  ['t', /(?<=da)ta source[ \t]{0,4}[:=][ \t]{0,4}/iy],
  ['h', /host-name[ \t]{1,4}["']/iy],
  ['h', /host(?:name)?[ \t]\[[^\]\n]{0,40}\][ \t]{0,4}:[ \t]{0,4}/iy],
  ['h', /(?<=(?:^|\n))hostname[ \t]{1,4}(?=[\w.-]{1,63}[ \t]{0,4}\r?(?:\n|$))/y],
  ['h', /(?<=(?:^|\n))Host[ \t]{1,4}(?=[\w.-]{1,63}[ \t]{0,4}\n[ \t]{1,8}(?:HostName|User|Port|IdentityFile|ProxyJump)\b)/y],
  ['h', /(?<=(?:^|\n))Host[ \t]{1,4}(?=[\w.-]{1,62}[*?][\w.*?-]{0,62}[ \t]{0,4}\n[ \t]{1,8}[A-Z])/y],
  ['x', /(?<=\n[ \t]{0,8}pro)xyjump[ \t]{1,4}(?:<user>@|[\w.-]{1,64}@)?(?=[\w.-]{1,253}(?:[:,][^\n]{1,253})?[ \t]*(?:\n|$))/iy],
  ['g', /GNU\/Linux \S{1,24} (?=[\w.-]{1,63} tty\d)/y],
  ['ps', /(?:pvecm add|showmount (?:-[ade]{1,3} )?)[ \t]{0,4}(?=[a-z][\w.-]{0,252}(?:\s|$))/y],
  ['l', /last login: [^\n]{10,40} from (?=[a-z][\w.-]{0,252}[ \t]*(?:\n|$))/iy],
  ['n', /netbios name[ \t]{0,8}[:=][ \t]{0,8}/iy],
  ['rb', /(?:redis|broker) at (?=[\w.-]{1,253}:\d)/iy],
  ['r', /(?<=host ?name conflict, )retrying with (?=[\w.-]{1,253}(?:\s|$))/iy],
  ['rc', /(?:relay=|client=|connect from )(?!unknown)(?=[\w.-]{1,253}\[[\d<a-fA-F:])/y],
  ['hu', /(?<=[$#%>] )(?:hostname(?: -[fs])?|uname -n)\n(?=[\w.-]{1,253}[ \t]*(?:\n|$))/y],
  ['h', /host[ \t]{1,4}(?=[\w.-]{1,63}[ \t]{0,4}\{)/iy],
  ['-', /-host=(?:<mac>|[\da-f:]{17}),(?=[\w-])/iy],
  ['-', /-host(?:name)?[ \t]{0,8}[=:][ \t]{0,8}["']?/iy],
  ['h', /(?<=set-)hostname[ \t]{1,4}["']?/iy],
  ['-', /-computername[ \t]{1,4}["']?/iy],
  ['h', /helo=<(?=[\w.-]{1,253}>)/iy],
  ['n', /node[ \t]\\?"(?=[\w.-]{1,253}\\?")/iy],
  ['<', /<host [^>\n]{0,120}?name=["'](?=[\w.-]{1,63}["'])/iy],
  ['u', /uts\.name[ \t]{0,4}=[ \t]{0,4}/iy],
])

/** What a setting of ssh has behind the names of several machines: matches `*`, `-*`. */
const wildcard = /-?[*?]{1,2}(?=[ \t]*\n)/y

function findHostSetting(text: string, at: number): readonly Match[] {
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    const end = start < 0 ? -1 : endAt(wildcard, text, dottedEnd(text, start), dottedEnd(text, start))
    if (end > start && isHost(text, start, end)) return [{ start, end }]
  }
  return none
}

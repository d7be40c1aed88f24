import { blank, colon, foreign, hyphen, isIn, isSign, letter, other, underscore } from '../character.ts'
import { dottedEnd } from '../host-name.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isOneOf, makeWordSet } from '../word-set.ts'

/** Host names that only the words beside them give away: settings (`host=`), messages of resolvers, ssh and curl, options of commands. */
export const hostLabel: Recognizer = {
  name: 'host-label',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: [
    ...['hostname', 'servername', 'domainname', 'nodename', 'fqdn', 'resolving', 'dbhost'],
    ...['lookup ', 'upstream ', 'on node ', 'on host ', 'cifs ', 'enotfound', 'eai_again', 'connect to '],
    ...['connecting to ', 'ping', 'bytes from ', 'cn=', 'cn =', 'linux ', 'dial ', 'trying ', 'connected to ', 'connection to '],
    ...['connect e', "can't find ", 'valid for ', 'dns:', 'bad address ', 'unknownhostexception: ', 'unknown host '],
    ...['authenticity of host ', 'permanently added '],
  ],
  // In names of programs and packages (`nodejs`, `servers`) they label nothing.
  signs: ['host', 'server', 'domain', 'node', 'resolve'].map((sign) => ({ sign, after: [blank | colon | hyphen | underscore | other] })),
  find: findHostLabel,
  examples: {
    hidden: [
      ['host=nas port=5432', 'host=<host> port=5432'],
      ['dbhost=mybox dbname=shop', 'dbhost=<host> dbname=shop'],
      ['DBHOST: "mybox"', 'DBHOST: "<host>"'],
      ['host not found in upstream "backend" in x.conf:1', 'host not found in upstream "<host>" in x.conf:1'],
      ["container 101 on node 'pve1' failed", "container 101 on node '<host>' failed"],
      ['mount -t cifs //nas/share', 'mount -t cifs //<host>/<share>'],
      ['hostname: pve1', 'hostname: <host>'],
      ['Could not resolve host: mybox', 'Could not resolve host: <host>'],
      ['sudo: unable to resolve host mybox: Name', 'sudo: unable to resolve host <host>: Name'],
      ['getaddrinfo ENOTFOUND mybox', 'getaddrinfo ENOTFOUND <host>'],
      ['Failed to connect to mybox port 443', 'Failed to connect to <host> port 443'],
      ['ping: mybox: Name or service not known', 'ping: <host>: Name or service not known'],
      ['pct create 101 x --hostname web-01 --cores 2', 'pct create 101 x --hostname <host> --cores 2'],
      ['Set hostname to <mybox>.', 'Set hostname to <<host>>.'],
      ['systemd[1]: Hostname set to <mybox>.', 'systemd[1]: Hostname set to <<host>>.'],
      ["The authenticity of host 'mybox (10.0.0.5)' can't be", "The authenticity of host '<host> (<ipv4>)' can't be"],
      ["Permanently added 'mybox,10.0.0.5' (RSA) to", "Permanently added '<host>,<ipv4>' (RSA) to"],
      ['subject: CN = mybox', 'subject: CN = <host>'],
      ['Linux pve1 6.8.12-4-pve #1 SMP', 'Linux <host> 6.8.12-4-pve #1 SMP'],
      ['lookup mybox on 10.0.0.1:53: no such host', 'lookup <host> on <ipv4>:53: no such host'],
      ['{"hostname":"mybox"}', '{"hostname":"<host>"}'],
      ["could not translate host name 'mybox' to address", "could not translate host name '<host>' to address"],
      ['server_name mybox;', 'server_name <host>;'],
      ['Static hostname: mybox', 'Static hostname: <host>'],
      ['migrated to node pve2 now', 'migrated to node <host> now'],
      ['CT 101 already exists on node pve-max', 'CT 101 already exists on node <host>'],
      ['host pve-max refused the connection', 'host <host> refused the connection'],
      ['connect ECONNREFUSED nas7:443', 'connect ECONNREFUSED <host>:443'],
      ['dial tcp nas7:443: connect: refused', 'dial tcp <host>:443: connect: refused'],
      ['dial tcp: lookup nas7', 'dial tcp: lookup <host>'],
      ['lookup nas7: no such host', 'lookup <host>: no such host'],
      ['Trying nas7...', 'Trying <host>...'],
      ['*   Trying nas:443...', '*   Trying <host>:443...'],
      ['* Connected to nas7 (', '* Connected to <host> ('],
      ["** server can't find nas7: NXDOMAIN", "** server can't find <host>: NXDOMAIN"],
      [
        'x509: certificate is valid for nas, *.box, <ipv4>, not nas7',
        'x509: certificate is valid for <host>, *.<host>, <ipv4>, not <host>',
      ],
      ["the cert's altnames: DNS:nas7, DNS:pve", "the cert's altnames: DNS:<host>, DNS:<host>"],
      ["wget: bad address 'nas7'", "wget: bad address '<host>'"],
      ['java.net.UnknownHostException: nas7: Name', 'java.net.UnknownHostException: <host>: Name'],
      ['connection to server at "nas7", port 5432 failed', 'connection to server at "<host>", port 5432 failed'],
      ["Can't connect to MySQL server on 'nas7:3306' (111)", "Can't connect to MySQL server on '<host>:3306' (111)"],
      ['$ ping -c1 nas\n', '$ ping -c1 <host>\n'],
      ['PING nas (10.0.0.5) 56(84) bytes', 'PING <host> (<ipv4>) 56(84) bytes'],
      ['64 bytes from nas (10.0.0.5): icmp_seq=1', '64 bytes from <host> (<ipv4>): icmp_seq=1'],
      ['Connection to nas 22 port [tcp/ssh] succeeded!', 'Connection to <host> 22 port [tcp/ssh] succeeded!'],
      ['could not connect to server "nas"\n', 'could not connect to server "<host>"\n'],
      ['ping: unknown host nas7', 'ping: unknown host <host>'],
      ['Connection to nas7 closed.', 'Connection to <host> closed.'],
      ["ERROR: node 'nas' not found", "ERROR: node '<host>' not found"],
      ["define('DB_HOST', 'nas');", "define('DB_HOST', '<host>');"],
      ["'host' => 'nas',", "'host' => '<host>',"],
      ["$cfg['Servers'][$i]['host'] = 'nas';", "$cfg['Servers'][$i]['host'] = '<host>';"],
      ['mount.nfs: Failed to resolve server nas7: Name', 'mount.nfs: Failed to resolve server <host>: Name'],
    ],
    kept: [
      'Node: v20.11.0',
      'node pre-gyp install',
      'on node x64',
      'for host x86_64-linux-gnu',
      'using node 18-alpine',
      'node index-2.js failed',
      'host=localhost',
      'dbhost=localhost',
      'dbhost is not set',
      'mydbhost=mybox',
      'Could not resolve host: github.com',
      'host: $HOST',
      'no such host',
      'host not found',
      'server is running',
      'node: command not found',
      'Connecting to github.com:443',
      'Server: nginx/1.22.1',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable.
      'hostname=${HN}',
      'Linux kernel 6.8.12',
      'host unreachable',
      'Connection refused or host down',
      'ping: connect: Network is unreachable',
      '64 bytes from disk (of 512)',
      'connect to database\nok',
      'npm --name x',
      '$ ping\n',
      'hosting it',
      'server: error',
      'node=18',
      'server_name _;',
      'connect to database failed',
      'Trying again...',
      'Trying python3.11...',
      'Trying mirror2...',
      'Connected to database (12 ms)',
      'hash lookup failed: no such entry',
      'certificate is valid for one year, not two',
      'certificate is valid for 365 days',
      'certificate is valid for signing',
      "can't find main.py: No such file",
      'connect ECONNREFUSED /var/run/docker.sock',
      'ldapsearch -D cn=reader x',
      'DNS: not set, DNS:',
      'Connection to database closed',
      'Connection to redis timed out',
      'character-set-server = utf8mb4',
      'snmp-server community x',
      'rsync [USER@]HOST:DEST',
      'Server=tcp:1433',
    ],
  },
}

/** For short fields: only what is set by name, since `node` and `server` are words of products. */
export const hostLabelOfField: Recognizer = {
  ...hostLabel,
  anchors: ['hostname', 'host_name', 'host name', 'host=', 'host:', 'fqdn', 'nodename', 'dbhost'],
  signs: [],
}

const quoted = '[ \\t]{1,3}["\'‘`<]?'
const labels = groupByInitial([
  [
    'hfsdn',
    /(?:host(?:[._ -]?name)?|fqdn|server[_-]?name|domain(?:[_ -]?name)?|searchdomain|node[_-]?name|dbhost)\\?["']?[ \t]{0,8}(?:=>|[=:])[ \t]{0,8}\\?["']?/iy,
  ],
  ['n', /node ["'](?=[\w.-]{1,253}["'] (?:not|is|does|has|was|failed|left|joined))/iy],
  ['h', /host["'](?:,[ \t]{0,4}["'](?<=define\([ \t]?["']\w{0,40}["'],[ \t]{0,4}["'])|\][ \t]{0,4}=[ \t]{0,4}["'])/iy],
  ['c', /connection to (?=[\w.-]{1,253} (?:\d{1,5} )?port (?:\d|\[))/iy],
  ['sn', /(?:server|node)(?:=["']?|\\?["'][=:][ \t]?\\?["'])/iy],
  [
    'r',
    new RegExp(
      `(?:resolve|resolving)(?: the)?(?: host(?:name)?| server)?(?: address(?: for)?)?:?${quoted}(?=[\\w.-]{1,253}["'’\`>]?(?:[:.;,)]|[ \\t]*\\(|\\s*$|\\n|…))`,
      'iy',
    ),
  ],
  [
    'h',
    new RegExp(
      `(?:host(?:name)?(?: name)?(?: address)?|hostname (?:set )?to)${quoted}(?=[\\w.-]{1,253}["'’\`>]?(?:[:.]\\s| port \\d| to address|["'’\`>]|\\.?$))`,
      'iy',
    ),
  ],
  ['e', /(?:enotfound|eai_again)[ \t]["']?/iy],
  ['u', /upstream[ \t]["'](?=[\w.-]{1,253}["'])/iy],
  ['ap', /(?:authenticity of host|permanently added) ["'‘`]/iy],
  ['o', /on (?:node|host) ["'‘`](?=[\w.-]{1,253}(?:["'’`]|$))/iy],
  ['c', /cifs[ \t]{1,4}\/\//iy],
  ['l', /lookup (?=[\w.-]{1,253}(?: on |:? (?:no such host|server misbehaving)))/iy],
  ['l', /(?<=(?:dial|tcp|udp)[46]?: )lookup (?=[\w.-]{1,253}(?:[:\s]|$))/iy],
  ['d', /dial (?:tcp|udp)[46]? (?=[\w.-]{1,253}:\d)/iy],
  ['d', /DNS:(?=[\w.*-]{1,253}(?:[,\s"']|$))(?:\*\.)?/y],
  ['t', /(?<=\*[ \t]{1,4})trying (?=[\w.-]{1,253}(?::\d{1,5})?\.\.\.)/iy],
  [
    't',
    /trying (?!(?:python|node|php|ruby|perl|gcc|clang|java|jdk|mirror|attempt|port|method|version|option|v)[\d.-])(?=[a-z][a-z_-]{0,61}\d)(?=[\w-]{1,63}(?::\d{1,5})?\.\.\.)/iy,
  ],
  ['c', /connected to ["']?(?=[\w.-]{1,253}["']?(?: \(| port \d|:\d))/iy],
  [
    'c',
    /connection to (?:(?=[a-z_.]{0,253}[\d-])(?=[\w.-]{1,253} (?:closed|port \d|timed out))|(?=[\w.-]{1,253} closed(?: by remote host|\.)))/iy,
  ],
  ['c', /connect e[a-z]{4,16} (?=[\w.-]{1,253}:\d)/iy],
  ['c', /can't find (?=[\w.-]{1,253}: (?:nxdomain|servfail|refused|no answer))/iy],
  ['b', /bad address ["'‘`](?=[\w.-]{1,253}["'’`])/iy],
  ['u', /unknownhostexception: (?=[\w.-]{1,253}(?:[:\s]|$))/iy],
  ['u', /unknown host ["']?(?=[\w.-]{1,253}["']?(?:[.:;,)\s]|$))/iy],
  ['s', /server (?:at|on) ["'](?=[\w.-]{1,253}(?::\d{1,5})?["'])/iy],
  ['c', /connect(?:ing)? to (?:server |host )?["']?(?=[\w.-]{1,253}["']?(?::\d| port | \(|\||[^\n]{0,6}(?:\n|$)))/iy],
  ['p', /ping: (?=[\w.-]{1,253}(?:: (?:name|temporary|unknown|no address)|:?[^\n]{0,10}$))/iy],
  ['p', /PING (?=[\w.-]{1,253} ?\([\d<a-f:])/y],
  ['b', /bytes from (?=[\w.-]{1,253}(?: \([\d<a-f:]|: icmp_seq))/y],
  ['p', /(?<=[$#+%] )ping6?[ \t]{1,4}(?:-[a-zA-Z][ \t]{0,2}\d{0,5}[ \t]{1,4}){0,4}(?=[a-z][\w.-]{1,252}[ \t]*(?:\n|$))/y],
  ['h', /host(?:name)?[ \t]{1,4}["']?(?=[\w.-]{1,253}["']?\s{1,2}(?:-|port\b))/iy],
  ['s', /server_name[ \t]{1,8}(?=[\w.-]{1,253}[; ])/y],
  ['c', /cn ?= ?(?<!-D ['"]?cn=)/iy],
  ['n', /node:[ \t]{1,4}["']?(?=[a-z][\w.]*[\d-])/iy],
  ['n', /(?<=\b(?:on|to|from|of|for|by|at|target|source|cluster|this|remote)[ \t])node[ \t]["'‘`]?(?=[a-z][\w.]{0,62}[\d-])/iy],
  [
    'nh',
    /(?:node|host)[ \t]["'‘`]?(?=[a-z][\w.]{0,62}[\d-][\w.-]{0,62}["'’`]?[ \t](?:is|has|was|does|did|refused|failed|rejected|not|timed|went|left|joined|unreachable|offline|online|down)\b)/iy,
  ],
  ['l', /Linux (?=[\w.-]{1,63} \d{1,2}\.\d{1,3}\.\d)/y],
])

function findHostLabel(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter)) return none
  if (isIn(text, at - 1, hyphen)) return findOption(text, at)
  if (isSign(text, at, 'vV')) return findNamesOfCertificate(text, at)
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    if (start < 0) continue
    const end = dottedEnd(text, start)
    if (end > start && isHost(text, start, end) && !isFile(text, start, end)) return withRepeat(text, start, end)
  }
  return none
}

const option = /(?:hostname|host|server|node|domain|searchdomain)[ \t=]{1,4}["']?/iy

const optionReach = 40
const optionBefore = /(?:^|[\s"'`([])--?(?:\w{1,16}-){0,3}$/

/** Behind an option of a command (`--hostname web-01`) stands its value, whatever follows. */
function findOption(text: string, at: number): readonly Match[] {
  const start = endAt(option, text, at)
  if (start < 0 || !optionBefore.test(text.slice(Math.max(0, at - optionReach), at))) return none
  const end = dottedEnd(text, start)
  return end > start && !isIn(text, start, hyphen) && isHost(text, start, end) && !isFile(text, start, end) ? [{ start, end }] : none
}

const ofCertificate = /(?<=certificate (?:is|was) (?:only )?)valid for /iy
/** Before the next name of a certificate: matches `, `, ` or `, `, not `, and the wildcard of a name. */
const nextName = /(?:, (?:not |and |or )?|,? (?:not|and|or) )(?:\*\.)?/iy
/** What may stand in the place of a name and tells nothing: an address, a label. */
const noName = /[\d.]{7,15}|<[a-z0-9]{1,14}>/y
/** What shows that a name is one where no dot, digit or hyphen does: the list goes on. */
const listGoesOn = /, |,? not /y
const namesMax = 100

/** The names that a certificate is for, and the one it is not for, one behind the other. */
function findNamesOfCertificate(text: string, at: number): readonly Match[] {
  const matches: Match[] = []
  let start = endAt(ofCertificate, text, at)
  if (start >= 0 && text.startsWith('*.', start)) start += 2
  for (let names = 0; start >= 0 && names < namesMax; names += 1) {
    const other = endAt(noName, text, start)
    const end = other < 0 ? dottedEnd(text, start) : other
    if (end === start) break
    if (other < 0) {
      const isBare = matches.length === 0 && !/[\d.-]/.test(text.slice(start, end))
      if (isBare && endAt(listGoesOn, text, end) < 0) break
      if (isHost(text, start, end)) matches.push({ start, end })
    }
    start = endAt(nextName, text, end)
  }
  return matches
}

/** wget names the host twice: `Resolving nas (nas)...`. */
function withRepeat(text: string, start: number, end: number): readonly Match[] {
  const match: Match = { start, end }
  const repeat = ` (${text.slice(start, end)})`
  return text.startsWith(repeat, end) ? [match, { start: end + 2, end: end + repeat.length - 1 }] : [match]
}

/** Words that stand behind the labels in messages and are no names. */
const proseWords = makeWordSet([
  ...'localhost tcp udp host hostname server not is name names unreachable found error failed key the a an to and or in on of'.split(' '),
  ...'command unbound none null true false unknown invalid version has was does from for kernel no'.split(' '),
  ...'nginx apache caddy uvicorn gunicorn lighttpd cloudflare docker openresty kestrel envoy localdomain'.split(' '),
  ...'required permission dependency dependencies dependencies. address conflicts conflict it this that internal http https'.split(' '),
  ...'internal_server_error bad could cannot connection network database module missing started stopped timeout session listening down up offline unavailable'.split(
    ' ',
  ),
])

/** Processors and platforms that things are built for, and tools of Node.js. */
const notMachines = /^(?:(?:x86|amd64|arm|aarch|i[3-6]86|riscv|ppc|s390|linux-(?:x|a)|ipv[46])|x(?:32|64)$|(?:node|pre)-gyp)/i

/** Whether what stands behind a label may be the name of somebody's machine. */
export function isHost(text: string, start: number, end: number): boolean {
  if (!hasLetter(text, start, end) || isOneOf(proseWords, text, start, end) || isPublicHost(text, start, end)) return false
  const name = text.slice(start, end)
  if (isSign(text, start - 1, ':') && /^[A-Z]{2,}$/.test(name)) return false // `HOST:DEST`, in a synopsis.
  if (/^v?\d+(?:\.|$)/.test(name) || (isSign(text, end, '/(@') && !isSign(text, start - 1, '/'))) return false
  return !notMachines.test(name)
}

/** Matches `main.py`, must not match `nas.lan`. Not asked of names in a certificate. */
const fileName = /\.(?:js|ts|py|sh|service|conf|json|ya?ml|go|rb|php)$/

function isFile(text: string, start: number, end: number): boolean {
  return fileName.test(text.slice(start, end))
}

function hasLetter(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    if (isIn(text, index, letter) || (isIn(text, index, foreign) && /\p{L}/u.test(text.charAt(index)))) return true
  }
  return false
}

import { blank, colon, foreign, hyphen, isIn, isSign, letter, other, underscore } from '../character.ts'
import { isReference } from '../code-reference.ts'
import { dottedEnd } from '../host-name.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { isInPlaceholder } from '../placeholder.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isOneOf, isWordAt, makeWordSet } from '../word-set.ts'
import { hostLabelExamples } from './host-label-examples.ts'

/** Host names that only the words beside them give away: settings (`host=`), messages of resolvers, ssh and curl, options of commands. */
export const hostLabel: Recognizer = {
  name: 'host-label',
  type: 'HOSTNAME',
  isWeighed: true,
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
  examples: hostLabelExamples,
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
  if (isNodeOfCode(text, at)) return none
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    if (start < 0) continue
    const end = dottedEnd(text, start)
    if (end > start && isHost(text, start, end) && !isFile(text, start, end) && !isInPlaceholder(text, start, end))
      return withRepeat(text, start, end)
  }
  return none
}

/** `node_modules`, `node:internal/…`: of Node.js; nearly all that text says of nodes. */
function isNodeOfCode(text: string, at: number): boolean {
  if (!isWordAt(text, at, 'node')) return false
  const behind = at + 'node'.length
  return isSign(text, behind, ':') ? isIn(text, behind + 1, letter) : isSign(text, behind, '_-') && !isWordAt(text, behind + 1, 'name')
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
  ...'alert service services packages package deltas metadata state status check notification'.split(' '),
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
  return !notMachines.test(name) && !isReference(text, start, end)
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

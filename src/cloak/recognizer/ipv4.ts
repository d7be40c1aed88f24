import { alphanumeric, digit, dot, hyphen, isIn, isSign, isSpace, letter, runLeft, runRight, word } from '../character.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** IPv4 addresses with their prefix length; the port stays. Four-part versions are told apart by what stands beside them. */
export const ipv4: Recognizer = {
  name: 'ipv4',
  type: 'IP_ADDRESS',
  label: '<ipv4>',
  anchors: [],
  signs: [{ sign: '.', before: digit, after: [digit, digit | dot, digit | dot] }],
  find: findIpv4,
  examples: {
    hidden: [
      ['connect to 10.0.0.5 failed', 'connect to <ipv4> failed'],
      ['https://192.168.1.77:8006', 'https://<ipv4>:8006'],
      ['inet 172.16.4.2/24 brd 172.16.4.255.', 'inet <ipv4> brd <ipv4>.'],
      ['10.0.0.5-10.0.0.9', '<ipv4>-<ipv4>'],
      ['/dev/tcp/9.9.9.9/53', '/dev/tcp/<ipv4>/53'],
      ['nameserver=8.8.8.8,gw=10.0.0.1', 'nameserver=<ipv4>,gw=<ipv4>'],
      ['10.0.0.1 refused the connection', '<ipv4> refused the connection'],
      ['192.168.1.2 timed out', '<ipv4> timed out'],
      ['backup-192.168.1.77.tar', 'backup-<ipv4>.tar'],
      ['PING mirror (151.101.2.132)', 'PING <host> (<ipv4>)'],
      ['ip203.0.113.5', 'ip<ipv4>'],
      ['x_203.0.113.5', 'x_<ipv4>'],
      ['203.0.113.5_x', '<ipv4>_x'],
      ['host-203.0.113.5', 'host-<ipv4>'],
      ['203.0.113.5m', '<ipv4>m'],
      ['backup-203.0.113.5.tar.gz', 'backup-<ipv4>.tar.gz'],
      ['log.203.0.113.5', 'log.<ipv4>'],
      ['server_203.0.113.5', 'server_<ipv4>'],
      ['ip-10.0.0.5-lan', 'ip-<ipv4>-lan'],
      ['eth0_10.0.0.5', 'eth0_<ipv4>'],
      ['peer_8.8.8.8', 'peer_<ipv4>'],
      ['"host all all 10.2.0.0/16 md5"', '"host all all <ipv4> md5"'],
      ['via <host> 8.8.4.4', 'via <host> <ipv4>'],
      ['client-1/203.0.113.5:49211 up', '<user>/<ipv4>:49211 up'],
    ],
    kept: [
      'netmask 255.255.255.0',
      'foo 1.2.3.4-1',
      'v1.2.3.4',
      'Tor 0.4.8.11 opening new log file',
      'version 1.2.3.4',
      '1.25.3.1 is the newest version',
      'APP_VERSION="10.2.3.4"',
      'Setting up tool (1.2.3.4) ...',
      'tool==1.2.3.4',
      'Package tool 1.2.3.4 is to be installed',
      'tool-1.2.3.4.tar.gz',
      'Chrome/120.0.0.0 Safari/537.36',
      '1.2.3.4.5',
      '300.1.2.3',
      '3.11.2',
      'upgrading from 1.2.3.4 to 1.2.3.5',
      'bookworm/main all 1.2.3.4 [12.3 kB]',
      'openresty-1.25.3.1',
      'tool_1.2.3.4_amd64.deb',
      'go1.2.3.4rc1',
      'libfoo.so.1.2.3.4',
      'mariadb-10.11.6.1.tar.gz',
      'chromium-120.0.0.0',
      'release-99.1.2.3',
      'v120.1.2.3',
      '84.0.1.2-1',
      'dnsmasq-2.90.1.1',
      'needs zlib1g-dev (>= 1.2.11.1)',
      'The current ruby version is 2.7.4.191.',
      'Bump `libfoo` from 1.2.3.4 to 1.2.3.5',
    ],
  },
}

function findIpv4(text: string, at: number): readonly Match[] {
  if (!isIn(text, runRight(text, at + 1, digit, 4), dot)) return none // Nearly all are numbers and versions of fewer parts.
  const start = runLeft(text, at, digit, 4)
  if (start === at || at - start > 3 || isIn(text, start - 1, digit)) return none
  if (isIn(text, start - 1, dot) && isIn(text, start - 2, digit)) return none

  const end = quadEnd(text, start)
  if (end < 0 || matchesAt(mask, text, start) || (isVersion(text, start, end) && !matchesAt(prefixLength, text, end))) return none
  return [{ start, end: prefixLengthEnd(text, end) }]
}

/** Behind a version stands none. */
const prefixLength = /\/(?:[1-9]|[12]\d|3[0-2])(?![\w./-])/y
/** The mask of a network: matches `255.255.255.0`, `255.255.255.252`; must not match `255.1.2.3`. */
const mask =
  /255\.(?:255\.(?:255\.(?:255|254|252|248|240|224|192|128|0)|(?:254|252|248|240|224|192|128|0)\.0)|(?:254|252|248|240|224|192|128|0)\.0\.0)(?![\d.]\d)/y

const zero = '0'.charCodeAt(0)

/** The end of four numbers up to 255 that no fifth one follows, else -1. */
export function quadEnd(text: string, start: number): number {
  let end = start
  for (let group = 0; group < 4; group += 1) {
    if (group > 0) {
      if (!isIn(text, end, dot)) return -1
      end += 1
    }
    const groupEnd = runRight(text, end, digit, 4)
    if (groupEnd === end || groupEnd - end > 3 || isOver255(text, end, groupEnd)) return -1
    end = groupEnd
  }
  return isIn(text, end, dot) && isIn(text, end + 1, digit) ? -1 : end
}

const port = /:\d{2,5}(?:\s|$)/y

/** Whether a port ends a word here: matches `:1194 up`, must not match `:1194/x`, `:5`. */
export function isPort(text: string, at: number): boolean {
  return matchesAt(port, text, at)
}

function isOver255(text: string, start: number, end: number): boolean {
  let value = 0
  for (let index = start; index < end; index += 1) value = 10 * value + text.charCodeAt(index) - zero
  return value > 255
}

function prefixLengthEnd(text: string, end: number): number {
  if (!isSign(text, end, '/')) return end
  const lengthEnd = runRight(text, end + 1, digit, 3)
  const length = lengthEnd - end - 1
  const isPrefix = length >= 1 && length <= 2 && Number(text.slice(end + 1, lengthEnd)) <= 32 && !isIn(text, lengthEnd, word)
  return isPrefix && !(text[lengthEnd] === '.' && isIn(text, lengthEnd + 1, digit)) ? lengthEnd : end
}

/** No version begins with this one, so its neighbours do not matter. */
const homeNetwork = '192.168.'
const privateNetwork = /(?:10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/y

function isPrivate(text: string, start: number): boolean {
  return matchesAt(privateNetwork, text, start)
}

function isVersion(text: string, start: number, end: number): boolean {
  if (text.startsWith(homeNetwork, start)) return false
  if (text.startsWith('0.', start)) return !text.startsWith('0.0.0.0', start)
  if (isGlued(text, start, end)) return isGluedVersion(text, start, end)

  if (isSign(text, start - 1, '-')) return isIn(text, start - 2, digit) && !isRangeStart(text, start)
  if (isSign(text, start - 1, '=') && isSign(text, start - 2, '=')) return true
  if (isSign(text, start - 1, '/')) return isPathSegment(text, start, end)
  return isAfterVersionWord(text, start) || (isCalledVersion(text, end) && !isPrivate(text, start))
}

/** Whether a name or a number goes on before or behind the four numbers. */
function isGlued(text: string, start: number, end: number): boolean {
  if (isIn(text, end, word) || (isSign(text, end, '-+~') && isIn(text, end + 1, alphanumeric))) return true
  return isIn(text, start - 1, word) || isSign(text, start - 1, '~+') || (isSign(text, start - 1, '-.') && isIn(text, start - 2, letter))
}

const nameReach = 24
/** What says behind a name that an address follows, or a version: matches `ip`, `host-`, `my_peer_`; and `v`, `release-`. */
const addressName = /(?:^|[^a-z])(?:ip(?:v?4)?|addr(?:ess)?|host|peer|nameserver|gw|gateway|inet|src|dst|eth\d+|vmbr\d+)[_.-]?$/i
const versionName = /(?:^|[^a-z])(?:v|r|ver|version|release|rel|rev|tag|build)[_.-]?$/i
/** A revision of a package, an architecture or a stage of a release: matches `-1`, `+dfsg`, `~bpo12`, `_amd64`, `rc1`. */
const versionTail =
  /(?:[-+~]\d|\+[a-z]|~[a-z]|_(?:amd64|arm64|armhf|i386|all|x86_64)|-(?:alpha|beta|rc|pve|r\d|dev|ls\d)|(?:rc|alpha|beta)\d)/iy

/**
 * What is glued to a name is an address where the name says so, else a version where the name or what follows says so.
 * Without a word, only small numbers are read as a version: nearly all versions of four parts begin below 32, nearly all addresses above.
 */
function isGluedVersion(text: string, start: number, end: number): boolean {
  if (isIn(text, start - 1, word | hyphen | dot)) {
    const name = text.slice(Math.max(0, start - nameReach), start)
    if (versionName.test(name)) return true
    if (addressName.test(name)) return false
    if (isNumbered(text, start)) return !isRange(text, start, end) && !isRangeStart(text, start)
  }
  return matchesAt(versionTail, text, end) ? !isRange(text, start, end) : isSmall(text, start, end) && !isLikelyPrivate(text, start)
}

/** `2-1.2.3.4rc1`: a number and a hyphen stand before it. */
function isNumbered(text: string, start: number): boolean {
  return text[start - 1] === '-' && isIn(text, start - 2, digit)
}

const firstOfVersionMax = 31
const laterOfVersionMax = 99

/** `1.2.3.4` and `chromium-120.0.0.0`: what has no other number than the first is the beginning of a version or of a whole network. */
function isSmall(text: string, start: number, end: number): boolean {
  const [first = 0, ...later] = text.slice(start, end).split('.').map(Number)
  if (first <= firstOfVersionMax) return later.filter((one) => one > laterOfVersionMax).length < 2
  return later.every((one) => one === 0)
}

/** Private addresses that no version looks like; those from 10 on do when they have no zero inside (`mariadb-10.11.6.1`). */
function isLikelyPrivate(text: string, start: number): boolean {
  return isPrivate(text, start) && !/^10\.[1-9]\d?\.[1-9]/.test(text.slice(start, start + 7))
}

/** `10.0.0.5-10.0.0.9`, and for private addresses the short `10.0.0.5-9`, which is also what a cut leaves of the long one. */
function isRange(text: string, start: number, end: number): boolean {
  if (text[end] !== '-') return false
  if (quadEnd(text, end + 1) > 0) return true
  const lastEnd = runRight(text, end + 1, digit | dot, 16)
  return isPrivate(text, start) && !isIn(text, lastEnd, word) && !'+~-'.includes(text[lastEnd] ?? ' ')
}

function isRangeStart(text: string, start: number): boolean {
  const end = start - 1
  return isPrivate(text, start) || /(?:^|[^\w.])\d{1,3}(?:\.\d{1,3}){3}$/.test(text.slice(Math.max(0, end - 16), end))
}

/** `/releases/1.2.3.4/` and `Chrome/120.0.0.0` are versions; `//1.2.3.4`, `/tcp/1.2.3.4`, `client/1.2.3.4:1194` and private addresses are not. */
function isPathSegment(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 5), start)
  return isIn(text, start - 2, letter) && !/\/(?:tcp|udp)\/$/.test(before) && !isPrivate(text, start) && !isPort(text, end)
}

/** The short words count behind another sign only: at the start of a text they may be what a cut left of `server`. */
const versionWord =
  /(?:version|versions|version (?:is|was)|[^a-z](?:ver|(?<!\/)v|release|tag|build|revision|upgrade|kernel|amd64|arm64|armhf|i386|all))["']?$/i
const packageVerb = /(?:setting up|unpacking|preparing|removing|purging|selecting|upgrad|downgrad|version)[^\n]*\($|over \($/i
/** `Package tool 1.2.3.4 is to be installed`. */
const packageName = /\b(?:package|installing|installed|install|upgrading|updating)\s[\w.+-]{1,64}\s$/i
const versionStep = /(?:upgrad|downgrad|bump|version|release)[^\n]*\b(?:from|to)\s$/i

/** How far before the numbers a word is looked for, and how long the words are that stand right before them. */
const wordReach = 100
const versionWordReach = 12

function isAfterVersionWord(text: string, start: number): boolean {
  const from = Math.max(0, start - wordReach)
  if (isSign(text, start - 1, '(')) return packageVerb.test(text.slice(from, start))
  let bareEnd = start
  while (bareEnd > from && (isSpace(text, bareEnd - 1) || isSign(text, bareEnd - 1, ':="\'`(['))) bareEnd -= 1
  if (isSign(text, bareEnd, '=') && isSign(text, bareEnd - 1, '<>')) return true
  if (bareEnd < start && versionWord.test(text.slice(Math.max(from, bareEnd - versionWordReach), bareEnd))) return true
  if (!isSpace(text, start - 1) || isPrivate(text, start)) return false
  const before = text.slice(from, start)
  return versionStep.test(before) || packageName.test(before)
}

const versionSentence = /[ \t](?:is|was) (?:(?:the|a|an|now|not|no|your) ){0,2}(?:[a-z]{1,16} )?version\b/y

/** `1.2.3.4 is the newest version`. */
function isCalledVersion(text: string, end: number): boolean {
  return matchesAt(versionSentence, text, end)
}

import {
  blank,
  dot,
  hyphen,
  isForeignLetter,
  isIn,
  isSign,
  labelOfHost,
  letter,
  nameLeft,
  nameRight,
  underscore,
  word,
} from '../character.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isUserinfoEnd } from '../url.ts'
import { isNobody } from '../user-name.ts'

/** Prompts and targets of ssh: a user name and a host without a dot. `root` names nobody and stays. */
export const userAtHost: Recognizer = {
  name: 'user-at-host',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  otherLabels: ['<host>'],
  anchors: ['@'],
  find: findUserAtHost,
  examples: {
    hidden: [
      ['root@pve1:~# apt update', 'root@<host>:~# apt update'],
      ['jo@laptop:~$ ls', '<user>@<host>:~$ ls'],
      ['[jo@web-01 ~]$', '[<user>@<host> ~]$'],
      ['ssh jo@10.0.0.5', 'ssh <user>@<ipv4>'],
      ['login jo@pam failed', 'login <user>@pam failed'],
      ["Access denied for user 'max'@'dbhost' (using", "Access denied for user '<user>'@'<host>' (using"],
      ["GRANT ALL ON x.* TO 'max'@'localhost'", "GRANT ALL ON x.* TO '<user>'@'localhost'"],
      ["GRANT ALL ON x.* TO 'app'@'web-01'", "GRANT ALL ON x.* TO 'app'@'<host>'"],
    ],
    kept: [
      'npm i express@latest',
      'vue@3',
      'node@20.11.0',
      'actions/checkout@v4',
      'user@1000.service',
      'memcpy@GLIBC_2.14',
      'image@sha256:0123456789abcdef',
      'root@pam',
      '@scope/pkg',
      'wg-quick@wg0',
      'eth0@if12: <BROADCAST>',
      'java.lang.Object@1b6d3586',
      'HEAD@{0}',
      'systemctl start postgresql@main',
      'a @ b',
      'root@localhost:~#',
      "'app'@'localhost'",
      "'app'@'%'",
      'sr_RS.UTF-8@latin done',
      'LinkController@store',
      '[admin@MikroTik] > /interface print',
    ],
  },
}

const userReach = 32
const hostReach = 63

/** What stands behind an @ without being a host: tags and sources of packages, digests, instances of units, symbols. */
const notHost = new RegExp(
  '^(?:latest|next|beta|alpha|canary|rc|stable|lts|nightly|dev|main|master|head|workspace|npm|file|link|patch|portal|catalog|git|github|sha256|sha512|sha1|plt' +
    '|v?\\d[\\w-]*|(?:tty|if|wg|eth|tun|tap|vmbr|veth|ens|enp|lo|pts|loop|sd|nvme)[a-z]?\\d[\\w-]*|[A-Z][A-Z0-9]*_\\d.*|[0-9a-f]{6,8}|localhost|MikroTik|OpenWrt)$',
)
const realms = new Set(['pam', 'pve', 'pbs'])
const unitEnding = /^\.(?:service|timer|socket|mount|target|path|slice|scope|conf|js|ts|py|sh)\b/

/** A locale, a method of a controller, a node of Erlang that has no name. */
const notUser = /@(?:(?<=UTF-8@|utf8@)\w|(?<=Controller@)\w|(?<=nonode@)nohost)/y

function findUserAtHost(text: string, at: number): readonly Match[] {
  if (isSign(text, at - 1, quotes)) return findQuotedHost(text, at)
  const userStart = nameLeft(text, at, word | hyphen | dot, userReach)
  if (matchesAt(notUser, text, at)) return none
  if (userStart === at || !isNameStart(text, userStart) || isSign(text, userStart - 1, '/@')) return none
  const matches = judge(text, at, userStart)
  return matches.length > 0 && isUserinfoEnd(text, at) ? none : matches
}

const quotes = '"\'`'

/** Accounts of MySQL have user and host in quotes (`'max'@'dbhost'`). */
function findQuotedHost(text: string, at: number): readonly Match[] {
  if (text[at + 1] !== text[at - 1]) return none
  const start = at + 2
  const end = nameRight(text, start, labelOfHost | dot, hostReach)
  const host = text.slice(start, end)
  const isWhole = end === text.length || text[end] === text[at - 1]
  const isHost = isWhole && /\p{L}/u.test(host) && host.toLowerCase() !== 'localhost'
  return isHost ? [...quotedUser(text, at), { start, end, label: '<host>', type: 'HOSTNAME' }] : quotedUser(text, at)
}

function quotedUser(text: string, at: number): readonly Match[] {
  const end = at - 1
  const start = nameLeft(text, end, word | hyphen | dot, userReach)
  return start < end && isSign(text, start - 1, quotes) && isNameStart(text, start) && !isNobody(text, start, end) ? [{ start, end }] : none
}

function isNameStart(text: string, index: number): boolean {
  return isIn(text, index, letter | underscore) || (isForeignLetter(text, index) && /\p{L}/u.test(text[index] ?? ' '))
}

function judge(text: string, at: number, userStart: number): readonly Match[] {
  const end = hostEnd(text, at + 1)
  const host = text.slice(at + 1, end)
  if (realms.has(host) || matchesAt(address, text, at + 1)) return userOnly(text, at, userStart)
  if (at + 1 === text.length && userStart > 0 && isIn(text, userStart - 1, blank)) return userOnly(text, at, userStart)
  if (host === '' || isDotted(text, end) || notHost.test(host) || isBuilder(text, userStart, end) || isUnit(text, userStart, end))
    return none
  return [...userOnly(text, at, userStart), { start: at + 1, end, label: '<host>', type: 'HOSTNAME' }]
}

function userOnly(text: string, at: number, userStart: number): readonly Match[] {
  const user = text.slice(userStart, at)
  return user === 'root' || user === 'git' ? none : [{ start: userStart, end: at }]
}

function hostEnd(text: string, start: number): number {
  let end = nameRight(text, start, labelOfHost, hostReach)
  while (end > start && isIn(text, end - 1, hyphen)) end -= 1
  return isIn(text, start, hyphen) ? start : end
}

const address = /(?:\[[0-9a-f:.]+|\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])|<ipv[46]>)/iy

/** Who built the kernel, in its first log line. */
function isBuilder(text: string, start: number, end: number): boolean {
  return text.slice(start, end) === 'build@proxmox'
}

/** A dotted name is a mail domain or a version, which the other recognizers judge. */
function isDotted(text: string, end: number): boolean {
  return isIn(text, end, dot) && isIn(text, end + 1, labelOfHost)
}

/** How far before an instance of a unit the word is looked for that tells it, on the same line. */
const unitReach = 48
const unitWord = /\b(?:systemctl|service|unit|rc-service)\b/i

function isUnit(text: string, start: number, end: number): boolean {
  if (isIn(text, end, dot) && unitEnding.test(text.slice(end, end + 10))) return true
  const limit = Math.max(0, start - unitReach)
  let from = start
  while (from > limit && !isSign(text, from - 1, '\n')) from -= 1
  return from < start && unitWord.test(text.slice(from, start))
}

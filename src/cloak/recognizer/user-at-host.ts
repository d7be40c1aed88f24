import {
  blank,
  digit,
  dot,
  hyphen,
  isForeignLetter,
  isIn,
  labelOfHost,
  letter,
  nameLeft,
  nameRight,
  underscore,
  word,
} from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isUserinfoEnd } from '../url.ts'

/** Prompts and targets of ssh: a user name and a host without a dot. `root` names nobody and stays. */
export const userAtHost: Recognizer = {
  name: 'user-at-host',
  label: '<user>',
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
    ],
  },
}

const userReach = 32
const hostReach = 63

/** What stands behind an @ without being a host: tags and sources of packages, digests, instances of units, symbols. */
const notHost = new RegExp(
  '^(?:latest|next|beta|alpha|canary|rc|stable|lts|nightly|dev|main|master|head|workspace|npm|file|link|patch|portal|catalog|git|github|sha256|sha512|sha1|plt' +
    '|v?\\d[\\w-]*|(?:tty|if|wg|eth|tun|tap|vmbr|veth|ens|enp|lo|pts|loop|sd|nvme)[a-z]?\\d[\\w-]*|[A-Z][A-Z0-9]*_\\d.*|[0-9a-f]{6,8}|localhost)$',
)
/** Who built the kernel, in its first log line. */
const builders = new Set(['build@proxmox'])
const realms = new Set(['pam', 'pve', 'pbs'])
const unitEnding = /^\.(?:service|timer|socket|mount|target|path|slice|scope|conf|js|ts|py|sh)\b/

function findUserAtHost(text: string, at: number): readonly Match[] {
  if (quotes.includes(text[at - 1] ?? ' ')) return findQuotedHost(text, at)
  const userStart = nameLeft(text, at, word | hyphen | dot, userReach)
  if (userStart === at || !isNameStart(text, userStart) || '/@'.includes(text[userStart - 1] ?? ' ')) return none
  const matches = judge(text, at, userStart)
  return matches.length > 0 && isUserinfoEnd(text, at) ? none : matches
}

const quotes = '"\'`'

/** Accounts of MySQL have their host in quotes (`'max'@'dbhost'`); the user has a label before it. */
function findQuotedHost(text: string, at: number): readonly Match[] {
  if (text[at + 1] !== text[at - 1]) return none
  const start = at + 2
  const end = nameRight(text, start, labelOfHost | dot, hostReach)
  const host = text.slice(start, end)
  const isWhole = end === text.length || text[end] === text[at - 1]
  return isWhole && /\p{L}/u.test(host) && host.toLowerCase() !== 'localhost' ? [{ start, end, label: '<host>' }] : none
}

function isNameStart(text: string, index: number): boolean {
  return isIn(text, index, letter | underscore) || (isForeignLetter(text, index) && /\p{L}/u.test(text[index] ?? ' '))
}

function judge(text: string, at: number, userStart: number): readonly Match[] {
  const user = text.slice(userStart, at)
  const userMatch: readonly Match[] = user === 'root' || user === 'git' ? none : [{ start: userStart, end: at }]
  const end = hostEnd(text, at + 1)
  const host = text.slice(at + 1, end)
  if (realms.has(host) || isAddress(text, at + 1)) return userMatch
  if (at + 1 === text.length && userStart > 0 && isIn(text, userStart - 1, blank)) return userMatch
  if (host === '' || builders.has(`${user}@${host}`) || notHost.test(host) || isUnit(text, userStart, end) || isDotted(text, end))
    return none
  return [...userMatch, { start: at + 1, end, label: '<host>' }]
}

function hostEnd(text: string, start: number): number {
  let end = nameRight(text, start, labelOfHost, hostReach)
  while (end > start && text[end - 1] === '-') end -= 1
  return text[start] === '-' ? start : end
}

function isAddress(text: string, start: number): boolean {
  if (!isIn(text, start, digit) && !'[<'.includes(text[start] ?? ' ')) return false
  return /^(?:\[[0-9a-f:.]+|\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])|<ipv[46]>)/i.test(text.slice(start, start + 48))
}

/** A dotted name is a mail domain or a version, which the other recognizers judge. */
function isDotted(text: string, end: number): boolean {
  return text[end] === '.' && isIn(text, end + 1, labelOfHost)
}

function isUnit(text: string, start: number, end: number): boolean {
  return (
    (text[end] === '.' && unitEnding.test(text.slice(end, end + 10))) ||
    /\b(?:systemctl|service|unit|rc-service)\b[^\n]*$/i.test(text.slice(Math.max(0, start - 48), start))
  )
}

import { colon, digit, dot, hex, hyphen, isIn, runLeft, runRight, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { quadEnd } from './ipv4.ts'

/** IPv6 addresses in every spelling, with zone id and prefix length. A bare `::` says nothing of anyone and is also how code joins names. */
export const ipv6: Recognizer = {
  name: 'ipv6',
  type: 'IP_ADDRESS',
  label: '<ipv6>',
  anchors: ['::'],
  signs: [{ sign: ':', before: hex, after: [hex, hex | colon, hex | colon] }],
  find: findIpv6,
  examples: {
    hidden: [
      ['via fe80::1 dev eth0', 'via <ipv6> dev eth0'],
      ['[2001:db8:0:1::20]:8006', '[<ipv6>]:8006'],
      ['inet6 fe80::be24:11ff:fe5a:1%vmbr0/64 scope link', 'inet6 <ipv6> scope link'],
      ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '<ipv6>'],
      ['::ffff:10.0.0.5', '<ipv6>'],
      ['listen ::1', 'listen <ipv6>'],
      ['route 1::2/64', 'route <ipv6>'],
      ['[1::2]:80', '[<ipv6>]:80'],
      ['at 1:2:3::4', 'at <ipv6>'],
      ['64:ff9b::1', '<ipv6>'],
      ['2600::', '<ipv6>'],
      ['addr:fe80::1', 'addr:<ipv6>'],
      ['fd00:1234::/48.', '<ipv6>.'],
      ['ping 2001:db8:85a3:12', 'ping <ipv6>'],
    ],
    kept: [
      'std::vector',
      '12::34',
      '16::9 of 100',
      'Foo::Bar',
      'a::b',
      'Ada::Base',
      '12:34:56',
      '1:2.39.2-1.1',
      '0000:01:00.0',
      '::',
      '[::]:80',
      'file.c:12:34',
      'dead::beefy',
      '2026-11-22T11:40:42.438Z',
      'crate::x1::y',
    ],
  },
}

const groupsMax = 8

function findIpv6(text: string, at: number): readonly Match[] {
  const start = runLeft(text, at, hex, 5)
  if (at - start > 4 || !isStart(text, start, at)) return none

  const end = addressEnd(text, start)
  if (end < 0 || !isPlausible(text.slice(start, end))) return none
  const wholeEnd = suffixEnd(text, end)
  const isMarked = wholeEnd > end || text[start - 1] === '['
  return isMarked || !isRatio(text.slice(start, end)) ? [{ start, end: wholeEnd }] : none
}

const labelReach = 32

/** The first group may follow a label and its colon (`addr:fe80::1`), but no further group, name or number. */
function isStart(text: string, start: number, at: number): boolean {
  if (isIn(text, start - 1, word | dot)) return false
  if (start === at && text[at + 1] !== ':') return false
  if (text[start - 1] !== ':') return true
  const label = text.slice(runLeft(text, start - 1, word | hyphen, labelReach), start - 1)
  // Of `:x:1003:1003::` the `x` stands for a password.
  return start < at && label !== '' && label !== 'x' && !/^[0-9a-f]{1,4}$/i.test(label)
}

/** The end of eight groups, of fewer with one `::`, or of a run that the end of the text cuts; else -1. */
function addressEnd(text: string, start: number): number {
  let index = start
  let groups = 0
  let isCompressed = false
  while (groups <= groupsMax) {
    const groupEnd = runRight(text, index, hex, 5)
    if (groupEnd - index > 4) return -1
    if (groupEnd > index && text[groupEnd] === '.' && (isCompressed || groups === 6)) {
      const end = quadEnd(text, index)
      return end > 0 && groups <= 6 ? end : isCompressed ? finish(text, groupEnd, groups + 1, true) : -1
    }
    if (groupEnd > index) groups += 1
    index = groupEnd
    if (text[index] !== ':') break
    if (text[index + 1] === ':') {
      if (isCompressed || text[index + 2] === ':') return -1
      isCompressed = true
      index += 2
    } else if (groups > 0 && isIn(text, index + 1, hex) && groups < groupsMax) index += 1
    else break
  }
  return finish(text, index, groups, isCompressed)
}

function finish(text: string, end: number, groups: number, isCompressed: boolean): number {
  if (isIn(text, end, word)) return -1
  if (isCompressed) return groups >= 1 && groups < groupsMax && !(text[end] === ':' && text[end + 1] === ':') ? end : -1
  if (groups === groupsMax) return text[end] === ':' && isIn(text, end + 1, hex) ? -1 : end
  return groups >= 3 && end >= text.length - 1 ? end : -1
}

const cutAddress = /^[23f][0-9a-f]{3}:[0-9a-f:]*[0-9a-f]{3}/i
const wordlessStart = /^(?:f[cde][0-9a-f]{2}|[23][0-9a-f]{3}):/i

/** Module paths of hex letters (`Ada::Base`) have no digit; a cut address must look like one by its first group. */
function isPlausible(address: string): boolean {
  if (!address.includes('::') && address.split(':').length < groupsMax && !address.includes('.')) return cutAddress.test(address)
  return /\d/.test(address) || wordlessStart.test(address)
}

/** `12::34`: few groups of one or two digits may be anything; an address is longer, has letters, or begins with its `::`. */
const ratio = /^\d{1,2}(?::\d{1,2})?::(?:\d{1,2})?(?::\d{1,2})?$/

function isRatio(address: string): boolean {
  return ratio.test(address) && address.split(':').filter((group) => group !== '').length <= 3
}

const zoneReach = 16

function suffixEnd(text: string, end: number): number {
  let index = end
  if (text[index] === '%' && isIn(text, index + 1, word)) index = runRight(text, index + 1, word | dot | hyphen, zoneReach)
  while (index > end && isIn(text, index - 1, dot)) index -= 1
  if (text[index] === '/' && isIn(text, index + 1, digit)) {
    const lengthEnd = runRight(text, index + 1, digit, 4)
    if (lengthEnd - index <= 4 && !isIn(text, lengthEnd, word)) return lengthEnd
  }
  return index
}

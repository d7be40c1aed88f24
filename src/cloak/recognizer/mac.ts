import { alphanumeric, colon, hex, hyphen, isIn, letter, runLeft, runRight, word } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Hardware addresses of network cards: six (or eight) pairs with colons or hyphens, or three groups of four with dots. */
export const mac: Recognizer = {
  name: 'mac',
  type: 'MAC_ADDRESS',
  label: '<mac>',
  anchors: ['mac', 'hwaddr', 'lladdr', 'ether ', 'physical address', 'duid'],
  signs: [
    { sign: ':', before: hex, after: [hex, hex, colon] },
    { sign: '-', before: hex, after: [hex, hex, hyphen] },
    { sign: '.', before: hex, after: [hex, hex, hex] },
  ],
  find: findMac,
  examples: {
    hidden: [
      ['link/ether bc:24:11:5a:00:1f brd ff:ff:ff:ff:ff:ff', 'link/ether <mac> brd <mac>'],
      ['hwaddr=BC:24:11:5A:00:1F,ip=dhcp', 'hwaddr=<mac>,ip=dhcp'],
      ['Physical Address: 00-1A-2B-3C-4D-5E', 'Physical Address: <mac>'],
      ['arp 001a.2b3c.4d5e ARPA', 'arp <mac> ARPA'],
      ['01:23:45:67:89:ab:cd:ef', '<mac>'],
      ['mac:bc:24:11:5a:00:1f:detail', 'mac:<mac>:detail'],
      ['eth0_bc:24:11:5a:00:1f_x', 'eth0_<mac>_x'],
      ['MAC=BC24115ABEEF', 'MAC=<mac>'],
      ['mac address bc24115abeef', 'mac address <mac>'],
      ['link/ether bc24115abeef', 'link/ether <mac>'],
      ['MAC=bc:24:11:5a:00:1f:bc:24:11:5a:00:20:08:00 SRC=x', 'MAC=<mac>:<mac>:08:00 SRC=x'],
      ['DUID 00:01:00:01:2d:5f:91:3a:bc:24:11:5a:00:1f', 'DUID <mac>:<mac>'],
      ['"macaddr": "bc24115abeef"', '"macaddr": "<mac>"'],
    ],
    kept: [
      '12:34:56',
      '00:1f.2',
      '2026-11-22-11-40-42',
      '43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8',
      '1234.5678.9012',
      'aa:bb:cc:dd:ee',
      'aa-bb:cc-dd:ee-ff',
      'HMAC=bc24115abeef',
      'mac=bc24115abeef0123456789abcdef0123',
      'macOS 151234567890',
      'mac address invalid',
    ],
  },
}

function findMac(text: string, at: number): readonly Match[] {
  const separator = text[at]
  if (separator === '.') return findDotted(text, at)
  if (separator !== ':' && separator !== '-') return findLabelled(text, at)
  if (text[at + 3] !== separator) return none
  const start = runLeft(text, at, hex, 3)
  if (at - start !== 2 || !isStart(text, start, 2)) return none
  for (const pairs of [8, 6]) {
    const end = groupsEnd(text, start, pairs, 2)
    if (end > 0 && isEnd(text, end, text[at], 2)) return [{ start, end }]
  }
  return none
}

const label =
  /(?:(?:mac|hw|ll|physical )[ _-]?addr(?:ess)?\\?["']?(?:[ \t]{0,4}[=:][ \t]{0,4}|[ \t]{1,4}(?:is )?)|(?:mac|ether)\\?["']?[ \t]{0,4}(?:[=:]|(?<=ether) )[ \t]{0,4})\\?["']?/iy

/** Twelve signs without a separator are one only behind a label. */
function findLabelled(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter)) return none
  const start = endAt(label, text, at)
  if (start < 0) return findInDuid(text, at)
  // Firewalls log a whole Ethernet header: the address of the receiver, that of the sender and two bytes of type.
  if (groupsEnd(text, start, headerPairs, 2) > 0)
    return [
      { start, end: start + pairedLength },
      { start: start + pairedLength + 1, end: start + 2 * pairedLength + 1 },
    ]
  const end = runRight(text, start, hex, pairsLength + 1)
  return end - start === pairsLength && !isIn(text, end, word) ? [{ start, end }] : none
}
const pairsLength = 12
const pairedLength = 17
const headerPairs = 14

const duid = /duid[ \t=:]{1,4}(?:[\da-f]{2}:){4,8}(?=(?:[\da-f]{2}:){5}[\da-f]{2}(?![\w:]))/iy

/** The id that a client of DHCP names itself by ends with an address of its cards. */
function findInDuid(text: string, at: number): readonly Match[] {
  const start = endAt(duid, text, at)
  return start < 0 ? none : [{ start, end: start + pairedLength }]
}

/** The dotted spelling without a letter is more often a number or a version. */
function findDotted(text: string, at: number): readonly Match[] {
  if (text[at + 5] !== '.') return none
  const start = runLeft(text, at, hex, 5)
  const end = at - start === 4 ? groupsEnd(text, start, 3, 4) : -1
  if (end < 0 || !isStart(text, start, 4) || !isEnd(text, end, '.', 4)) return none
  return /[a-f]/i.test(text.slice(start, end)) ? [{ start, end }] : none
}

function groupsEnd(text: string, start: number, groups: number, size: number): number {
  const separator = text[start + size]
  let index = start
  for (let group = 0; group < groups; group += 1) {
    if (group > 0 && text[index++] !== separator) return -1
    const end = runRight(text, index, hex, size)
    if (end - index !== size) return -1
    index = end
  }
  return index
}

/** A name beside it makes it something else, one more group a fingerprint; a label before it (`mac:`) and a full stop behind it do not. */
function isStart(text: string, start: number, size: number): boolean {
  if (isIn(text, start - 1, alphanumeric)) return false
  if (text[start - 1] !== text[start + size]) return true
  const group = runLeft(text, start - 1, hex, size + 1)
  return start - 1 - group !== size || isIn(text, group - 1, word)
}

function isEnd(text: string, end: number, separator: string | undefined, size: number): boolean {
  if (isIn(text, end, alphanumeric)) return false
  if (text[end] !== separator) return true
  const group = runRight(text, end + 1, hex, size + 1)
  return group - end - 1 !== size || isIn(text, group, word)
}

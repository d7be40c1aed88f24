import { anything, classesAt } from './character.ts'
import { veilSigns } from './veil.ts'

/**
 * The key of a place is made of its own character and the two behind it, each by a class of five bits, so that tables by key stay in the processor's cache.
 * Letters, digits, blanks and the commonest signs are classes of their own, the rest is one.
 * Letters that are rare in anchors share a class; what that mixes up is told apart by comparing the literal.
 */
const classBits = 5
const classCount = 1 << classBits
const keyLength = 3
const keyMask = (1 << (classBits * keyLength)) - 1
/** Set in the key of a place within a word: most anchors stand only at the beginning of one, and a walk that knows it stops at a fifth of the places. */
const withinWord = keyMask + 1
export const keyCount = 2 * withinWord

const alone = [...'abcdefghiklmnoprstuw.:@-</']
const classMembers = [...alone, 'vy', 'jqxz', `~${veilSigns}`, '0123456789', ' \t\n\r\v\f']
/** Of all beyond ASCII, and of the signs that may veil a value: at each of them the walk has a look. */
const veilClass = classMembers.findIndex((members) => members.includes(veilSigns)) + 1

/** The class of each code; 0 is also what stands before a text and behind it. */
const classOf = new Uint8Array(0x1_0000).fill(veilClass, 0x80)
for (const [index, members] of classMembers.entries()) {
  for (const character of members + members.toUpperCase()) classOf[character.charCodeAt(0)] = index + 1
}

/** For each class all that its characters are of (see `character.ts`). */
const naturesOfClass = [
  anything,
  ...classMembers.map((members) => [...(members + members.toUpperCase())].reduce((all, one) => all | classesAt(one, 0), 0)),
]
naturesOfClass[veilClass] = anything

/** The classes of letters and digits, as bits: behind one of them a place lies within a word. */
const wordBits = classMembers.reduce((bits, members, index) => (/^[a-z0-9]+$/.test(members) ? bits | (1 << (index + 1)) : bits), 0)

/** The first place in a range where `places` has, for its key, the bit of the class behind that; `to` when there is none. */
export function nextPlace(codes: Uint16Array, from: number, to: number, places: Int32Array): number {
  let key = keyAt(codes, from)
  for (let at = from; at < to; at += 1) {
    const behind = classAt(codes, at + keyLength)
    if ((((places[key] ?? 0) >>> behind) & 1) !== 0) return at
    const own = (key & keyMask) >>> (classBits * (keyLength - 1))
    key = withinOf(own) | (((key << classBits) | behind) & keyMask)
  }
  return to
}

/** The key of a place. */
export function keyAt(codes: Uint16Array, at: number): number {
  const before = at === 0 ? 0 : classAt(codes, at - 1)
  return withinOf(before) | (((classAt(codes, at) << classBits) | classAt(codes, at + 1)) << classBits) | classAt(codes, at + 2)
}

function withinOf(before: number): number {
  return ((wordBits >>> before) & 1) * withinWord
}

/** The class before a place, as a bit. */
export function bitBefore(codes: Uint16Array, at: number): number {
  return at === 0 ? 1 : 1 << classAt(codes, at - 1)
}

/** The class behind the key of a place, as a bit. */
export function bitBehind(codes: Uint16Array, at: number): number {
  return 1 << classAt(codes, at + keyLength)
}

/** Whether a veil may stand at a place. */
export function mayVeil(codes: Uint16Array, at: number): boolean {
  return classAt(codes, at) === veilClass
}

function classAt(codes: Uint16Array, at: number): number {
  return classOf[codes[at] ?? 0] ?? 0
}

/**
 * Visits every key that a text has where the literal stands behind a character of the natures `before`, and then characters of the natures `after`, in their order.
 * Each comes once. There are thousands for an anchor of classes alone, so no list of them is made.
 */
export function visitKeys(literal: string, after: readonly number[], before: number, visit: (key: number) => void): void {
  const classesBefore = bitsOf(before)
  const [first = [], second = [], third = []] = Array.from({ length: keyLength }, (_, offset) => classesOf(literal, offset, after))
  for (const start of [0, withinWord]) {
    if ((classesBefore & (start === 0 ? ~wordBits : wordBits)) === 0) continue
    for (const one of first) {
      for (const other of second) {
        const begun = start | (((one << classBits) | other) << classBits)
        for (const last of third) visit(begun | last)
      }
    }
  }
}

/** The classes of what stands behind the key then, as bits. */
export function bitsBehind(literal: string, after: readonly number[]): number {
  return classesOf(literal, keyLength, after).reduce((bits, one) => bits | (1 << one), 0)
}

/** The classes of characters with one of the natures, as bits. */
export function bitsOf(natures: number): number {
  return naturesOfClass.reduce((bits, own, one) => ((own & natures) === 0 ? bits : bits | (1 << one)), 0)
}

/** The classes that may stand at an offset of a literal or behind it. */
function classesOf(literal: string, offset: number, after: readonly number[]): readonly number[] {
  if (offset < literal.length) return [classOf[literal.charCodeAt(offset)] ?? 0]
  const natures = after[offset - literal.length] ?? anything
  return Array.from({ length: classCount }, (_, index) => index).filter((one) => ((naturesOfClass[one] ?? 0) & natures) !== 0)
}

/** How many characters of a literal are told by their classes alone. */
export function toldBy(literal: string): number {
  let told = 0
  while (told < keyLength && alone.includes(literal[told] ?? '')) told += 1
  return told
}

import { anything, classesAt } from './character.ts'
import { endingBits } from './domain-ending.ts'
import { endingsBehind } from './host-name.ts'
import { labelEnd } from './label.ts'
import type { Match, Recognizer } from './recognizer.ts'
import { veilAt, veilSigns } from './veil.ts'

/** `before` and `after` are the classes of the characters beside it, `endings` the bits of `ending`, 0 where the recognizer has none. */
type Anchor = {
  readonly literal: string
  readonly rank: number
  readonly recognizer: Recognizer
  readonly before: number
  readonly after: number
  readonly endings: number
}

/** Everything that one walk over a text needs to know about a list of recognizers. */
export type AnchorIndex = {
  readonly recognizers: readonly Recognizer[]
  /** What an earlier walk may have put into the text; nothing is looked for inside. */
  readonly labels: ReadonlySet<string>
  /** For each key (three characters, by class) the number of its bucket; 0, the usual case, means that nothing begins here. */
  readonly bucketOfKey: Uint16Array
  readonly buckets: readonly (readonly Anchor[])[]
}

/** A match with the rank of its recognizer in the list; the lower rank names a union. */
export type RankedMatch = Match & { readonly rank: number }

/** A stretch of a text, `to` exclusive. */
export type Range = { readonly from: number; readonly to: number }

/**
 * A key is small enough that its table stays in the processor's cache: letters, digits, blanks and the commonest anchors are classes of their own, the rest is one.
 * Letters that are rare in anchors share a class; what they mix up is told apart by comparing the literal.
 */
const classBits = 5
const keyCharacters = 3
const keyMask = (1 << (classBits * keyCharacters)) - 1
const classCount = 1 << classBits
const classOf = new Uint8Array(128)
const classMembers = [...'abcdefghiklmnoprstuvwy.:@-<', 'jqxz', `~${veilSigns}`, '0123456789', ' \t\n\r\v\f']
for (const [index, members] of classMembers.entries()) {
  for (const character of members + members.toUpperCase()) classOf[character.charCodeAt(0)] = index + 1
}

/** Of all beyond ASCII, and of the signs that may veil a value: at each of them the walk has a look. */
const veilClass = classMembers.findIndex((members) => members.includes(veilSigns)) + 1

/** For each class all that its characters are of (see `character.ts`). */
const naturesOfClass = [anything, ...classMembers.map((members) => [...members].reduce((all, one) => all | classesAt(one, 0), 0))]
naturesOfClass[veilClass] = anything

/** Prepares the walk: anchors and labels are grouped by the classes of their first three characters, shorter ones under every key that begins like them. */
export function buildAnchorIndex(recognizers: readonly Recognizer[], labels: ReadonlySet<string>): AnchorIndex {
  const bucketOfKey = new Uint16Array(keyMask + 1)
  const buckets: Anchor[][] = [[]]
  const bucketAt = (key: number): Anchor[] => {
    if (!bucketOfKey[key]) bucketOfKey[key] = buckets.push([]) - 1
    return buckets[bucketOfKey[key] ?? 0] ?? []
  }
  for (const [rank, recognizer] of recognizers.entries()) {
    const endings = recognizer.ending === undefined ? 0 : endingBits[recognizer.ending]
    for (const literal of recognizer.anchors) {
      const { before, after } = (literal.length === 1 && recognizer.beside) || { before: anything, after: anything }
      for (const key of keysOf(literal, after)) bucketAt(key).push({ literal, rank, recognizer, before, after, endings })
    }
  }
  for (const label of labels) for (const key of keysOf(label, anything)) bucketAt(key)
  for (const key of keysOf(veilSigns.slice(0, 1), anything)) bucketAt(key)
  return { recognizers, labels, bucketOfKey, buckets }
}

/** Every key that a text has where the literal and then one of the classes `after` stands. */
function keysOf(literal: string, after: number): readonly number[] {
  let keys = [0]
  for (let offset = 0; offset < keyCharacters; offset += 1) {
    const natures = offset === literal.length ? after : anything
    const classes = offset < literal.length ? [classAt(literal, offset)] : classesOfNature(natures)
    keys = keys.flatMap((key) => classes.map((one) => (key << classBits) | one))
  }
  return keys
}

function classesOfNature(natures: number): readonly number[] {
  return Array.from({ length: classCount }, (_, index) => index).filter((one) => ((naturesOfClass[one] ?? 0) & natures) !== 0)
}

/**
 * Matches so far and, for each recognizer, where its last one ends; `boundaries` are the places of boundaries that are spelled out.
 * Made with the first of them, so that harmless texts allocate nothing.
 */
export type Found = { readonly matches: RankedMatch[]; readonly ends: Uint32Array; readonly boundaries: number[] }

/** Found instead of anything else in a text of which something may have to be cut before it can be read. */
export const veiled: Found = { matches: [], ends: new Uint32Array(0), boundaries: [] }

const labelStart = '<'.charCodeAt(0)

/** All matches of all recognizers in a text, or `veiled`. */
export function findInText(text: string, index: AnchorIndex): Found | undefined {
  return walk(text, index, 0, text.length, undefined, true)
}

/** All matches of all recognizers whose anchors begin in the range, added to `before`; veils are left alone. */
export function findMatches(text: string, index: AnchorIndex, range: Range, before?: Found): Found | undefined {
  return walk(text, index, range.from, range.to, before, false)
}

/** One table look-up a character where nothing is found. */
function walk(
  text: string,
  index: AnchorIndex,
  from: number,
  to: number,
  before: Found | undefined,
  stopsAtVeil: boolean,
): Found | undefined {
  const { bucketOfKey, buckets, labels } = index
  let found = before
  let key = (classAt(text, from) << classBits) | classAt(text, from + 1)
  for (let at = from; at < to; at += 1) {
    key = ((key << classBits) | classAt(text, at + 2)) & keyMask
    const bucket = bucketOfKey[key] ?? 0
    if (bucket === 0) continue
    const end = text.charCodeAt(at) === labelStart ? labelEnd(text, at, labels) : at
    if (end > at) {
      key = (classAt(text, end) << classBits) | classAt(text, end + 1)
      at = end - 1
      continue
    }
    if (key >> (2 * classBits) === veilClass) {
      const looked = lookAtVeil(text, at, index, found)
      if (looked !== veiled) found = looked
      else if (stopsAtVeil) return veiled
    }
    found = askRecognizers(text, at, buckets[bucket] ?? [], index, found)
  }
  return found
}

/** Notes a boundary, or answers `veiled`. */
function lookAtVeil(text: string, at: number, index: AnchorIndex, before: Found | undefined): Found | undefined {
  const veil = veilAt(text, at)
  if (veil === 'none') return before
  if (veil === 'cut') return veiled
  const found = before ?? makeFound(index)
  found.boundaries.push(at)
  return found
}

function makeFound({ recognizers }: AnchorIndex): Found {
  return { matches: [], ends: new Uint32Array(recognizers.length), boundaries: [] }
}

function askRecognizers(
  text: string,
  at: number,
  anchors: readonly Anchor[],
  index: AnchorIndex,
  before: Found | undefined,
): Found | undefined {
  let found = before
  let endings = -1 // Read when the first recognizer of names needs it.
  const behind = classesAt(text, at + 1)
  const ahead = classesAt(text, at - 1)
  for (let number = 0; number < anchors.length; number += 1) {
    const anchor = anchors[number]
    if (!anchor || (anchor.after & behind) === 0 || (anchor.before & ahead) === 0 || !holdsAt(text, at, anchor.literal)) continue
    if (anchor.endings !== 0) {
      if (endings < 0) endings = endingsBehind(text, at)
      if ((anchor.endings & endings) === 0) continue
    }
    const { rank, recognizer } = anchor
    if (found && at < (found.ends[rank] ?? 0)) continue
    const matches = recognizer.find(text, at)
    if (matches.length === 0) continue
    found ??= makeFound(index)
    for (const match of matches) {
      found.matches.push({ ...match, rank })
      found.ends[rank] = Math.max(found.ends[rank] ?? 0, match.end)
    }
  }
  return found
}

const caseBit = 0x20

/** Whether the literal, which is in lower case, stands here in any case. */
function holdsAt(text: string, at: number, literal: string): boolean {
  if (at + literal.length > text.length) return false
  for (let offset = 0; offset < literal.length; offset += 1) {
    const code = text.charCodeAt(at + offset)
    const wanted = literal.charCodeAt(offset)
    if (code !== wanted && !(wanted >= 0x61 && wanted <= 0x7a && (code | caseBit) === wanted)) return false
  }
  return true
}

/** The class of a character; 0 beyond the end (where `charCodeAt` itself would be slow). */
function classAt(text: string, index: number): number {
  if (index >= text.length) return 0
  const code = text.charCodeAt(index)
  return code < 128 ? (classOf[code] ?? 0) : veilClass
}

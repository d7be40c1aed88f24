import { bitsBehind, bitsOf, keyCount, toldBy, visitKeys } from './anchor-key.ts'
import { anything } from './character.ts'
import type { Recognizer, Sign } from './recognizer.ts'
import type { TagClass } from './tagger/tag-class.ts'
import { veilSigns } from './veil.ts'
import { makeWordSet, type WordSet } from './word-set.ts'

/**
 * Everything that one walk over a text needs to know about a list of recognizers.
 * What is asked of most anchors lies in arrays of numbers, one a question, so that it stays in the processor's cache.
 */
export type AnchorIndex = {
  /** Of each recognizer by its rank, the place in the list. */
  readonly names: readonly string[]
  readonly labelOfRank: readonly string[]
  readonly finds: readonly Recognizer['find'][]
  /** Whether the tagger weighs the matches of a rank. */
  readonly isWeighed: readonly boolean[]
  /** The rank that names a class of the tagger, which is asked only where there are some. */
  readonly rankOfTag: ReadonlyMap<TagClass, number>
  /** What an earlier walk may have put into the text; nothing is looked for inside. */
  readonly labels: WordSet
  /** For each key the classes, as bits, that may stand behind it where something begins; 0, the usual case, where nothing does. */
  readonly places: Int32Array
  /** For each key the number of its bucket; the anchors of a bucket are those in `members` from its own place in `firstMember` to the next one's. */
  readonly bucketOfKey: Uint16Array
  readonly firstMember: Uint16Array
  readonly members: Uint16Array
  readonly anchors: Anchors
}

/** The anchors by their numbers. */
export type Anchors = {
  /** The classes, as bits, that may stand before the place and behind its key. */
  readonly before: Int32Array
  readonly behind: Int32Array
  /** Where the literal begins in `letters` and ends; the key tells its first characters, up to `told`, which lies beyond the end of an empty one. */
  readonly start: Uint16Array
  readonly told: Uint16Array
  readonly end: Uint16Array
  readonly letters: Uint8Array
  /** The natures of what may stand behind the literal, one character after the other: `naturesMax` places an anchor, up to one that is zero. */
  readonly natures: Uint16Array
  /** That of the recognizer. */
  readonly rank: Uint8Array
}

/** Most characters behind a literal that a sign may speak of. */
export const naturesMax = 4

/** Prepares the walk: anchors and labels are grouped by their keys, shorter ones under every key that begins like them. */
export function buildAnchorIndex(recognizers: readonly Recognizer[], labels: readonly string[]): AnchorIndex {
  const signs = recognizers.flatMap(({ anchors, signs: own = [] }, rank) => [
    ...anchors.map((literal) => ({ ...anywhere(literal), rank })),
    ...own.map((sign) => ({ before: anything, ...sign, rank })),
  ])
  const places = new Int32Array(keyCount)
  for (const { sign, after, before } of [...signs, ...[...labels, veilSigns.slice(0, 1)].map(anywhere)]) {
    const bits = bitsBehind(sign, after)
    visitKeys(sign, after, before, (key) => {
      places[key] = (places[key] ?? 0) | bits
    })
  }
  return {
    names: recognizers.map(({ name }) => name),
    labelOfRank: recognizers.map(({ label }) => label),
    finds: recognizers.map(({ find }) => find),
    isWeighed: recognizers.map(({ isWeighed = false }) => isWeighed),
    rankOfTag: new Map(recognizers.flatMap(({ tags = [] }, rank) => tags.map((tag) => [tag, rank] as const))),
    labels: makeWordSet(labels),
    places,
    ...makeBuckets(signs),
    anchors: makeAnchors(signs),
  }
}

/** An anchor that counts whatever stands beside it. */
function anywhere(literal: string): Required<Sign> {
  return { sign: literal, before: anything, after: [] }
}

/** Keys with the same anchors share a bucket; the first bucket is empty. Each anchor makes of the bucket of each of its keys the one that has it as well. */
function makeBuckets(signs: readonly Required<Sign>[]) {
  const growing = new Int32Array(keyCount)
  const grown: Growing[] = [{ from: 0, member: 0 }]
  for (const [member, { sign, after, before }] of signs.entries()) {
    const withMember = new Map<number, number>()
    visitKeys(sign, after, before, (key) => {
      const from = growing[key] ?? 0
      const known = withMember.get(from) ?? grown.push({ from, member }) - 1
      withMember.set(from, known)
      growing[key] = known
    })
  }
  const used = [...new Set([0, ...growing])]
  const numbers = new Map(used.map((bucket, number) => [bucket, number]))
  const buckets = used.map((bucket) => membersOf(grown, bucket))
  return {
    bucketOfKey: Uint16Array.from(growing, (bucket) => numbers.get(bucket) ?? 0),
    firstMember: Uint16Array.from(sums(buckets.map(({ length }) => length))),
    members: Uint16Array.from(buckets.flat()),
  }
}

/** A bucket while they are made: another one and one more member. */
type Growing = { readonly from: number; readonly member: number }

function membersOf(grown: readonly Growing[], bucket: number): readonly number[] {
  const members: number[] = []
  for (let at = bucket; at !== 0; at = grown[at]?.from ?? 0) members.push(grown[at]?.member ?? 0)
  return members.reverse()
}

function makeAnchors(signs: readonly (Required<Sign> & { readonly rank: number })[]): Anchors {
  const start = Uint16Array.from(sums(signs.map(({ sign }) => sign.length)))
  return {
    before: Int32Array.from(signs, ({ before }) => bitsOf(before)),
    behind: Int32Array.from(signs, ({ sign, after }) => bitsBehind(sign, after)),
    start,
    told: Uint16Array.from(signs, ({ sign }, number) => (start[number] ?? 0) + (sign === '' ? 1 : toldBy(sign))),
    end: start.subarray(1),
    letters: Uint8Array.from(signs.map(({ sign }) => sign).join(''), (character) => character.charCodeAt(0)),
    natures: Uint16Array.from(signs.flatMap(({ after }) => Array.from({ length: naturesMax }, (_, behind) => after[behind] ?? 0))),
    rank: Uint8Array.from(signs, ({ rank }) => rank),
  }
}

/** Where each of the lengths begins when they lie one behind the other, and where the last one ends. */
function sums(lengths: readonly number[]): readonly number[] {
  let sum = 0
  return [
    0,
    ...lengths.map((length) => {
      sum += length
      return sum
    }),
  ]
}

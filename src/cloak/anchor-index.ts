import { bitsBehind, bitsOf, keyCount, keysOf, toldBy } from './anchor-key.ts'
import { anything } from './character.ts'
import type { Recognizer, Sign } from './recognizer.ts'
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
  /** The natures of what may stand behind the literal. */
  readonly next: Uint16Array
  /** That of the recognizer. */
  readonly rank: Uint8Array
}

/** Prepares the walk: anchors and labels are grouped by their keys, shorter ones under every key that begins like them. */
export function buildAnchorIndex(recognizers: readonly Recognizer[], labels: readonly string[]): AnchorIndex {
  const signs = recognizers.flatMap(({ anchors, signs: own = [] }, rank) => [
    ...anchors.map((literal) => ({ ...anywhere(literal), rank })),
    ...own.map((sign) => ({ before: anything, ...sign, rank })),
  ])
  const membersOfKey = new Map<number, number[]>()
  for (const [number, { sign, after, before }] of signs.entries()) {
    for (const key of keysOf(sign, after, before)) membersOfKey.set(key, [...(membersOfKey.get(key) ?? []), number])
  }
  const places = new Int32Array(keyCount)
  for (const { sign, after, before } of [...signs, ...[...labels, veilSigns.slice(0, 1)].map(anywhere)]) {
    for (const key of keysOf(sign, after, before)) places[key] = (places[key] ?? 0) | bitsBehind(sign, after)
  }
  return {
    names: recognizers.map(({ name }) => name),
    labelOfRank: recognizers.map(({ label }) => label),
    finds: recognizers.map(({ find }) => find),
    labels: makeWordSet(labels),
    places,
    ...makeBuckets(membersOfKey),
    anchors: makeAnchors(signs),
  }
}

/** An anchor that counts whatever stands beside it. */
function anywhere(literal: string): Required<Sign> {
  return { sign: literal, before: anything, after: [] }
}

/** Keys with the same anchors share a bucket; the first bucket is empty. */
function makeBuckets(membersOfKey: ReadonlyMap<number, readonly number[]>) {
  const bucketOfKey = new Uint16Array(keyCount)
  const buckets: (readonly number[])[] = [[]]
  const known = new Map<string, number>()
  for (const [key, members] of membersOfKey) {
    const name = members.join()
    const bucket = known.get(name) ?? buckets.push(members) - 1
    known.set(name, bucket)
    bucketOfKey[key] = bucket
  }
  const firstMember = Uint16Array.from(sums(buckets.map(({ length }) => length)))
  return { bucketOfKey, firstMember, members: Uint16Array.from(buckets.flat()) }
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
    next: Uint16Array.from(signs, ({ after }) => after[0] ?? anything),
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

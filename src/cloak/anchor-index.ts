import { labelEnd } from './label.ts'
import type { Match, Recognizer } from './recognizer.ts'

type Anchor = { readonly literal: string; readonly recognizer: number }

/** Everything that one walk over a text needs to know about a list of recognizers. */
export type AnchorIndex = {
  readonly recognizers: readonly Recognizer[]
  /** What an earlier walk may have put into the text; nothing is looked for inside. */
  readonly labels: ReadonlySet<string>
  /** For each pair of characters the number of its bucket; 0, the usual case, means that no anchor begins here. */
  readonly bucketOfPair: Uint16Array
  readonly buckets: readonly (readonly Anchor[])[]
}

/** A match with the rank of its recognizer in the list; the lower rank names a union. */
export type RankedMatch = Match & { readonly rank: number }

const pairBits = 7
const asciiCount = 1 << pairBits
const fold = new Uint8Array(asciiCount).map((_, code) => String.fromCharCode(code).toLowerCase().charCodeAt(0))

/** Prepares the walk: anchors are grouped by their first two characters, one-character anchors by every pair that begins with theirs. */
export function buildAnchorIndex(recognizers: readonly Recognizer[], labels: ReadonlySet<string>): AnchorIndex {
  const bucketOfPair = new Uint16Array(asciiCount * asciiCount)
  const buckets: Anchor[][] = [[]]
  const anchors = recognizers.flatMap(({ anchors: literals }, recognizer) => literals.map((literal) => ({ literal, recognizer })))
  for (const anchor of anchors) {
    const first = anchor.literal.charCodeAt(0)
    const seconds = anchor.literal.length > 1 ? [anchor.literal.charCodeAt(1)] : Array.from({ length: asciiCount }, (_, code) => code)
    for (const second of seconds) {
      const pair = (first << pairBits) | second
      const known = bucketOfPair[pair]
      if (known) buckets[known]?.push(anchor)
      else bucketOfPair[pair] = buckets.push([anchor]) - 1
    }
  }
  return { recognizers, labels, bucketOfPair, buckets }
}

const labelStart = '<'.charCodeAt(0)

/** All matches of all recognizers, in the order of their anchors. One table look-up a character where nothing is found. */
export function findMatches(text: string, index: AnchorIndex): readonly RankedMatch[] {
  const { bucketOfPair, buckets } = index
  let found: Found | undefined
  let first = foldAt(text, 0)
  for (let at = 0; at < text.length; at += 1) {
    const second = foldAt(text, at + 1)
    if (first === labelStart) {
      const end = labelEnd(text, at, index.labels)
      if (end > at) {
        at = end - 1
        first = foldAt(text, end)
        continue
      }
    }
    const bucket = bucketOfPair[(first << pairBits) | second] ?? 0
    if (bucket !== 0) found = askRecognizers(text, at, buckets[bucket] ?? [], index, found)
    first = second
  }
  return found?.matches ?? []
}

/** Matches so far and, for each recognizer, where its last one ends. Made with the first match, so that harmless texts allocate nothing. */
type Found = { readonly matches: RankedMatch[]; readonly ends: Uint32Array }

function askRecognizers(
  text: string,
  at: number,
  anchors: readonly Anchor[],
  index: AnchorIndex,
  before: Found | undefined,
): Found | undefined {
  let found = before
  for (const { literal, recognizer: rank } of anchors) {
    const recognizer = index.recognizers[rank]
    if (!recognizer || !holdsAt(text, at, literal)) continue
    if (found && at < (found.ends[rank] ?? 0)) continue
    const matches = recognizer.find(text, at)
    if (matches.length === 0) continue
    found ??= { matches: [], ends: new Uint32Array(index.recognizers.length) }
    for (const match of matches) {
      found.matches.push({ ...match, rank })
      found.ends[rank] = Math.max(found.ends[rank] ?? 0, match.end)
    }
  }
  return found
}

function holdsAt(text: string, at: number, literal: string): boolean {
  if (at + literal.length > text.length) return false
  for (let offset = 1; offset < literal.length; offset += 1) {
    if (foldAt(text, at + offset) !== literal.charCodeAt(offset)) return false
  }
  return true
}

/** Lower case for ASCII; 0, which no anchor holds, for all else and beyond the end. */
function foldAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < asciiCount ? (fold[code] ?? 0) : 0
}

import { type AnchorIndex, type Anchors, naturesMax } from './anchor-index.ts'
import { bitBefore, bitBehind, keyAt, mayVeil, nextPlace } from './anchor-key.ts'
import { classesAt } from './character.ts'
import { codesOf } from './codes.ts'
import { labelEnd } from './label.ts'
import type { Match } from './recognizer.ts'
import { veilAt } from './veil.ts'

/** A match with the label that replaces it, and the rank of its recognizer in the list; the lower rank names a union. `match` is what the recognizer said. */
export type RankedMatch = {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly rank: number
  readonly match: Match
}

/** A stretch of a text, `to` exclusive. */
export type Range = { readonly from: number; readonly to: number }

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
  return walk(text, codesOf(text), index, { from: 0, to: text.length }, undefined, true)
}

/** All matches of all recognizers whose anchors begin in one of the ranges, which ascend; veils are left alone. */
export function findMatches(text: string, index: AnchorIndex, ranges: readonly Range[]): Found | undefined {
  const codes = codesOf(text)
  let found: Found | undefined
  for (const range of ranges) found = walk(text, codes, index, range, found, false)
  return found
}

function walk(
  text: string,
  codes: Uint16Array,
  index: AnchorIndex,
  { from, to }: Range,
  before: Found | undefined,
  stopsAtVeil: boolean,
): Found | undefined {
  const { places, labels } = index
  let found = before
  for (let at = nextPlace(codes, from, to, places); at < to; at = nextPlace(codes, at + 1, to, places)) {
    const end = codes[at] === labelStart ? labelEnd(text, at, labels) : at
    if (end > at) {
      at = end - 1
      continue
    }
    if (mayVeil(codes, at)) {
      const looked = lookAtVeil(text, at, index, found)
      if (looked !== veiled) found = looked
      else if (stopsAtVeil) return veiled
    }
    found = askRecognizers(text, codes, at, index, found)
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

function makeFound({ finds }: AnchorIndex): Found {
  return { matches: [], ends: new Uint32Array(finds.length), boundaries: [] }
}

/** Asks the recognizers that have an anchor at the place, in the order of the list. */
function askRecognizers(text: string, codes: Uint16Array, at: number, index: AnchorIndex, before: Found | undefined): Found | undefined {
  const { bucketOfKey, firstMember, members, anchors } = index
  const bucket = bucketOfKey[keyAt(codes, at)] ?? 0
  const end = firstMember[bucket + 1] ?? 0
  const ahead = bitBefore(codes, at)
  const behind = bitBehind(codes, at)
  let found = before
  for (let member = firstMember[bucket] ?? 0; member < end; member += 1) {
    const anchor = members[member] ?? 0
    if (((anchors.before[anchor] ?? 0) & ahead) === 0 || ((anchors.behind[anchor] ?? 0) & behind) === 0) continue
    if (!holdsAt(text, codes, at, anchors, anchor)) continue
    const rank = anchors.rank[anchor] ?? 0
    if (!found || at >= (found.ends[rank] ?? 0)) found = ask(text, at, index, rank, found)
  }
  return found
}

function ask(text: string, at: number, index: AnchorIndex, rank: number, before: Found | undefined): Found | undefined {
  const matches = index.finds[rank]?.(text, at)
  if (matches === undefined || matches.length === 0) return before
  const found = before ?? makeFound(index)
  for (const match of matches) {
    const { start, end, label = index.labelOfRank[rank] ?? '' } = match
    found.matches.push({ start, end, label, rank, match })
    found.ends[rank] = Math.max(found.ends[rank] ?? 0, end)
  }
  return found
}

const caseBit = 0x20

/** Whether the literal of an anchor, which is in lower case, stands here in any case, and behind it what may. */
function holdsAt(text: string, codes: Uint16Array, at: number, { letters, start, told, end, natures }: Anchors, anchor: number): boolean {
  const literalEnd = end[anchor] ?? 0
  const untold = told[anchor] ?? 0
  if (untold === literalEnd) return true
  const offset = at - (start[anchor] ?? 0)
  if (offset + literalEnd > text.length) return false
  for (let index = untold; index < literalEnd; index += 1) {
    const code = codes[offset + index] ?? 0
    const wanted = letters[index] ?? 0
    if (code !== wanted && !(wanted >= 0x61 && wanted <= 0x7a && (code | caseBit) === wanted)) return false
  }
  const behind = offset + literalEnd
  const first = naturesMax * anchor
  for (let index = 0; index < naturesMax; index += 1) {
    const wanted = natures[first + index] ?? 0
    if (wanted === 0) return true
    if ((classesAt(text, behind + index) & wanted) === 0) return false
  }
  return true
}

import type { AnchorIndex } from './anchor-index.ts'
import { bareText } from './bare-text.ts'
import { isLabel } from './label.ts'
import { linesAround } from './line.ts'
import { type Profile, profiles } from './profile.ts'
import { findApart, findInBare } from './reading.ts'
import { withRepeats } from './repeat.ts'
import { type Found, findInText, findMatches, type RankedMatch, veiled } from './walk.ts'

/** A text fit to be stored. `rules` are the names of the recognizers whose labels stand in it, sorted, without repeats. */
export type CloakResult = { readonly text: string; readonly rules: readonly string[] }

/** A hidden stretch changes the surroundings of the next one, so the text is walked until nothing more is found; ordinary texts need two walks. */
const walksMax = 6

/** What a text becomes that is still not settled after the last walk: built to provoke that, it has nothing worth keeping. */
const unsettled: CloakResult = { text: '<hidden>', rules: ['unsettled'] }

const nothingFound: readonly string[] = []

/**
 * Hides personal data and secrets in a text. Never throws, takes linear time, and cloaking its result again changes nothing.
 * A text without findings comes back as the same string, or without the terminal codes and signs of no width that it had.
 */
export function cloak(text: string, profile: Profile, note?: Note): CloakResult {
  const index = profiles[profile]
  const found = findInText(text, index)
  if (found === undefined) return { text, rules: nothingFound }
  return found === veiled ? cloakVeiled(text, index, note) : settle(text, findApart(text, index, found), index, note)
}

/** Told of what each walk replaces, which ascends and does not overlap, and stands in the text that this walk read: the first in the bare text, each other in what the one before left. */
export type Note = (replaced: readonly RankedMatch[]) => void

function cloakVeiled(text: string, index: AnchorIndex, note: Note | undefined): CloakResult {
  const bare = bareText(text)
  return settle(bare.text, findInBare(bare, index), index, note)
}

/** Hides what the first walk found and walks again where that changed the text, until nothing more is found. */
function settle(text: string, firstFound: Found | undefined, index: AnchorIndex, note: Note | undefined): CloakResult {
  let current = text
  let found = firstFound
  const rules = new Set<string>()
  for (let walk = 0; walk < walksMax; walk += 1) {
    const matches: readonly RankedMatch[] = found ? unite(current, withRepeats(current, found.matches), index) : []
    if (matches.length === 0) return { text: current, rules: rules.size === 0 ? nothingFound : [...rules].sort() }
    for (const { rank } of matches) rules.add(index.names[rank] ?? '')
    note?.(matches)
    const replaced = replace(current, matches)
    current = replaced.text
    // Only keys in armour reach further than the next line, and those are hidden whole by the first walk.
    found = findApart(current, index, findMatches(current, index, linesAround(current, replaced.ends)))
  }
  note?.([{ start: 0, end: current.length, label: unsettled.text, rank: 0, match: { start: 0, end: current.length } }])
  return unsettled
}

/** Overlapping matches become one that hides all of them under the name of the best rank; labels already in the text are left alone. */
function unite(text: string, matches: readonly RankedMatch[], { labels }: AnchorIndex): readonly RankedMatch[] {
  if (matches.length === 0) return matches
  const united: RankedMatch[] = []
  let last: RankedMatch | undefined
  for (const match of matches.toSorted((a, b) => a.start - b.start || a.rank - b.rank)) {
    if (match.end <= match.start || isLabel(text, match.start, match.end, labels)) continue
    if (last && match.start < last.end) {
      const winner: RankedMatch = match.rank < last.rank ? match : last
      last = { ...winner, start: last.start, end: Math.max(last.end, match.end) }
      united[united.length - 1] = last
    } else {
      united.push(match)
      last = match
    }
  }
  return united
}

/** Puts the labels in; `ends` are the places behind them in the new text. */
function replace(text: string, matches: readonly RankedMatch[]): { text: string; ends: readonly number[] } {
  const ends: number[] = []
  let replaced = ''
  let end = 0
  for (const match of matches) {
    replaced += text.slice(end, match.start) + match.label
    ends.push(replaced.length)
    end = match.end
  }
  return { text: replaced + text.slice(end), ends }
}

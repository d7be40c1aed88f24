import type { AnchorIndex } from './anchor-index.ts'
import { bareText } from './bare-text.ts'
import { holdsLabel } from './label.ts'
import { linesAround } from './line.ts'
import { type Profile, profiles } from './profile.ts'
import { findApart, findInBare } from './reading.ts'
import { withRepeats } from './repeat.ts'
import { replace, unite } from './replace.ts'
import { tagMatches } from './tagger/tagger.ts'
import { withoutUnlikely } from './tagger/weigh.ts'
import { type Found, findInText, findMatches, type RankedMatch, veiled } from './walk.ts'
import { wholeValues } from './whole-value.ts'

/** A text fit to be stored. `rules` are the names of the recognizers whose labels stand in it, sorted, without repeats. */
export type CloakResult = { readonly text: string; readonly rules: readonly string[] }

/** A hidden stretch changes the surroundings of the next one, so the text is walked until nothing more is found; ordinary texts need two walks, and one more where the tagger finds something. */
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
  return found === veiled ? cloakVeiled(text, index, note) : settle(text, findApart(text, index, found), index, note)
}

/** Told of what each walk replaces, which ascends and does not overlap, and stands in the text that this walk read: the first in the bare text, each other in what the one before left. */
export type Note = (replaced: readonly RankedMatch[]) => void

function cloakVeiled(text: string, index: AnchorIndex, note: Note | undefined): CloakResult {
  const bare = bareText(text)
  return settle(bare.text, findInBare(bare, index), index, note)
}

/** Hides what the first walk found and walks again where that changed the text, until neither the rules nor the tagger find more. */
function settle(text: string, firstFound: Found | undefined, index: AnchorIndex, note: Note | undefined): CloakResult {
  let current = text
  let found = firstFound
  const rules = new Set<string>()
  for (let walk = 0; walk < walksMax; walk += 1) {
    const matches = ruled(current, found, index) ?? tagged(current, index) ?? []
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

/** What the rules hide, if anything. */
function ruled(text: string, found: Found | undefined, index: AnchorIndex): readonly RankedMatch[] | undefined {
  if (found === undefined) return undefined
  return someOf(unite(text, withRepeats(text, wholeValues(text, withoutUnlikely(text, found.matches, index))), index))
}

/** What the tagger hides, if anything. It reads the whole text each time, but knows most of the lines. */
function tagged(text: string, index: AnchorIndex): readonly RankedMatch[] | undefined {
  return index.rankOfTag.size === 0
    ? undefined
    : someOf(unite(text, withRepeats(text, wholeValues(text, tagMatches(text, index, holdsLabel(text, index.labels)))), index))
}

function someOf(matches: readonly RankedMatch[]): readonly RankedMatch[] | undefined {
  return matches.length === 0 ? undefined : matches
}

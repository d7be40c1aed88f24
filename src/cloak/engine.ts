import { type AnchorIndex, type Found, findMatches, type Range, type RankedMatch } from './anchor-index.ts'
import { isLabel } from './label.ts'
import { type Profile, profiles } from './profile.ts'

/** A text fit to be stored. `rules` are the names of the recognizers whose labels stand in it, sorted, without repeats. */
export type CloakResult = { readonly text: string; readonly rules: readonly string[] }

/** A hidden stretch changes the surroundings of the next one, so the text is walked until nothing more is found; ordinary texts need two walks. */
const walksMax = 6

/** What a text becomes that is still not settled after the last walk: built to provoke that, it has nothing worth keeping. */
const unsettled: CloakResult = { text: '<hidden>', rules: ['unsettled'] }

const nothingFound: readonly string[] = []

/**
 * Hides personal data and secrets in a text. Never throws, takes linear time, and cloaking its result again changes nothing.
 * A text without findings comes back as the same string.
 */
export function cloak(text: string, profile: Profile): CloakResult {
  const index = profiles[profile]
  const found = findMatches(text, index, 0, text.length)
  return found ? settle(text, found, index) : { text, rules: nothingFound }
}

/** Hides what the first walk found and walks again where that changed the text, until nothing more is found. */
function settle(text: string, firstFound: Found, index: AnchorIndex): CloakResult {
  let current = text
  let found: Found | undefined = firstFound
  const rules = new Set<string>()
  for (let walk = 0; walk < walksMax; walk += 1) {
    const matches: readonly RankedMatch[] = found ? unite(current, found.matches, index) : []
    if (matches.length === 0) return { text: current, rules: rules.size === 0 ? nothingFound : [...rules].sort() }
    for (const { rank } of matches) rules.add(index.recognizers[rank]?.name ?? '')
    const replaced = replace(current, matches, index)
    current = replaced.text
    found = undefined
    for (const { from, to } of neighbourhoods(current, replaced.ends)) found = findMatches(current, index, from, to, found)
  }
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
function replace(text: string, matches: readonly RankedMatch[], index: AnchorIndex): { text: string; ends: readonly number[] } {
  const ends: number[] = []
  let replaced = ''
  let end = 0
  for (const match of matches) {
    replaced += text.slice(end, match.start) + (match.label ?? index.recognizers[match.rank]?.label ?? '')
    ends.push(replaced.length)
    end = match.end
  }
  return { text: replaced + text.slice(end), ends }
}

/**
 * What the next walk has to look at: the changed lines and the ones beside them. What gives a match away stands on its own line or the next;
 * only keys in armour reach further, and those are hidden whole by the first walk.
 */
function neighbourhoods(text: string, ends: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  let to = 0
  for (const end of ends) {
    if (end < to) continue
    const lineStart = text.lastIndexOf('\n', end - 1)
    const from = Math.max(to, lineStart < 1 ? 0 : text.lastIndexOf('\n', lineStart - 1) + 1)
    const lineEnd = text.indexOf('\n', end)
    const nextEnd = lineEnd < 0 ? -1 : text.indexOf('\n', lineEnd + 1)
    to = nextEnd < 0 ? text.length : nextEnd
    ranges.push({ from, to })
  }
  return ranges
}

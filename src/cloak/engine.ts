import { type AnchorIndex, findMatches, type RankedMatch } from './anchor-index.ts'
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
  let current = text
  let rules: Set<string> | undefined
  for (let walk = 0; walk < walksMax; walk += 1) {
    const matches = unite(current, findMatches(current, index), index)
    if (matches.length === 0) return { text: current, rules: rules ? [...rules].sort() : nothingFound }
    rules ??= new Set()
    for (const { rank } of matches) rules.add(index.recognizers[rank]?.name ?? '')
    current = replace(current, matches, index)
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

function replace(text: string, matches: readonly RankedMatch[], index: AnchorIndex): string {
  let replaced = ''
  let end = 0
  for (const match of matches) {
    replaced += text.slice(end, match.start) + (match.label ?? index.recognizers[match.rank]?.label ?? '')
    end = match.end
  }
  return replaced + text.slice(end)
}

import { countLeading } from '../base/search.ts'
import type { AnchorIndex } from './anchor-index.ts'
import { isLabel } from './label.ts'
import type { RankedMatch } from './walk.ts'

/** Overlapping matches become one that hides all of them under the name of the best rank; labels already in the text are left alone. */
export function unite(text: string, matches: readonly RankedMatch[], { labels }: AnchorIndex): readonly RankedMatch[] {
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
export function replace(text: string, matches: readonly RankedMatch[]): { text: string; ends: readonly number[] } {
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

/** Where a place of a text with labels, which end at `ends`, stood before the matches were replaced; inside of a label where that began. */
export function placeBefore(matches: readonly RankedMatch[], ends: readonly number[], place: number): number {
  const behind = countLeading(ends.length, (label) => (ends[label] ?? 0) <= place)
  const shift = (matches[behind - 1]?.end ?? 0) - (ends[behind - 1] ?? 0)
  return Math.min(place + shift, matches[behind]?.start ?? Number.POSITIVE_INFINITY)
}

import { countLeading } from '../base/search.ts'
import type { CutText } from '../base/terminal-code.ts'
import type { AnchorIndex } from './anchor-index.ts'
import { linesAround, linesOf } from './line.ts'
import { boundaryEnd } from './veil.ts'
import { type Found, findMatches, type Range, type RankedMatch } from './walk.ts'

/** Lines of a text with blanks where something was cut out or a blank is only spelled. */
type Reading = {
  readonly text: string
  /** Where in the text it begins. */
  readonly from: number
  /** Where in it the text is read in another way. */
  readonly places: readonly number[]
  /** The places of blanks that the text itself does not have. */
  readonly inserted: readonly number[]
}

/** All that is found in a text whose codes were cut: without its seams as well, for so it is read when it is cloaked again. */
export function findInBare({ text, seams }: CutText, index: AnchorIndex): Found | undefined {
  return findApart(text, index, findWhole(text, index), seams)
}

/** All that is found in a text as it stands, and when it is read the other way; codes in it are left alone. */
export function findWhole(text: string, index: AnchorIndex): Found | undefined {
  return findApart(text, index, findMatches(text, index, [{ from: 0, to: text.length }]))
}

/**
 * Adds what is found when a text is read the other way: a value may begin or end where a terminal code was cut out (`tok\x1b[1mghp_…`)
 * or where a line break is spelled (`\\n10.0.0.5`), and hangs on to its neighbour unless that place is read as a blank.
 */
export function findApart(text: string, index: AnchorIndex, found: Found | undefined, seams: readonly number[] = []): Found | undefined {
  const boundaries = found?.boundaries ?? []
  if (boundaries.length === 0 && seams.length === 0) return found
  const ends = new Map(boundaries.map((at) => [at, boundaryEnd(text, at)]))
  const places = [...new Set([...seams, ...boundaries])].sort((a, b) => a - b)
  const matches: RankedMatch[] = []
  let next = 0
  for (const range of linesAround(text, places)) {
    const first = next
    while ((places[next] ?? range.to) < range.to) next += 1
    const reading = readApart(text, range, places.slice(first, next), ends)
    const apart = findMatches(reading.text, index, linesOf(reading.text, reading.places))
    for (const match of apart?.matches ?? [])
      matches.push({ ...match, start: placeInText(reading, match.start), end: Math.min(range.to, placeInText(reading, match.end)) })
  }
  return matches.length === 0 ? found : { boundaries, ends: noEnds, matches: [...(found?.matches ?? []), ...matches] }
}
const noEnds = new Uint32Array(0)

/** Each place is either the beginning of a boundary, whose end `ends` has, or a seam. */
function readApart(text: string, { from, to }: Range, places: readonly number[], ends: ReadonlyMap<number, number>): Reading {
  const placesInReading: number[] = []
  const inserted: number[] = []
  let apart = ''
  let end = from
  for (const at of places) {
    if (at < end) continue
    apart += text.slice(end, at)
    placesInReading.push(apart.length)
    end = ends.get(at) ?? at
    if (end === at) inserted.push(apart.length)
    apart += end === at ? ' ' : blankLike(text.slice(at, end))
    placesInReading.push(apart.length)
  }
  apart += text.slice(end, to)
  return { text: to < text.length ? apart + goesOn : apart, from, places: placesInReading, inserted }
}

/** Stands behind a piece of a text, so that its last line is not taken for one that was cut off. */
const goesOn = '\n|'

/** As long as what it stands for; a spelled line break ends the line, as many recognizers ask for. */
function blankLike(boundary: string): string {
  return /^\\+n$/.test(boundary) ? `${' '.repeat(boundary.length - 1)}\n` : ' '.repeat(boundary.length)
}

/** Where a place of the reading stands in the text itself. */
function placeInText({ from, inserted }: Reading, place: number): number {
  return from + place - countLeading(inserted.length, (number) => (inserted[number] ?? 0) < place)
}

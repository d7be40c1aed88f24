import { type AnchorIndex, type Found, findMatches } from './anchor-index.ts'
import { linesAround } from './line.ts'
import { boundaryEnd } from './veil.ts'

/** A text with blanks where something was cut out or a blank is only spelled. `seams` are the places of the blanks that the text does not have. */
type Reading = { readonly text: string; readonly places: readonly number[]; readonly seams: readonly number[] }

/**
 * Adds what is found when a text is read the other way: a value may begin or end where a terminal code was cut out (`tok\x1b[1mghp_…`)
 * or where a line break is spelled (`\\n10.0.0.5`), and hangs on to its neighbour unless that place is read as a blank.
 */
export function findApart(text: string, index: AnchorIndex, found: Found | undefined, seams: readonly number[]): Found | undefined {
  const boundaries = found?.boundaries ?? []
  if (boundaries.length === 0 && seams.length === 0) return found
  const reading = readApart(text, seams, boundaries)
  let apart: Found | undefined
  for (const range of linesAround(reading.text, reading.places)) apart = findMatches(reading.text, index, range, apart)
  if (apart === undefined || apart.matches.length === 0) return found
  const matches = apart.matches.map((match) => ({
    ...match,
    start: placeInText(reading, match.start),
    end: placeInText(reading, match.end),
  }))
  return found ? { ...found, matches: [...found.matches, ...matches] } : { ...apart, matches }
}

function readApart(text: string, seams: readonly number[], boundaries: readonly number[]): Reading {
  const places: number[] = []
  const inserted: number[] = []
  let apart = ''
  let end = 0
  let nextSeam = 0
  const insertSeams = (limit: number): void => {
    for (let seam = seams[nextSeam] ?? limit; seam < limit; seam = seams[++nextSeam] ?? limit) {
      apart += text.slice(end, seam)
      end = seam
      places.push(apart.length)
      inserted.push(apart.length)
      apart += ' '
    }
  }
  for (const at of boundaries) {
    if (at < end) continue
    insertSeams(at + 1)
    apart += text.slice(end, at)
    end = boundaryEnd(text, at)
    places.push(apart.length)
    apart += blankLike(text.slice(at, end))
    while ((seams[nextSeam] ?? end) < end) nextSeam += 1
  }
  insertSeams(text.length)
  return { text: apart + text.slice(end), places, seams: inserted }
}

/** As long as what it stands for; a spelled line break ends the line, as many recognizers ask for. */
function blankLike(boundary: string): string {
  return /^\\+n$/.test(boundary) ? `${' '.repeat(boundary.length - 1)}\n` : ' '.repeat(boundary.length)
}

/** Where a place of the reading stands in the text itself. */
function placeInText({ seams }: Reading, place: number): number {
  let low = 0
  let high = seams.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((seams[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return place - low
}

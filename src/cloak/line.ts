import type { Range } from './walk.ts'

const lineBreak = '\n'.charCodeAt(0)

/** The lines of the places, which ascend, and the ones beside them: what gives a value away stands on its own line or the next. Each line comes once. */
export function linesAround(text: string, places: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  let to = 0
  for (const place of places) {
    if (place < to) continue
    const ownStart = startOfLine(text, place, to)
    const from = ownStart === to ? to : startOfLine(text, ownStart - 1, to)
    const lineEnd = text.indexOf('\n', place)
    const nextEnd = lineEnd < 0 ? -1 : text.indexOf('\n', lineEnd + 1)
    to = nextEnd < 0 ? text.length : nextEnd
    ranges.push({ from, to })
  }
  return ranges
}

/** The lines of the places, which ascend; each line comes once. */
export function linesOf(text: string, places: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  let to = 0
  for (const place of places) {
    if (place < to) continue
    const lineEnd = text.indexOf('\n', place)
    const from = startOfLine(text, place, to)
    to = lineEnd < 0 ? text.length : lineEnd + 1
    ranges.push({ from, to })
  }
  return ranges
}

/** Where the line of a place begins. A line break stands at `from` or right before it, unless the text begins there, so that the search never goes further back. */
function startOfLine(text: string, place: number, from: number): number {
  return place <= from ? from : Math.max(from, text.lastIndexOf('\n', place - 1) + 1)
}

/** Where the line of a place begins, but not before `from`. */
export function lineStart(text: string, place: number, from: number): number {
  let start = place
  while (start > from && text.charCodeAt(start - 1) !== lineBreak) start -= 1
  return start
}

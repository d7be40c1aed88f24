import type { Range } from './anchor-index.ts'

/** The lines of the places, which ascend, and the ones beside them: what gives a value away stands on its own line or the next. Each line comes once. */
export function linesAround(text: string, places: readonly number[]): readonly Range[] {
  const ranges: Range[] = []
  let to = 0
  for (const place of places) {
    if (place < to) continue
    const lineStart = text.lastIndexOf('\n', place - 1)
    const from = Math.max(to, lineStart < 1 ? 0 : text.lastIndexOf('\n', lineStart - 1) + 1)
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
    const from = Math.max(to, text.lastIndexOf('\n', place - 1) + 1)
    to = lineEnd < 0 ? text.length : lineEnd + 1
    ranges.push({ from, to })
  }
  return ranges
}

import { classOf, digit, lineBreak, sign } from './character-class.ts'

/** How many lines are remembered. The same script prints the same lines on thousands of machines; only numbers differ. */
const linesMax = 2 ** 16

/** Two hashes of a line with zeros in place of its digits, together with the line before it: all that a judgement of its tokens goes by. */
export type LineKey = { low: number; high: number }

/** By the code of a character: itself, or a zero for a digit, and whether it is part of a token. */
const tokenBit = 0x1_0000
const readings = Int32Array.from(classOf, (nature, code) => (nature === digit ? 0x30 : code) | (nature >= sign ? tokenBit : 0))

/** Hashes a line from `from` to `to`. Answers whether it has a token. */
export function hashLine(codes: Uint16Array, from: number, to: number, key: LineKey): boolean {
  let low = 0x811c9dc5 | 0
  let high = 0x9747b28c | 0
  let seen = 0
  for (let at = from; at < to; at += 1) {
    const read = readings[codes[at] ?? 0] ?? 0
    low = Math.imul(low ^ read, 0x01000193)
    high = (((high << 5) | (high >>> 27)) + read) ^ low
    seen |= read
  }
  key.low = low
  key.high = high | 0
  return (seen & tokenBit) !== 0
}

/** What was said of lines before; of two lines that share a place the later one is remembered. */
export type LineMemory = { readonly lows: Int32Array; readonly highs: Int32Array; readonly answers: Int32Array }

/** One that nothing was said to yet. */
export function createLineMemory(): LineMemory {
  return { lows: new Int32Array(linesMax), highs: new Int32Array(linesMax), answers: new Int32Array(linesMax) }
}

/** What was said of a line below another; 0 where nothing was. */
export function recall({ lows, highs, answers }: LineMemory, line: LineKey, before: LineKey): number {
  const low = lowOf(line, before)
  const place = placeOf(low)
  return lows[place] === low && highs[place] === highOf(line, before) ? (answers[place] ?? 0) : 0
}

/** Remembers an answer other than 0. */
export function remember({ lows, highs, answers }: LineMemory, line: LineKey, before: LineKey, answer: number): void {
  const low = lowOf(line, before)
  const place = placeOf(low)
  lows[place] = low
  highs[place] = highOf(line, before)
  answers[place] = answer
}

function placeOf(low: number): number {
  return (low ^ (low >>> 16)) & (linesMax - 1)
}

function lowOf(line: LineKey, before: LineKey): number {
  return Math.imul(before.low ^ (before.low >>> 15), 0x85ebca6b) ^ line.low
}

function highOf(line: LineKey, before: LineKey): number {
  return Math.imul(before.high ^ (before.high >>> 15), 0xc2b2ae35) ^ line.high
}

/** Where the last line before `from` begins that has a token; `from` without one. */
export function lineBefore(codes: Uint16Array, from: number): number {
  let at = from - 1
  while (at >= 0 && (classOf[codes[at] ?? 0] ?? 0) < sign) at -= 1
  return at < 0 ? from : lineStart(codes, at)
}

/** Where the line of a place begins. */
export function lineStart(codes: Uint16Array, place: number): number {
  let at = place
  while (at > 0 && classOf[codes[at - 1] ?? 0] !== lineBreak) at -= 1
  return at
}

/** Where the line of a place ends, at most at `to`. */
export function lineEnd(codes: Uint16Array, place: number, to: number): number {
  let at = place
  while (at < to && classOf[codes[at] ?? 0] !== lineBreak) at += 1
  return at
}

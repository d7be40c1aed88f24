import { labelEnd } from '../label.ts'
import type { Range } from '../walk.ts'
import { blank, classOf, lineBreak, sign } from './character-class.ts'
import { hashSeed, hashStep } from './hash.ts'
import { labelKinds } from './label-kind.ts'
import { readToken } from './read-token.ts'
import { growTokens, looks, makeTokens, type Tokens } from './token.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Most signs of a gap that count. */
const gapLengthMax = 4
const lineGap = hashStep(hashSeed, 0x0a)

const tokens: Tokens = makeTokens(4_096)

/** Of the gap before the next token: its hash, how many of its signs are in it, and whether it is a blank (1) or has a line break (2). */
let gap = lineGap
let gapLength = 0
let apart = 2

/**
 * Reads a part of a text that begins with a line: runs between blanks and delimiters, without the signs that they begin with and those of a sentence at their end.
 * A label is one token. The next text is read into the same arrays.
 */
export function readTokens(text: string, codes: Uint16Array, { from, to }: Range, vocabulary: Vocabulary): Tokens {
  tokens.count = 0
  breakGap()
  for (let at = from; at < to; ) {
    const code = codes[at] ?? 0
    const nature = classOf[code] ?? 0
    if (nature >= sign) {
      at = readRun(codes, at, to, vocabulary)
      continue
    }
    const end = code === 0x3c ? labelEnd(text, at, labelKinds.labels) : at
    if (end > at) {
      readLabel(text, at, end)
      at = end
      continue
    }
    if (nature === lineBreak) breakGap()
    else if (nature === blank) addBlank(codes, at, from)
    else addToGap(code)
    at += 1
  }
  return tokens
}

/** Reads what stands between two delimiters, and answers where it ends. */
function readRun(codes: Uint16Array, at: number, to: number, vocabulary: Vocabulary): number {
  let end = at + 1
  while (end < to && (classOf[codes[end] ?? 0] ?? 0) >= sign) end += 1
  let first = at
  while (first < end && (classOf[codes[first] ?? 0] ?? 0) === sign) first += 1
  if (first === end) first = at
  let last = end
  while (last > first + 1 && endsSentence(codes[last - 1] ?? 0)) last -= 1
  for (let index = at; index < first; index += 1) addToGap(codes[index] ?? 0)
  readToken(tokens, codes, first, last, vocabulary)
  closeToken()
  for (let index = last; index < end; index += 1) addToGap(codes[index] ?? 0)
  return end
}

function readLabel(text: string, start: number, end: number): void {
  const { count } = tokens
  const kind = labelKinds.kinds.get(text.slice(start, end)) ?? 0
  tokens.start[count] = start
  tokens.end[count] = end
  tokens.exact[count] = kind
  tokens.word[count] = kind
  tokens.shape[count] = kind
  tokens.look[count] = looks.label
  tokens.changes[count] = 0
  tokens.vowels[count] = 0
  tokens.letters[count] = 0
  tokens.familiarity[count] = 0
  closeToken()
}

function closeToken(): void {
  const { count } = tokens
  tokens.gap[count] = gap
  tokens.apart[count] = apart
  tokens.first[count] = apart === 2 ? count : (tokens.first[count - 1] ?? 0)
  tokens.kind[count] = 0
  tokens.rule[count] = 0
  tokens.count = count + 1
  if (tokens.count === tokens.start.length) growTokens(tokens)
  gap = hashSeed
  gapLength = 0
  apart = 0
}

function breakGap(): void {
  gap = lineGap
  gapLength = 0
  apart = 2
}

function addToGap(code: number): void {
  if (gapLength >= gapLengthMax) return
  gap = hashStep(gap, code)
  gapLength += 1
}

/** Of blanks in a row two count: they tell a column from a word. */
function addBlank(codes: Uint16Array, at: number, from: number): void {
  if (apart === 0) apart = 1
  const isThird = at > from + 1 && classOf[codes[at - 1] ?? 0] === blank && classOf[codes[at - 2] ?? 0] === blank
  if (!isThird) addToGap(codes[at] ?? 0)
}

/** `.`, `!`, `~` and `*`. */
function endsSentence(code: number): boolean {
  return code === 0x2e || code === 0x21 || code === 0x7e || code === 0x2a
}

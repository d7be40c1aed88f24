import { foldName } from './fold.ts'

/** A word, a number or a sign of a line; `start` and `end` (exclusive) are places in the whole text, in UTF-16 units. */
export type Token = {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'number' | 'sign'
  /** As the lists have it; of words only. */
  readonly folded: string
  /** Whether blanks stand before it. */
  readonly isApart: boolean
  /** Of words: `Jana`, `SAP`, or anything else. */
  readonly shape: 'capitalized' | 'upper' | 'other'
}

/** Words with marks, inner apostrophes and hyphens (`Anne-Marie`, `O'Neil`, without the `'s` behind them); numbers; single signs. */
const piece = /(\p{L}[\p{L}\p{M}]*(?:(?!['’]s(?![\p{L}\d]))['’-]\p{L}[\p{L}\p{M}]*)*)|(\d[\d.,]*)|[^\s]/gu

/** The tokens of one line, which begins at `start` of the whole text. */
export function tokensOf(line: string, start: number): readonly Token[] {
  const tokens: Token[] = []
  let lastEnd = -1
  for (const { 0: text, 1: word, 2: number, index } of line.matchAll(piece)) {
    const kind = word !== undefined ? 'word' : number !== undefined ? 'number' : 'sign'
    const folded = kind === 'word' ? foldName(text) : text
    const shape = kind === 'word' ? shapeOf(text) : 'other'
    tokens.push({ text, start: start + index, end: start + index + text.length, kind, folded, isApart: index !== lastEnd, shape })
    lastEnd = index + text.length
  }
  return tokens
}

const capitalized = /^\p{Lu}/u
const lower = /\p{Ll}/u

function shapeOf(word: string): Token['shape'] {
  const hasLower = lower.test(word)
  if (hasLower) return capitalized.test(word) || /^(?:el|al|ad|an|as|ben|bin|abu)-\p{Lu}/u.test(word) ? 'capitalized' : 'other'
  return word.length > 1 ? 'upper' : 'other'
}

/** `Jana`, `McDonald`, `Anne-Marie`. */
export function isCapitalized(token: Token | undefined): boolean {
  return token?.shape === 'capitalized'
}

/** `SAP`, `MÜLLER`. */
export function isUpperCase(token: Token | undefined): boolean {
  return token?.shape === 'upper'
}

/** The letter of `J.`, whose dot is the next token. */
export function isInitial(token: Token | undefined, next: Token | undefined): boolean {
  return token?.kind === 'word' && token.text.length === 1 && capitalized.test(token.text) && next?.text === '.' && !next.isApart
}

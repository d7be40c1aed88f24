import { isIn, runRight, word } from './character.ts'
import { type Examples, type Match, none, type Recognizer } from './recognizer.ts'

/** What a vendor's tokens look like: one of the prefixes, then at least `lengthMin` characters of a class. */
export type TokenShape = {
  readonly name: string
  readonly prefixes: readonly string[]
  readonly characters: number
  /** Well below the real length, so that a token that a log cut off is hidden too. */
  readonly lengthMin: number
  /** Whether look-alikes are plain words, so that at least one digit must stand in the token. */
  readonly needsDigit?: boolean
  readonly examples: Examples
}

/** How much of a token is judged, and how much more is hidden once it is one. */
const headReach = 128
const tokenReach = 4096

/** A recognizer for tokens that announce themselves by a prefix, which counts in its own case only. */
export function recognizePrefixed({ name, prefixes, characters, lengthMin, needsDigit = false, examples }: TokenShape): Recognizer {
  function find(text: string, at: number): readonly Match[] {
    if (isIn(text, at - 1, word) && !isEscape(text, at)) return none
    const prefix = prefixes.find((candidate) => text.startsWith(candidate, at))
    if (prefix === undefined) return none
    const start = at + prefix.length
    const headEnd = runRight(text, start, characters, headReach)
    if (headEnd - start < lengthMin || (needsDigit && !/\d/.test(text.slice(start, headEnd)))) return none
    return [{ start: at, end: runRight(text, headEnd, characters, tokenReach) }]
  }
  return { name, type: 'API_KEY', score: 0.95, label: '<token>', anchors: prefixes.map((prefix) => prefix.toLowerCase()), find, examples }
}

/** The `n` of a line break that was escaped as `\n` stands before a token without being part of it. */
function isEscape(text: string, at: number): boolean {
  return text[at - 2] === '\\' && 'nrt'.includes(text[at - 1] ?? ' ')
}

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
  /** What the rules found out of its text, for all tokens of the same text. */
  readonly known: Known
}

/** Answers of the lists and of the dictionary, each asked for once. */
export type Known = {
  givenName?: 0 | 1 | 2
  surname?: 0 | 1 | 2
  isStrange?: boolean
  isStrangeInEnglish?: boolean
  isHuman?: boolean
  isHumanInEnglish?: boolean
  isRole?: boolean
  isGermanRole?: boolean
}

/** Words with marks, inner apostrophes and hyphens (`Anne-Marie`, `O'Neil`, without the `'s` behind them); numbers; single signs. */
const piece = /\p{L}[\p{L}\p{M}]*(?:(?!['’]s(?![\p{L}\d]))['’-]\p{L}[\p{L}\p{M}]*)*|\d[\d.,]*|\S/uy
const blank = /\s/

/** The tokens of one line, which begins at `start` of the whole text. */
export function tokensOf(line: string, start: number): readonly Token[] {
  const tokens: Token[] = []
  let lastEnd = -1
  for (let at = 0; at < line.length; ) {
    const letter = line[at] ?? ''
    if (letter === ' ' || ((letter < ' ' || letter > '~') && blank.test(letter))) {
      at += 1
      continue
    }
    piece.lastIndex = at
    piece.test(line) // Any sign that is no blank is at least a piece by itself.
    const end = piece.lastIndex
    const { text, kind, folded, shape, known } = formOf(line.slice(at, end))
    tokens.push({ text, start: start + at, end: start + end, kind, folded, isApart: at !== lastEnd, shape, known })
    at = end
    lastEnd = end
  }
  return tokens
}

type Form = Pick<Token, 'text' | 'kind' | 'folded' | 'shape' | 'known'>

/** What the text of a token says, kept of so many: texts say the same words again and again, and one string for each is hashed once for all lists. */
const forms = new Map<string, Form>()
const formsMax = 20_000

function formOf(found: string): Form {
  const known = forms.get(found)
  if (known !== undefined) return known
  const text = copyOf(found)
  const kind = letterFirst.test(text) ? 'word' : /^\d/.test(text) ? 'number' : 'sign'
  const isWord = kind === 'word'
  const form: Form = { text, kind, folded: isWord ? foldName(text) : text, shape: isWord ? shapeOf(text) : 'other', known: {} }
  if (forms.size >= formsMax) forms.clear()
  if (text.length <= formCharactersMax) forms.set(text, form)
  return form
}

const letterFirst = /^\p{L}/u

/** A string of its own: a part of a longer one keeps all of that in memory. */
function copyOf(text: string): string {
  const encoding = /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1'
  return Buffer.from(text, encoding).toString(encoding)
}

/** Longer ones are no words that come again. */
const formCharactersMax = 40

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

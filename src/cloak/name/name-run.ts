import { noName, particles, titles } from './cue.ts'
import { openLexicon, type Weight } from './lexicon.ts'
import type { NameLine } from './name-line.ts'
import { isOrganizationWord } from './organization-word.ts'
import { isCapitalized, isInitial, isUpperCase, type Token } from './token.ts'

/** Most parts of one name, particles and initials among them. */
const partsMax = 6

/** Where the capitalised parts end that begin here: `Ludwig van Beethoven`, `J. R. Smith`, `Anna-Lena Groß`. */
export function runEnd(tokens: readonly Token[], at: number): number {
  let end = at
  let parts = 0
  let next = at
  while (parts < partsMax) {
    const token = tokens[next]
    if (!token || (next > at && (!token.isApart || titles.has(token.folded)))) break
    if (isInitial(token, tokens[next + 1]) && tokens[next + 2]?.isApart !== false) {
      next += 2
      end = next
    } else if ((isCapitalized(token) || isUpperCase(token)) && !noName.has(token.folded) && !isNumbered(tokens[next + 1])) {
      next += 1
      end = next
    } else if (next > at && particles.has(token.folded) && token.kind === 'word') next += 1
    else break
    parts += 1
  }
  if (end > at && isInitial(tokens[end - 2], tokens[end - 1]) && end - 2 === at) return at
  return end
}

/** `BS6`, `Klasse7`: a word that a number belongs to is no name. */
function isNumbered(next: Token | undefined): boolean {
  return next?.kind === 'number' && !next.isApart
}

/** The last word of a run, also where its dot ends it. */
export function lastPart(tokens: readonly Token[], at: number, end: number): number {
  const last = end - 1
  return tokens[last]?.text === '.' ? Math.max(at, last - 1) : last
}

/** How much a list says of a word; words that no name holds say nothing. */
export function weight(tokens: readonly Token[], at: number, list: 'givenName' | 'surname'): Weight {
  const token = tokens[at]
  if (token?.kind !== 'word' || noName.has(token.folded)) return 0
  const lexicon = openLexicon()
  const whole = lexicon[list](token.folded)
  if (whole > 0 || !token.folded.includes('-')) return whole
  const parts = token.folded.split('-')
  if (list === 'givenName' && /^\p{Lu}\p{Ll}+-\p{Ll}+$/u.test(token.text)) return lexicon.surname(tokens[at + 1]?.folded ?? '') // `Ji-ho Lim`
  return parts.every((part) => lexicon.givenName(part) + lexicon.surname(part) > 0) ? 2 : 0
}

/** Whether one of the parts is a name of the lists. */
export function isVouched({ tokens }: Pick<NameLine, 'tokens'>, at: number, end: number): boolean {
  for (let index = at; index < end; index += 1) {
    if (weight(tokens, index, 'givenName') === 2 || weight(tokens, index, 'surname') === 2) return true
  }
  return end - at > 1 && weight(tokens, at, 'givenName') + weight(tokens, end - 1, 'surname') > 1
}

/** Neither a common word, nor a place or a body that the lists know. */
export function isUnknown(tokens: readonly Token[], at: number): boolean {
  const { isOrdinaryWord, places, organizations } = openLexicon()
  const folded = tokens[at]?.folded ?? ''
  return (
    isCapitalized(tokens[at]) && !isOrdinaryWord(folded) && !places.has(folded) && !organizations.has(folded) && !isOrganizationWord(folded)
  )
}

/** Whether a sentence or an entry of a list begins here, so that its capital says nothing. */
export function beginsSentence(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  return before === undefined || /^[.!?:•*-]$/.test(before.text)
}

/** Whether the word is a piece of something else: of a path, an address, an identifier, a version. */
export function isGlued(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  const token = tokens[at]
  const after = tokens[at + 1]
  if (before && token && !token.isApart && /[/\\@_.\-=$#%&~^+\d]/.test(before.text)) return true
  return after !== undefined && !after.isApart && (/^[/\\@_$~^=(\d]/.test(after.text) || (after.text === '.' && isJoined(tokens, at + 1)))
}

function isJoined(tokens: readonly Token[], dot: number): boolean {
  const next = tokens[dot + 1]
  return next !== undefined && !next.isApart && next.kind !== 'sign'
}

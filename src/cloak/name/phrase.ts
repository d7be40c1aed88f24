import { openLexicon, type Phrases } from './lexicon.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'

/** Where the longest listed phrase ends that begins at a token, or `at` where none does. Its first word is capitalised. */
export function phraseEnd(tokens: readonly Token[], at: number, phrases: Phrases): number {
  const first = tokens[at]
  if (!first || !(isCapitalized(first) || isUpperCase(first))) return at
  const known = phrases.get(first.folded)
  if (known === undefined) return at
  for (const rest of known) {
    if (rest.every((word, index) => tokens[at + 1 + index]?.folded === word)) return at + 1 + rest.length
  }
  return at
}

/** Whether a place of any size has the name that begins here. */
export function isPlaceName(tokens: readonly Token[], at: number): boolean {
  const { places, towns, isVillage } = openLexicon()
  return phraseEnd(tokens, at, places) > at || phraseEnd(tokens, at, towns) > at || isVillage(tokens[at]?.folded ?? '')
}

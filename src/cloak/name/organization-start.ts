import { noName } from './cue.ts'
import { isLegalForm } from './legal-form.ts'
import { openLexicon } from './lexicon.ts'
import { isOrganizationWord, organizationEnds, weakOrganizationEnds } from './organization-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Most words of one name. */
export const wordsMax = 7

/** Between the words of one name: `Smith & Sons Ltd`, `Bank of Ireland`, `Verein für Natur e.V.`. */
export const joiners = wordSet('& + - and und of for fur the der die des von am im zu zum zur de la du')

/** Back over the words of the name before `at`. */
export function nameStart(tokens: readonly Token[], at: number, isForm = false): number {
  let from = at
  let next = at - 1
  if (tokens[next]?.text === ',' && isForm) next -= 1
  for (let words = 0; words < wordsMax && next >= 0; words += 1, next -= 1) {
    const token = tokens[next]
    if (from < at && isLegalForm(tokens, next)) break
    if (!token || (tokens[next + 1]?.isApart === false && tokens[next + 1]?.kind === 'word' && !isOwnerSign(tokens, next + 1))) break
    if (isNamePart(token)) from = next
    else if (!isJoiner(tokens, next) && !isOwnerSign(tokens, next)) break
  }
  while (from < at && isLeading(tokens[from])) from += 1
  return from
}

/** Articles join only behind a word that tells a body (`Verein für …`), since sentences have them everywhere. */
function isJoiner(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (!token || !before) return false
  if (token.text === "'" || token.text === '’') return isNamePart(before)
  if (token.text === '.') return before.folded === 'st'
  if (!joiners.has(token.folded) || !isNamePart(before)) return false
  if (token.folded === 'of') return !isStrange(before) && openLexicon().givenName(before.folded) < 2
  if (/^(?:and|und)$/.test(token.folded) && (organizationEnds.has(before.folded) || weakOrganizationEnds.has(before.folded))) return false
  return !articles.has(token.folded) || isOrganizationWord(before.folded)
}

/** The `s` of `Whaler's Bank`. */
function isOwnerSign(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === 's' && !tokens[at]?.isApart && /^['’]$/.test(tokens[at - 1]?.text ?? '') && isNamePart(tokens[at - 2])
}

const articles = wordSet('fur the der die des von am im zu zum zur for')

/** Whether a word may be part of the name of a body. */
export function isNamePart(token: Token | undefined): boolean {
  return (
    isCapitalized(token) ||
    isUpperCase(token) ||
    (token?.kind === 'number' && token.text.length <= 4) ||
    (token?.kind === 'word' && token.text.length === 1 && /\p{Lu}/u.test(token.text))
  )
}

/** Words that stand capitalised before a name because a sentence begins, not because they belong to it. */
function isLeading(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    ((noName.has(token.folded) && !isUpperCase(token)) || joiners.has(token.folded) || token.kind === 'sign' || token.kind === 'number')
  )
}

import { isCompoundOf } from './compound.ts'
import englishText from './list/person-role.txt' with { type: 'text' }
import germanText from './list/person-role-german.txt' with { type: 'text' }
import { isCapitalized, type Token } from './token.ts'
import { rememberWords } from './word-memory.ts'
import { wordSet } from './word-set.ts'

const english = wordSet(englishText)
const german = wordSet(germanText)

/** What somebody is: `our driver`, `Klassenlehrerin`; German ones also as the last part of a longer word, and of women. */
export function isRole(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false
  token.known.isRole ??= english.has(token.folded) || isGermanRole(token)
  return token.known.isRole
}

/** German has these with a capital. */
export function isGermanRole(token: Token | undefined): boolean {
  if (!token || !isCapitalized(token)) return false
  token.known.isGermanRole ??= isGermanRoleWord(token.folded)
  return token.known.isGermanRole
}

const rolesMax = 5_000
const isGermanRoleWord = rememberWords(
  (folded) => [folded, folded.replace(/(?:in|innen|n|s)$/, ''), folded.replace(/in$/, 'e')].some((word) => isCompoundOf(word, german)),
  rolesMax,
)

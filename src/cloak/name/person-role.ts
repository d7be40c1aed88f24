import englishText from './list/person-role.txt' with { type: 'text' }
import germanText from './list/person-role-german.txt' with { type: 'text' }
import { isCapitalized, type Token } from './token.ts'
import { wordSet } from './word-set.ts'

const english = wordSet(englishText)
const german = wordSet(germanText)
const headCharactersMin = 4

/** What somebody is: `our driver`, `Klassenlehrerin`; German ones also as the last part of a longer word, and of women. */
export function isRole(token: Token | undefined): boolean {
  if (token?.kind !== 'word') return false
  return english.has(token.folded) || isGermanRole(token)
}

/** What words are found to be; emptied when it is full. */
const roles = new Map<string, boolean>()
const rolesMax = 5_000

/** German has these with a capital. */
export function isGermanRole(token: Token | undefined): boolean {
  if (!token || !isCapitalized(token)) return false
  const known = roles.get(token.folded)
  if (known !== undefined) return known
  if (roles.size >= rolesMax) roles.clear()
  const isOne = readIsGermanRole(token.folded)
  roles.set(token.folded, isOne)
  return isOne
}

function readIsGermanRole(folded: string): boolean {
  return [folded, folded.replace(/(?:in|innen|n|s)$/, ''), folded.replace(/in$/, 'e')].some(isGermanRoleWord)
}

function isGermanRoleWord(folded: string): boolean {
  if (german.has(folded)) return true
  for (let from = 3; from <= folded.length - headCharactersMin; from += 1) if (german.has(folded.slice(from))) return true
  return false
}

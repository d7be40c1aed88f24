import { isCompoundOf } from './compound.ts'
import { noName } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import { isOrganizationWord } from './organization-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { rememberWords } from './word-memory.ts'

/** Endings that make nouns in German: `Behandlung`, `Gesundheit`, `Universität`, also of many. */
const germanEnding =
  /(?:ung|heit|keit|schaft|tion|sion|tat|ismus|chen|nis|ment|ling|tum|erei|enz|anz|ikum|loge|logie|grafie|graphie)(?:e|en|n|s|es|se|sen)?$/
/** Endings of cases and of the plural. */
const inflections = ['', 'n', 'en', 'e', 's', 'es', 'er', 'ern'] as const
const endedCharactersMin = 7

/** `Schaden`, `Feuerschaden`, `Schadensmeldungen`: a noun of the list, one made of it, or one by its ending. */
export function isGermanNoun(folded: string): boolean {
  if (folded.length >= endedCharactersMin && germanEnding.test(folded)) return true
  return hasStem(folded, (stem) => isCompoundOf(stem, openLexicon().germanNouns))
}

/** Whether a word without its ending is one; an ending alone counts as such, since no name is one: `E:`. */
function hasStem(folded: string, isOne: (stem: string) => boolean): boolean {
  return inflections.some(
    (ending) => folded.endsWith(ending) && (folded === ending || isOne(folded.slice(0, folded.length - ending.length))),
  )
}

/** What a line is written in. */
export type Language = 'en' | 'de' | 'unknown'

const commonWordsMax = 20_000
const isCommonAnywhere = rememberWords((folded) => isListed(folded) || isGermanNoun(folded), commonWordsMax)
const isCommonInEnglish = rememberWords(isListed, commonWordsMax)

/** Whether a dictionary or a list has the word as one that everybody uses; in English what German makes of its nouns does not count. */
export function isCommon(folded: string, language: Language = 'unknown'): boolean {
  return language === 'en' ? isCommonInEnglish(folded) : isCommonAnywhere(folded)
}

function isListed(folded: string): boolean {
  const { isOrdinaryWord, isEnglish } = openLexicon()
  return noName.has(folded) || isOrdinaryWord(folded) || isEnglish(folded) || isGermanWordAlone(folded)
}

/** Not a German word by itself; it may be made of such, as surnames are: `Haberecht`. */
export function isNameable({ folded }: Token): boolean {
  const { isOrdinaryWord } = openLexicon()
  return !noName.has(folded) && !isOrdinaryWord(folded) && !isGermanWordAlone(folded) && !germanEnding.test(folded)
}

/** A German word of the lists, in any case; not one that is made of such. */
export function isGermanWordAlone(folded: string): boolean {
  const { germanNouns, germanWords } = openLexicon()
  return germanWords.has(folded) || hasStem(folded, (stem) => germanNouns.has(stem))
}

/** `McDonald` and `LaToya`, but not `OctoPallet`. */
const insideCapital = /^(?!(?:Mc|Mac|O['’]|D['’]|De|Di|Du|La|Le|Van|Von|Fitz|Al|El)\p{Lu})\p{L}*\p{Ll}\p{Lu}/u

/** A capitalised word that no dictionary has, so that it names something: `Wübbenhorst`. */
export function isStrange(token: Token | undefined, language: Language = 'unknown'): boolean {
  if (token === undefined || !(isCapitalized(token) || (isUpperCase(token) && token.text.length > 3))) return false
  const { known } = token
  if (language === 'en') {
    known.isStrangeInEnglish ??= isStrangeWord(token, language)
    return known.isStrangeInEnglish
  }
  known.isStrange ??= isStrangeWord(token, language)
  return known.isStrange
}

function isStrangeWord({ text, folded }: Token, language: Language): boolean {
  if (folded.length < 3 || insideCapital.test(text) || /^\p{Lu}{2,}\p{Ll}/u.test(text)) return false
  if (!folded.includes('-')) return !isCommon(folded, language) && !isOrganizationWord(folded)
  const parts = folded.split('-')
  const last = parts.at(-1) ?? ''
  if (isOrganizationWord(last) || isGermanNoun(last) || /-\p{Ll}+e[nmrs]?$/u.test(text)) return false
  return parts.some((part) => part.length > 2 && !isCommon(part, language))
}

import { noName, titles } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { isHuman, weight } from './name-run.ts'
import { isOrganizationWord } from './organization-word.ts'
import { isRole } from './person-role.ts'
import { phraseEnd } from './phrase.ts'
import { isHeaded, isJoinedPlace, sideEnd } from './place-cue.ts'
import { landEnding, placeKinds, placeNouns, townEnding } from './place-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isCommon, isGermanNoun, isGermanWordAlone, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Only places stand behind these. */
const certain = wordSet('in near outside aus nach im')
/** Places stand behind these, and people and bodies. */
const possible = wordSet(
  'past hinter neben richtung to from at off via towards toward around across through visit visited visiting reach reached leave leaves left toured of over between bei um ab bis uber zwischen gegen zu von vor hinter ins auf for and und oder or',
)
/** Prepositions behind which a word for places makes one of any word. */
const headed = /^(?:in|from|to|near|at|nach|aus|bei)$/
/** Most words of a small place. */
const wordsMax = 3

/** The run of a place that begins at a known token. */
export type PlaceRun = Omit<NameRun, 'from'>

/** Places that need a word beside them: the smaller ones of the lists, and those that no list knows. */
export function placed(line: NameLine, at: number, before: number): PlaceRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || !isCapitalized(token) || noName.has(token.folded) || isOrganizationWord(token.folded)) return undefined
  const sign = tokens[at - 1]
  if (sign && isKind(sign) && (isStrange(token) || villageEnd(tokens, at) > at) && !isCapitalized(tokens[villageEnd(tokens, at, 1)]))
    return { to: villageEnd(tokens, at, 1), score: 0.5, why: 'behind a word that says what place it is' }
  if (!isProse) return undefined
  const end = villageEnd(tokens, at)
  if (end > at && isFree(tokens, at, end)) {
    if (isBehindPlace(tokens, at, before)) return { to: end, score: 0.55, why: 'a small place beside another' }
    const given = weight(tokens, at, 'givenName')
    const word = articleFree(tokens, at)
    const isNoun = end === at + 1 && isNounOf(line, token)
    if (word && certain.has(word.folded) && !isNoun) return { to: end, score: 0.6, why: 'a small place of the list' }
    if (word && headed.test(word.folded) && isHeaded(tokens, at - 1) && !openLexicon().isProduct(token.folded))
      return { to: end, score: 0.55, why: 'a small place of the list behind a word for places' }
    if (word && possible.has(word.folded) && given < 2 && weight(tokens, at, 'surname') < 2 && !isNoun)
      return { to: end, score: 0.5, why: 'a small place of the list' }
    const isOurs = /^(?:the|our|my|your|their|his|her|unser|unserem|unsere|unserer|im|das|dem)$/.test(sign?.folded ?? '')
    if (isOurs && placeNouns.has(tokens[end]?.folded ?? '') && !isNounOf(line, token))
      return { to: end, score: 0.5, why: 'a small place before a thing' }
    const isLast = tokens[end] === undefined || tokens[end]?.text === ')' || (tokens[end]?.text === '.' && tokens[end + 1] === undefined)
    if (
      sign &&
      /^[(,]$/.test(sign.text) &&
      (isCapitalized(tokens[at - 2]) || (isLast && isStrange(token))) &&
      given === 0 &&
      weight(tokens, at, 'surname') < 2 &&
      !isCommon(token.folded)
    )
      return { to: end, score: 0.5, why: 'a small place of the list' }
    if (at === 0 && !isCommon(token.folded) && isDateline(tokens, end)) return { to: end, score: 0.6, why: 'where a letter was written' }
  }
  return unknown(line, at, before)
}

/** News begin with one: `Eisenhüttenstadt. Die Werft …` */
const datelineTokensMin = 12

/** `Husum, den 17. Februar`. */
function isDateline(tokens: readonly Token[], end: number): boolean {
  if (
    tokens[end]?.text === '.' &&
    tokens[end]?.isApart === false &&
    end > 0 &&
    isCapitalized(tokens[end + 1]) &&
    tokens.length > datelineTokensMin
  )
    return true
  return tokens[end]?.text === ',' && (/^(?:den|im|am)$/.test(tokens[end + 1]?.folded ?? '') || tokens[end + 1]?.kind === 'number')
}

function isKind(token: Token): boolean {
  return placeKinds.has(token.folded) || (token.folded.length > 8 && /(?:gemeinde|ortsteil|landkreis)$/.test(token.folded))
}

/** An unknown name where only a place can stand. */
function unknown({ tokens, language }: NameLine, at: number, before: number): PlaceRun | undefined {
  const token = tokens[at]
  if (!token || isUpperCase(token) || titles.has(token.folded)) return undefined
  if (isWater(tokens, at)) return { to: at + 1, score: 0.5, why: 'a word of place' }
  if (isNamedWater(tokens, at)) return { to: at + 2, score: 0.5, why: 'a word of place' }
  const side = sideEnd(tokens, at)
  if (side > at) return { to: side, score: 0.6, why: 'a side of a place' }
  if (isJoinedPlace(token)) return { to: at + 1, score: 0.6, why: 'a word of place' }
  if (isQuarter(token)) return { to: at + 1, score: 0.6, why: 'a part of a place' }
  if (isTwofold(tokens, at)) return { to: at + 2, score: 0.5, why: 'an unknown name behind a preposition' }
  if (!isStrange(token) || isCapitalized(tokens[at + 1])) return undefined
  if (weight(tokens, at, 'givenName') > 0 || weight(tokens, at, 'surname') > 0 || openLexicon().organizations.has(token.folded))
    return undefined
  const to = at + 1
  if (isBehindPlace(tokens, at, before)) return { to, score: 0.45, why: 'an unknown name beside a place' }
  const isBracketed =
    tokens[at - 1]?.text === '(' && tokens[to]?.text === ')' && isCapitalized(tokens[at - 2]) && isCapitalized(tokens[at - 3])
  if (isBracketed && !isRole(token)) return { to, score: 0.45, why: 'an unknown name behind somebody' }
  const word = tokens[at - 1]
  const isTown =
    townEnding.test(token.folded) && /^(?:to|from|of|near|through|via|over|in|at|von|bis|ab|durch|nach|aus|bei)$/.test(word?.folded ?? '')
  if (isTown && language !== 'unknown') return { to, score: 0.5, why: 'an unknown name that ends like a town' }
  const isWay =
    /^(?:to|from|at|via|for|reach|reached)$/.test(word?.folded ?? '') && language === 'en' && isOnWay(tokens, at) && !isHuman(token)
  if (isWay) return { to, score: 0.45, why: 'where somebody goes' }
  const isPlaced =
    language === 'de' ? /^(?:in|nach|aus)$/.test(word?.folded ?? '') : /^(?:in|near|outside|off|towards)$/.test(word?.folded ?? '')
  if (isPlaced && (language !== 'unknown' || townEnding.test(token.folded)))
    return { to, score: 0.45, why: 'an unknown name behind a preposition' }
  if (language !== 'en' && (word?.folded === 'aus' || (word?.folded === 'nach' && !isCapitalized(tokens[at - 2]))))
    return { to, score: 0.45, why: 'an unknown name behind a preposition' }
  const isFlow = language === 'de' && /^(?:der|die)$/.test(word?.folded ?? '') && /^(?:an|in|auf)$/.test(tokens[at - 2]?.folded ?? '')
  return isFlow ? { to, score: 0.45, why: 'an unknown name behind a preposition' } : undefined
}

/** `in Kirkby Lonsdale`: two words that no dictionary has. */
function isTwofold(tokens: readonly Token[], at: number): boolean {
  const [first, second, third] = tokens.slice(at, at + 3)
  if (
    !/^(?:in|near|outside|nach|aus)$/.test(tokens[at - 1]?.folded ?? '') ||
    !second?.isApart ||
    !isCapitalized(second) ||
    isCapitalized(third)
  )
    return false
  if (isOrganizationWord(second.folded) || weight(tokens, at, 'givenName') > 0) return false
  return isStrange(first) && isStrange(second) && !openLexicon().organizations.has(first?.folded ?? '')
}

/** Most tokens from what moves to the place. */
const wayTokensMax = 6
const ways = wordSet(
  'fly flies flying flew flight flights drive driving drove driven travel travelling traveling travelled fled flee flees escaped go going goes went gone come coming came move moving moved moves arrive arrived arriving arrives leave leaves leaving left return returned returning ship shipped deliver delivered delivery train bus ferry boat coach trip journey tour walk walked walking hike hiked ride rode sail sailed cycle send sent back road route excursion visit visited relocated relocating headed heading',
)

/** `flying to …`, `the bus from …`. */
function isOnWay(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 2; before >= Math.max(0, at - wayTokensMax); before -= 1) if (ways.has(tokens[before]?.folded ?? '')) return true
  return false
}

/** `am Schaalsee`, `im Ötztal`, of which the first part is no word. */
function isWater(tokens: readonly Token[], at: number): boolean {
  const { folded = '' } = tokens[at] ?? {}
  const own = folded.replace(landEnding, '')
  const isBehind =
    /^(?:am|im|vom|zum|ins|ubers|ums)$/.test(tokens[at - 1]?.folded ?? '') ||
    (/^(?:den|dem|der|die|das)$/.test(tokens[at - 1]?.folded ?? '') &&
      /^(?:an|auf|in|um|uber|durch|aus)$/.test(tokens[at - 2]?.folded ?? ''))
  if (own === folded || own.length < 3 || !isBehind) return false
  return !isGermanNoun(own) && !isGermanWordAlone(own) && !/s$/.test(own)
}

/** `Kummerower See`, `Lüneburger Heide`. */
function isNamedWater(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  return (
    next?.isApart === true &&
    /^(?:see|haff|heide|bucht|forde|alm|forst|moor|klamm|schweiz|alb|wald|land|becken|hutte)$/.test(next.folded) &&
    isCapitalized(next) &&
    /(?:er|sche|scher|sches|schen)$/.test(tokens[at]?.folded ?? '') &&
    isStrange(tokens[at])
  )
}

/** `Leipzig-Plagwitz` */
function isQuarter({ text, folded }: Token): boolean {
  if (!folded.includes('-')) return false
  const [city = '', part = '', ...others] = folded.split('-')
  const { places, towns } = openLexicon()
  if (others.length > 0 || city.length < 4 || part.length < 4 || !/^\p{Lu}\p{L}+-\p{Lu}/u.test(text)) return false
  const isCity = [places, towns].some((list) => list.get(city)?.some((rest) => rest.length === 0) === true)
  return isCity && !isGermanWordAlone(part) && !openLexicon().isEnglish(part)
}

/** `Passau und Linz`, `Kochi – Doha`; the place before ends at `before`. */
function isBehindPlace(tokens: readonly Token[], at: number, before: number): boolean {
  return before === at - 1 && /^(?:and|und|or|oder|–|—|-|\/|,)$/.test(tokens[at - 1]?.folded ?? '')
}

/** The word before, or that before its article. */
function articleFree(tokens: readonly Token[], at: number): Token | undefined {
  const before = tokens[at - 1]
  return /^(?:the|der|den|die)$/.test(before?.folded ?? '') ? tokens[at - 2] : before
}

/** Whether a word is a noun of the language of its line, as `Ordnung` in `in Ordnung`. */
function isNounOf({ language }: NameLine, { folded }: Token): boolean {
  const { isEnglish, isOrdinaryWord, germanWords, isProduct } = openLexicon()
  if (isOrdinaryWord(folded) || germanWords.has(folded) || isProduct(folded)) return true
  return language === 'en' ? isEnglish(folded) : isGermanWordAlone(folded)
}

function isFree(tokens: readonly Token[], at: number, end: number): boolean {
  const next = tokens[end]
  return !(isCapitalized(next) && next?.isApart) && !(tokens[at]?.isApart === false && /[-/.@_]/.test(tokens[at - 1]?.text ?? ''))
}

/** Where a town or a village of the lists ends that begins here, or at least `at + least`. */
function villageEnd(tokens: readonly Token[], at: number, least = 0): number {
  const { towns, isVillage } = openLexicon()
  const town = phraseEnd(tokens, at, towns)
  if (town > at) return town
  for (let words = wordsMax; words > 0; words -= 1) {
    const parts = tokens.slice(at, at + words)
    if (
      parts.length < words ||
      parts.some(({ kind, isApart }, index) => kind !== 'word' || (index > 0 && !isApart)) ||
      !isCapitalized(parts.at(-1))
    )
      continue
    if (isVillage(parts.map(({ folded }) => folded).join(' '))) return at + words
  }
  return at + least
}

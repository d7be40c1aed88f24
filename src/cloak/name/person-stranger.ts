import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isGlued, isHuman, weight } from './name-run.ts'
import { isGermanBody, isOrganizationWord } from './organization-word.ts'
import { isRole } from './person-role.ts'
import { personVerbs, weakPersonVerbs } from './person-verb.ts'
import { isPlaceName } from './phrase.ts'
import { isStreetWord, placeKinds, townEnding } from './place-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isCommon, isGermanNoun, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** People whom no list knows: words that no dictionary has, where people stand in prose. */
export function strange(line: NameLine, at: number, end: number): NameRun | undefined {
  if (end === at) return undefined
  if (!line.isProse) return strangers(line, at, end)
  return end - at > 1 ? strangePair(line, at, end) : (strangeWord(line, at) ?? humanWord(line, at))
}

/** `Ngaire Tamihana` in what machines write: two or three words that no dictionary has, each of which somebody is called. */
function strangers({ tokens }: NameLine, at: number, end: number): NameRun | undefined {
  const parts = tokens.slice(at, end)
  if (
    parts.length < 2 ||
    parts.length > 3 ||
    !parts.every((part) => isCapitalized(part) && (isHuman(part) || isNamed(part))) ||
    !parts.some((part) => isHuman(part)) ||
    isGlued(tokens, end - 1)
  )
    return undefined
  if (parts.some((part) => isKnownThing(part) || placeKinds.has(part.folded)) || isPlaceName(tokens, at)) return undefined
  return { from: at, to: end, score: 0.5, why: 'words that no dictionary has' }
}

/** A name of the lists, or a word that no dictionary has. */
function isNamed(part: Token): boolean {
  const { givenName, surname } = openLexicon()
  return isStrange(part) || givenName(part.folded) === 2 || surname(part.folded) === 2
}

/** `merge pls, Kjetil approved`: a word that no dictionary has, and that somebody is called. */
function humanWord(line: NameLine, at: number): NameRun | undefined {
  const { tokens, language } = line
  const token = tokens[at]
  if (!token || !isCapitalized(token) || !isHuman(token, language) || isKnownThing(token) || isGlued(tokens, at)) return undefined
  if (/^(?:from|to|of|von|bis|ab)$/.test(tokens[at - 1]?.folded ?? '') && townEnding.test(token.folded)) return undefined
  if (otherPrepositions.has(tokens[at - 1]?.folded ?? '') || isPlaceName(tokens, at) || isRole(token)) return undefined
  if ((isCapitalized(tokens[at - 1]) && token.isApart) || (isCapitalized(tokens[at + 1]) && tokens[at + 1]?.isApart)) return undefined
  if (language !== 'en' && (isGermanNoun(token.folded) || isGermanBody(token.folded))) return undefined
  if (token.folded.includes('-') && weight(tokens, at, 'givenName') === 0) return undefined
  if (families.has(tokens[at + 1]?.folded ?? '')) return { from: at, to: at + 1, score: 0.5, why: 'a family' }
  if (tokens[at - 1]?.folded === 'the' || /^(?:der|die|das|dem|den|des)$/.test(tokens[at - 1]?.folded ?? '')) return undefined
  const verb = tokens[at + 1]?.folded ?? ''
  const other = tokens[at + 2]
  if (/^(?:and|und)$/.test(verb) && other && (isHuman(other) || openLexicon().givenName(other.folded) > 0))
    return { from: at, to: at + 1, score: 0.45, why: 'beside somebody' }
  if (/^(?:speak|speaks|spoke|spricht|sprechen|spreche|fluent)$/.test(tokens[at - 1]?.folded ?? '')) return undefined
  if (beginsSentence(tokens, at) && (language === 'unknown' || !(personVerbs.has(verb) || weakPersonVerbs.has(verb)))) return undefined
  return { from: at, to: at + 1, score: 0.45, why: 'a word that no dictionary has, and a name' }
}

const families = wordSet('family household twins brothers sisters siblings kids residence wedding')

/** Words after which a place or a body stands more often than a person. */
const otherPrepositions = wordSet('in at near nach aus im am bei beim around outside off across via')

/** `Gulnara Aitbayeva`: two such words, or one beside a name of the lists. */
function strangePair({ tokens, language }: NameLine, at: number, end: number): NameRun | undefined {
  const parts = tokens.slice(at, end).filter((part) => isCapitalized(part))
  if (
    parts.length < 2 ||
    parts.length > 4 ||
    parts.some((part) => isOrganizationWord(part.folded) || isKnownThing(part) || placeKinds.has(part.folded))
  )
    return undefined
  if (tokens.slice(at, end).some((part) => isUpperCase(part) && part.text.length <= 3)) return undefined
  const strangers = parts.filter((part) => isStrange(part, language)).length
  if (strangers === 0) return undefined
  const isNamed = parts.every(
    (part) => isStrange(part, language) || openLexicon().givenName(part.folded) + openLexicon().surname(part.folded) > 0,
  )
  if (!isNamed || (strangers < 2 && beginsSentence(tokens, at) && !isStrange(parts[0], language) && weight(tokens, at, 'givenName') === 0))
    return undefined
  const isPlaced = otherPrepositions.has(tokens[at - 1]?.folded ?? '')
  if (isPlaced && weight(tokens, at, 'givenName') === 0) return undefined
  return { from: at, to: end, score: isPlaced ? 0.5 : 0.6, why: 'words that no dictionary has' }
}

function isKnownThing({ folded }: Token): boolean {
  const { isProduct, places, organizations } = openLexicon()
  return isProduct(folded) || places.has(folded) || organizations.has(folded)
}

/** Before one name; a place or a body stands there seldom. */
const personPrepositions = wordSet(
  'with by than like mit um durch ohne fur wegen samt ask asks asked thank thanks tell told call called ping cc',
)

/** `Shazia` in `Bibs are still with Shazia`. */
function strangeWord(line: NameLine, at: number): NameRun | undefined {
  const { tokens, language } = line
  const token = tokens[at]
  const before = tokens[at - 1]
  const next = tokens[at + 1]
  if (!token || !isCapitalized(token)) return undefined
  if (isCapitalized(before) && token.isApart && !isCommon(before?.folded ?? '')) return undefined
  if (isBehindNoun(line, at)) return { from: at, to: at + 1, score: 0.45, why: 'behind a noun' }
  if (isRole(token)) return undefined
  const given = weight(tokens, at, 'givenName')
  const isName = given > 0 || (isStrange(token, language) && !isKnownThing(token))
  if (!isName || (language === 'de' && given === 0 && isGermanNoun(token.folded))) return undefined
  const found = (score: number, why: string): NameRun => ({ from: at, to: at + 1, score, why })
  const isDone = next?.kind === 'word' && next.isApart && next.text === next.text.toLowerCase()
  if (isDone && personVerbs.has(next.folded) && (given > 0 || language !== 'unknown')) return found(0.5, 'does what people do')
  if (isDone && language === 'en' && given === 0 && /^(?:would|could|had|wants|might|may)$/.test(next.folded))
    return found(0.45, 'does what people do')
  if (isDone && given > 0 && weakPersonVerbs.has(next.folded) && before?.folded !== 'the' && !openLexicon().isProduct(token.folded))
    return found(0.5, 'does what people do')
  if (isOwner(tokens, at) && before?.folded !== 'the') return found(0.5, 'owns something')
  if (isAddressed(tokens, at)) return found(0.5, 'is spoken to')
  const isFree = next === undefined || !isCapitalized(next)
  if (before && personPrepositions.has(before.folded) && isFree && before.isApart && (language !== 'unknown' || given > 0))
    return found(0.45, 'behind a word that stands before people')
  if (
    given > 0 &&
    !openLexicon().places.has(token.folded) &&
    before?.text === '(' &&
    /^[,)]$/.test(next?.text ?? '') &&
    isCapitalized(tokens[at - 2]) === false &&
    at > 2
  )
    return found(0.45, 'in brackets')
  return undefined
}

/** `Bereitschaft Lemke`: German has two nouns beside each other where the second is a name. */
function isBehindNoun({ tokens, language }: NameLine, at: number): boolean {
  const noun = tokens[at - 1]
  const token = tokens[at]
  if (language === 'en' || !noun || !token?.isApart || !isCapitalized(noun) || placeKinds.has(noun.folded) || isPlaceName(tokens, at))
    return false
  if (isStreetWord(token.folded) || isCapitalized(tokens[at + 1]) || isOrganizationWord(noun.folded) || isGermanBody(noun.folded))
    return false
  return (
    isGermanNoun(noun.folded) &&
    !openLexicon().isProduct(noun.folded) &&
    (weight(tokens, at, 'surname') === 2 || (isStrange(token) && !participle.test(token.folded)))
  )
}

/** `erweitert`, which menus write with a capital. */
const participle = /^(?:ge|er|be|ver|ent|zer|aus|ein|ab|an|auf)\p{L}+t(?:e[nrs]?)?$/u

/** `Maite's number`. */
function isOwner(tokens: readonly Token[], at: number): boolean {
  const sign = tokens[at + 1]
  if (!/^['’]$/.test(sign?.text ?? '') || sign?.isApart !== false) return false
  const letter = tokens[at + 2]
  const thing = tokens[at + 3]
  return letter?.text === 's' && !letter.isApart && thing?.kind === 'word' && thing.text === thing.text.toLowerCase()
}

/** `Frank, to be frank`; the name begins the line. */
function isAddressed(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]
  const after = tokens[at + 2]
  if (at !== 0 || next?.text !== ',' || next.isApart) return false
  return after === undefined || (after.kind === 'word' && after.text === after.text.toLowerCase())
}

import { noName, particles, titles } from './cue.ts'
import { openLexicon, type Weight } from './lexicon.ts'
import type { NameLine } from './name-line.ts'
import { isGermanBody, isOrganizationWord, weakOrganizationEnds } from './organization-word.ts'
import { isRole } from './person-role.ts'
import { isCapitalized, isInitial, isUpperCase, type Token } from './token.ts'
import { isCommon, isGermanNoun, isGermanWordAlone, isNameable, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Most parts of one name, particles and initials among them. */
const partsMax = 6

/** Where the capitalised parts end that begin here: `Ludwig van Beethoven`, `J. R. Smith`, `Anna-Lena Groß`, `Ricky "Two Sheds" Arbuthnot`. */
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
    } else if (isPart(tokens, next) || (parts === 1 && isBareInitial(tokens, next))) {
      next += 1
      end = next
    } else if (
      next > at &&
      isParticle(tokens, next) &&
      !(contracted.has(token.folded) && (isThing(tokens[next + 1]) || (isUpperCase(tokens[next + 1]) && !isUpperCase(tokens[at])))) &&
      !isOfBody(tokens, at, next)
    )
      next += tokens[next + 1]?.text === '.' ? 2 : 1
    else if (next > at && nicknameEnd(tokens, next) > next) next = nicknameEnd(tokens, next)
    else break
    parts += 1
  }
  if (end > at && isInitial(tokens[end - 2], tokens[end - 1]) && end - 2 === at) return at
  return end
}

/** Ends of what firms have: `Zentrale`, `Buchhaltung`. */
const part = /(?:ung|stelle|zentrale|firma|technik|presse|redaktion|filiale)$/

/** `Frank von der Reederei`, `Blessing von PflegePlus`, `Fähre von Trelleborg`: what follows is no surname. */
function isOfBody(tokens: readonly Token[], from: number, at: number): boolean {
  if (tokens[at]?.folded !== 'von') return false
  const next = tokens[/^(?:der|dem|den)$/.test(tokens[at + 1]?.folded ?? '') ? at + 2 : at + 1]
  if (!next) return false
  if (
    /\p{Ll}\p{Lu}/u.test(next.text) ||
    (isCapitalized(next) && isCommon(next.folded) && (isGermanBody(next.folded) || part.test(next.folded)))
  )
    return true
  const { folded = '' } = tokens[from] ?? {}
  return (isGermanWordAlone(folded) || isRole(tokens[from])) && openLexicon().givenName(folded) + openLexicon().surname(folded) === 0
}

/** Particles that are a preposition with an article more often. */
const contracted = new Set(['vom', 'zum', 'zur'])

/** `Bahnhof` in `vom Bahnhof`. */
function isThing(token: Token | undefined): boolean {
  return token !== undefined && isCapitalized(token) && isGermanWordAlone(token.folded) && openLexicon().surname(token.folded) === 0
}

/** `von`, and `v.` for it. */
export function isParticle(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.kind !== 'word') return false
  return particles.has(token.folded) || (/^[dvz]$/.test(token.text) && tokens[at + 1]?.text === '.')
}

function isPart(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (
    !token ||
    isNumbered(tokens[at + 1]) ||
    postNominals.has(token.text) ||
    (noName.has(token.folded) && !isWordlikeGivenName(tokens, at))
  )
    return false
  return (
    isCapitalized(token) ||
    isUpperCase(token) ||
    (/^[ÓO]$/.test(token.text) && tokens[at + 1]?.isApart === true && isCapitalized(tokens[at + 1]))
  )
}

/** Stand behind a name and are no part of it. */
const postNominals = wordSet('MD PhD DDS DVM RN MBE OBE CBE FRCS FRCP MRCP KC QC MP CPA BSc MSc MBA LLM Esq')

/** `Will Harcourt` in a sentence. */
function isWordlikeGivenName(tokens: readonly Token[], at: number): boolean {
  const { givenName, surname } = openLexicon()
  const next = tokens[at + 1]
  if (!next?.isApart || givenName(tokens[at]?.folded ?? '') === 0) return false
  if (tokens[at]?.text !== 'Jan' && beginsSentence(tokens, at)) return false
  return isCapitalized(next) && !noName.has(next.folded) && (isStrange(next) || surname(next.folded) === 2)
}

/** `Thabo M`: the letter of a surname, without its dot. */
function isBareInitial(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  return (
    token?.kind === 'word' &&
    /^\p{Lu}$/u.test(token.text) &&
    isStrangeOrGiven(tokens[at - 1]) &&
    (next === undefined || next.kind === 'sign')
  )
}

function isStrangeOrGiven(token: Token | undefined): boolean {
  return token !== undefined && (isStrange(token) || openLexicon().givenName(token.folded) > 0)
}

/** Where the quotes end that begin here and hold one or two words before a further name, or `at`. */
function nicknameEnd(tokens: readonly Token[], at: number): number {
  if (!/^["“»„]$/.test(tokens[at]?.text ?? '')) return at
  for (let end = at + 2; end <= at + 3; end += 1) {
    if (/^["”“«]$/.test(tokens[end]?.text ?? '')) return isCapitalized(tokens[at + 1]) && isCapitalized(tokens[end + 1]) ? end + 1 : at
    if (!isCapitalized(tokens[end])) return at
  }
  return at
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
  if (token?.kind !== 'word') return 0
  if (!token.folded.includes('-')) {
    token.known[list] ??= noName.has(token.folded) ? 0 : openLexicon()[list](token.folded)
    return token.known[list] ?? 0
  }
  if (noName.has(token.folded)) return 0
  const lexicon = openLexicon()
  const whole = lexicon[list](token.folded)
  if (whole > 0) return whole
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

/** Whether the parts are a name by the lists, or words that no dictionary has; `J. Xu` with an initial before it. */
export function isLikely(line: Pick<NameLine, 'tokens' | 'language'>, at: number, end: number): boolean {
  const { tokens, language } = line
  if (
    tokens
      .slice(at, end)
      .some(
        (part) => isOrganizationWord(part.folded) || (openLexicon().isProduct(part.folded) && openLexicon().givenName(part.folded) === 0),
      )
  )
    return false
  const last = lastPart(tokens, at, end)
  const { folded = '' } = tokens[last] ?? {}
  if (last > at && weakOrganizationEnds.has(folded) && weight(tokens, at, 'givenName') === 0) return false
  if (isVouched(line, at, end)) return true
  if (isInitial(tokens[at], tokens[at + 1]) && last > at && isCapitalized(tokens[last]) && isNameable(tokens[last] as Token)) return true
  if (isStrange(tokens[at], language))
    return (
      last === at ||
      !isCommon(folded, language) ||
      openLexicon().surname(folded) + openLexicon().givenName(folded) > 0 ||
      isGermanNoun(folded)
    )
  return (
    last > at &&
    isStrange(tokens[last], language) &&
    (weight(tokens, at, 'givenName') > 0 || isInitial(tokens[at], tokens[at + 1]) || !isCommon(tokens[at]?.folded ?? '', language))
  )
}

/** A word that no dictionary has, and that somebody somewhere is called; not one of a place or a body. */
export function isHuman(token: Token | undefined, language?: NameLine['language']): boolean {
  if (!token) return false
  const { known } = token
  if (language === 'en') {
    known.isHumanInEnglish ??= isHumanWord(token, language)
    return known.isHumanInEnglish
  }
  known.isHuman ??= isHumanWord(token, language)
  return known.isHuman
}

function isHumanWord(token: Token, language: NameLine['language'] | undefined): boolean {
  if (!isStrange(token, language) || isOrganizationWord(token.folded)) return false
  const { isHumanName, isProduct, places, organizations } = openLexicon()
  if (isProduct(token.folded) || organizations.has(token.folded) || places.has(token.folded)) return false
  return token.folded.includes('-')
    ? token.folded.split('-').some((part) => part.length > 2 && isHumanName(part))
    : isHumanName(token.folded)
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
  if (after === undefined || after.isApart) return false
  if (after.text === '-' && tokens[at + 2]?.isApart !== false) return true // `Ober- und Unterhitze`
  return /^[/\\@_$~^=(\d]/.test(after.text) || (after.text === '.' && isJoined(tokens, at + 1))
}

function isJoined(tokens: readonly Token[], dot: number): boolean {
  const next = tokens[dot + 1]
  return next !== undefined && !next.isApart && next.kind !== 'sign'
}

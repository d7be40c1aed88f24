import { openLexicon, type Weight } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isHuman, lastPart, runEnd, weight } from './name-run.ts'
import { isOrganizationWord } from './organization-word.ts'
import { lastClosings } from './person-cue.ts'
import { isRole } from './person-role.ts'
import { phraseEnd } from './phrase.ts'
import { isStreetWord } from './place-word.ts'
import { isCapitalized, isInitial, isUpperCase, type Token } from './token.ts'
import { isCommon, isGermanNoun, isNameable, isStrange } from './word-kind.ts'

/** Sentences begin with verbs and with adverbs. */
const verbEnd = /(?:ing|ed|ly|ion|ions)$/

/** What the lists say of a run. */
export function known(line: NameLine, at: number, end: number): NameRun | undefined {
  const { tokens, isProse } = line
  const given = weight(tokens, at, 'givenName')
  const surnameFirst = weight(tokens, at, 'surname')
  if (phraseEnd(tokens, at, openLexicon().organizations) >= end && end - at > 1) return undefined
  if (end - at < 2) return single(line, at, given)
  if (isStreetWord(tokens[end - 1]?.folded ?? '') || isStreetWord(tokens[at]?.folded ?? '')) return undefined
  const last = lastPart(tokens, at, end)
  const family = weight(tokens, last, 'surname')
  const isInitialFirst = isInitial(tokens[at], tokens[at + 1])
  if (isInitialFirst)
    return (family > 0 && (isProse || family === 2)) || (isProse && isHuman(tokens[last], line.language))
      ? { from: at, to: end, score: 0.65, why: 'initial and surname' }
      : undefined
  if (tokens.slice(at, end).some(({ folded }) => isOrganizationWord(folded))) return undefined
  const isUpperName = given + surnameFirst > 0 && end - at === 2 && isUpperCase(tokens[last]) && isHuman(tokens[last], 'en')
  if (isUpperCase(tokens[at]) && given + family < 3)
    return isUpperName ? { from: at, to: end, score: 0.5, why: 'a name in capitals' } : undefined
  if (given === 2 && family > 0) return { from: at, to: end, score: isProse ? 0.85 : 0.65, why: 'given name and surname of the lists' }
  if (given > 0 && family === 2) return { from: at, to: end, score: isProse ? 0.75 : 0.5, why: 'given name and surname of the lists' }
  const isUnknownWord = !openLexicon().isOrdinaryWord(tokens[last]?.folded ?? '')
  const isBody = openLexicon().places.has(tokens[at]?.folded ?? '') && family === 0 && openLexicon().isEnglish(tokens[last]?.folded ?? '')
  if (given === 2 && isUnknownWord && !isBody && (isProse || family > 0 || isOneCase(tokens[last])))
    return { from: at, to: end, score: isProse ? 0.75 : 0.5, why: 'given name of the list and a further name' }
  if (!isProse && given === 1 && end - at === 2 && isHuman(tokens[last]) && isCapitalized(tokens[last]))
    return { from: at, to: end, score: 0.5, why: 'given name that is a word as well, and a further name' }
  if (end - at === 2 && surnameFirst === 2 && given < 2 && weight(tokens, last, 'givenName') === 2)
    return { from: at, to: end, score: 0.5, why: 'surname and given name of the lists' }
  if (!isProse) return undefined
  if (given === 2) return single(line, at, given)
  if (
    given === 1 &&
    isUnknownWord &&
    isCapitalized(tokens[last]) &&
    (!isCommon(tokens[last]?.folded ?? '', line.language) ||
      (line.language !== 'en' && isNameable(tokens[last] as Token) && !openLexicon().isEnglish(tokens[last]?.folded ?? ''))) &&
    !beginsSentence(tokens, at)
  )
    return { from: at, to: end, score: 0.5, why: 'given name that is a word as well, and a further name' }
  if (given === 1 && family === 1) return { from: at, to: end, score: 0.5, why: 'given name and surname of the lists, both words as well' }
  if (
    family === 2 &&
    !isGermanNoun(tokens[at]?.folded ?? '') &&
    line.language !== 'de' &&
    (!beginsSentence(tokens, at) || !verbEnd.test(tokens[at]?.folded ?? ''))
  )
    return { from: at, to: end, score: 0.5, why: 'a surname of the list behind an unknown name' }
  if (surnameFirst === 2 && isUnknownWord && !beginsSentence(tokens, at) && line.language === 'en')
    return { from: at, to: end, score: 0.5, why: 'a surname of the list before an unknown name' }
  if (surnameFirst === 2 && family === 2) return { from: at, to: end, score: 0.55, why: 'two surnames of the list' }
  return undefined
}

/** Not `InRelease`. */
function isOneCase(token: Token | undefined): boolean {
  return token !== undefined && !/\p{Ll}\p{Lu}/u.test(token.text) && !isCommon(token.folded, 'en')
}

function single(line: NameLine, at: number, given: Weight): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (given < 2 || !isProse || !token || isUpperCase(token)) return undefined
  if (phraseEnd(tokens, at, openLexicon().places) > at || tokens[at + 1]?.text === ':' || isRole(token)) return undefined
  const isTown = openLexicon().isVillage(token.folded) || phraseEnd(tokens, at, openLexicon().towns) > at
  if (isTown && /^(?:in|near|outside|nach|aus)$/.test(tokens[at - 1]?.folded ?? '')) return undefined
  return { from: at, to: at + 1, score: 0.6, why: 'given name of the list' }
}

/** `Nowak, Piotr`: a surname of one or two words before a given name; behind a label (`isSure`) also of words that no list has. */
export function turned({ tokens, isProse }: NameLine, at: number, end: number, isSure = false): NameRun | undefined {
  const comma = tokens[end]
  const first = tokens[end + 1]
  if (end === at || end - at > 3 || comma?.text !== ',' || comma.isApart || !first?.isApart) return undefined
  const given = weight(tokens, end + 1, 'givenName')
  const isInitialLast = isInitial(first, tokens[end + 2])
  if (!(isCapitalized(first) || isUpperCase(first) || isInitialLast)) return undefined
  const family = weight(tokens, lastPart(tokens, at, end), 'surname')
  const isStranger = isStrange(tokens[at]) || isStrange(tokens[end - 1])
  if (isUpperCase(tokens[at]) && isUpperCase(first) && given === 2 && !isCommon(tokens[at]?.folded ?? '', 'en'))
    return { from: at, to: runEnd(tokens, end + 1), score: 0.65, why: 'surname and given name' }
  const isGiven = given === 2 || (isSure && (given === 1 || isInitialLast || (end - at === 1 && isStrange(first))))
  if (!isGiven || !(family === 2 || (family > 0 && given === 2) || isStranger || isSure)) return undefined
  if (isInitial(tokens[at], tokens[at + 1]) || lastClosings.has(tokens[at]?.folded ?? '')) return undefined
  if (end - at > 1 && weight(tokens, at, 'givenName') > 0) return undefined // `Jana Novak, Peter Meier` are two.
  const to = runEnd(tokens, end + 1)
  const isFollowed = /^(?:and|und|&)$/.test(tokens[to]?.folded ?? '') || (tokens[to]?.text === ',' && isCapitalized(tokens[to + 1]))
  const isTwo = weight(tokens, at, 'givenName') > 0 || isFollowed || to - end > 2
  if (!isSure && (isTwo || openLexicon().places.has(tokens[at]?.folded ?? ''))) return undefined
  if (to - end - 1 > 3 || to === end + 1)
    return isInitialLast ? { from: at, to: end + 3, score: 0.6, why: 'surname and initial' } : undefined
  return { from: at, to, score: isProse || to === tokens.length ? 0.7 : 0.55, why: 'surname and given name' }
}

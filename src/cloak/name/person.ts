import { greetings, roles, titles } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import { hitOf, type NameHit, type NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isGlued, isHuman, isLikely, isParticle, isVouched, runEnd, weight } from './name-run.ts'
import { weakOrganizationEnds } from './organization-word.ts'
import {
  cued,
  firstWord,
  isBeforeMail,
  isBehindClosing,
  isBehindRole,
  isBehindTitle,
  isCredited,
  isDoer,
  isGreeted,
  isIntroduced,
  isLowerName,
  isNamed,
  isSpeaker,
  isTitle,
} from './person-cue.ts'
import { known, turned } from './person-known.ts'
import { isGermanRole } from './person-role.ts'
import { strange } from './person-stranger.ts'
import { isPlaceName } from './phrase.ts'
import { isCapitalized, isInitial, isUpperCase, type Token } from './token.ts'
import { isCommon, isGermanNoun, isNameable, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/**
 * People in a line: behind titles, greetings and labels, before mail addresses, at the end of letters, where a known given name
 * stands with another name beside it, and where words that no dictionary has do what people do. Scores follow how many signs speak for it.
 */
export function findPeople(line: NameLine): readonly NameHit[] {
  const runs: NameRun[] = []
  const { tokens } = line
  let at = 0
  while (at < tokens.length) {
    const run = canBegin(line, at) ? (personAt(line, at) ?? joined(line, at, runs.at(-1))) : undefined
    if (run !== undefined) runs.push(run)
    at = run?.to ?? at + 1
  }
  return runs.flatMap((run) => hitOf('PERSON', tokens, run) ?? [])
}

/** A word in small letters begins a name only behind a title, a label or at the start of a line. */
function canBegin({ tokens, labels }: NameLine, at: number): boolean {
  const { kind, shape, text } = tokens[at] as Token
  if (kind !== 'word') return false
  if (shape !== 'other' || text.length === 1 || at < 2 || labels.has(at)) return true
  const before = tokens[at - 1] as Token
  return before.text === '.' || titles.has(before.folded) || roles.has(before.folded)
}

function personAt(line: NameLine, at: number): NameRun | undefined {
  const { tokens } = line
  const token = tokens[at]
  if (token?.kind !== 'word' || isTitle(tokens, at)) return undefined
  if (/^[AV]$/.test(token.text) && tokens[at - 1]?.text === '.' && tokens[at - 2]?.text === 'i') return undefined // `i. A. Sabine Kolbe`
  if (isCapitalized(token) && isOpening(line, at)) return undefined
  if (titles.has(token.folded) && /^(?:and|und|&)$/.test(tokens[at + 1]?.folded ?? '') && titles.has(tokens[at + 2]?.folded ?? ''))
    return undefined // `Dear Mr and Mrs`
  const label = line.labels.get(at)
  const isPersonLabelled = label?.isPerson || (line.isListed && at === firstWord(tokens))
  const isLabelled = isPersonLabelled || label?.isOpen
  if (isMentioned(line, at)) return { from: at, to: at + 1, score: 0.6, why: 'is spoken to' }
  if (!isLabelled && isGlued(tokens, at)) return undefined
  if (isBehindTitle(tokens, at)) return titled(line, at)
  if (isLowerName(line, at)) return { from: at, to: at + 1, score: 0.55, why: 'behind a greeting or a title, in small letters' }
  if (isLabelled && isParticle(tokens, at) && !isCapitalized(token)) return particled(line, at, 0.8, 'behind a label')
  const isUpperName =
    isUpperCase(token) && (isLabelled || line.isProse || weight(tokens, at, 'givenName') + weight(tokens, at, 'surname') > 0)
  if (!isCapitalized(token) && !isInitial(token, tokens[at + 1]) && !isUpperName) return undefined
  const end = runEnd(tokens, at)
  if (
    isBehindRole(tokens, at) &&
    (isLikely(line, at, end) ||
      weight(tokens, at, 'givenName') > 0 ||
      (isGermanRole(tokens[at - 1]) && isNameable(token) && (weight(tokens, at, 'surname') > 0 || !openLexicon().isEnglish(token.folded))))
  )
    return cued(line, at, 0.75, 'behind what somebody is')
  if (
    isPersonLabelled &&
    (isLikely(line, at, end) ||
      (weight(tokens, at, 'givenName') > 0 && !line.labels.get(at)?.isOpen) ||
      (!isCommon(token.folded) && !weakOrganizationEnds.has(tokens[end - 1]?.folded ?? '')))
  )
    return labelled(line, at)
  if (label?.isOpen && isLikely(line, at, end) && !(isUpperCase(token) && end - at === 1)) return labelled(line, at)
  if (isCredited(tokens, at) && (isLikely(line, at, end) || isHuman(tokens[end - 1]))) return cued(line, at, 0.7, 'behind a copyright')
  if (isDoer(line, at, end)) return cued(line, at, 0.55, 'behind what somebody did')
  if (isBeforeMail(tokens, end)) return cued(line, at, 0.85, 'before a mail address')
  if (isGreeted(line, at) && (isLikely(line, at, end) || !isCommon(token.folded) || weight(tokens, at, 'givenName') > 0))
    return cued(line, at, 0.75, 'behind a greeting')
  if (line.isSigned && at === firstWord(tokens)) return signed(line, at, end) ?? known(line, at, end)
  if (line.isLast && at === firstWord(tokens) && (isLikely(line, at, end) || weight(tokens, at, 'givenName') > 0))
    return signed(line, at, end) ?? known(line, at, end) ?? strange(line, at, end)
  if (isBehindClosing(line, at, end) && (isLikely(line, at, end) || !isCommon(token.folded) || weight(tokens, at, 'givenName') > 0))
    return { from: at, to: end, score: 0.65, why: 'signs a letter' }
  if (isAlone(line, at, end)) return { from: at, to: end, score: 0.6, why: 'a name alone on its line' }
  if (isSpeaker(line, at, end)) return cued(line, at, 0.7, 'speaks in a chat')
  if (isIntroduced(line, at, end)) return { from: at, to: end, score: 0.6, why: 'says who it is' }
  if (isNamed(line, at, end)) return { from: at, to: end, score: 0.55, why: 'behind a word that names somebody' }
  return turned(line, at, end) ?? known(line, at, end) ?? strange(line, at, end)
}

/** `Servus Wolfi`, `Büsum, den 2. Oktober`: words that a line begins with before a name, and places. */
function isOpening({ tokens, language }: NameLine, at: number): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (!token) return false
  const isBeforeName = language !== 'en' && next?.isApart === true && isCapitalized(next) && weight(tokens, at + 1, 'givenName') === 2
  const isNamed = weight(tokens, at, 'givenName') + weight(tokens, at, 'surname') > 0
  if (isBeforeName && !isNamed && isGermanNoun(token.folded)) return true // `Aufbau Sascha`
  if (!beginsSentence(tokens, at)) return false
  if (greetings.has(token.folded) && isCapitalized(next) && next?.isApart === true) return true
  return at === 0 && next?.text === ',' && (/^(?:den|im|am)$/.test(tokens[at + 2]?.folded ?? '') || tokens[at + 2]?.kind === 'number')
}

/** `@Zeynep`. */
function isMentioned({ tokens, isProse, language }: NameLine, at: number): boolean {
  const sign = tokens[at - 1]
  const token = tokens[at]
  const next = tokens[at + 1]
  if (!isProse || sign?.text !== '@' || !isCapitalized(token) || token?.isApart || (next && !next.isApart && !/^[,:!?.]$/.test(next.text)))
    return false
  if (at > 1 && !sign.isApart) return false
  return isStrange(token, language) || weight(tokens, at, 'givenName') > 0
}

/** Behind `Herr` and `Mrs` any word is a name: `Herr Kann`; also with a particle before it. */
function titled(line: NameLine, at: number): NameRun | undefined {
  const { tokens } = line
  const token = tokens[at]
  if (isParticle(tokens, at) && !isCapitalized(token)) return particled(line, at, 0.85, 'behind a title')
  if (token && /^\p{Lu}$/u.test(token.text) && isCapitalized(tokens[at + 1]))
    return { from: at, to: runEnd(tokens, at + 1), score: 0.85, why: 'behind a title' }
  if (!isCapitalized(token) && !isUpperCase(token) && !(token && isInitial(token, tokens[at + 1]))) return undefined
  const run = withoutThing(line, cued(line, at, 0.9, 'behind a title'))
  const isForm =
    formsOfAddress.has(tokens[at - 1]?.folded ?? '') || (tokens[at - 1]?.text === '.' && formsOfAddress.has(tokens[at - 2]?.folded ?? ''))
  if (run && run.to - run.from === 1 && (titles.has(token?.folded ?? '') || roles.has(token?.folded ?? ''))) return undefined // `Herr Pfarrer`
  return (
    run ??
    (isForm && isCapitalized(token) && !isTitle(tokens, at) ? { from: at, to: at + 1, score: 0.7, why: 'behind a title' } : undefined)
  )
}

/** Of `Frau Gogichadzes Gästehaus` the name alone. */
function withoutThing({ tokens, language }: NameLine, run: NameRun | undefined): NameRun | undefined {
  if (!run || language === 'en' || run.to - run.from !== 2) return run
  const { folded = '' } = tokens[run.to - 1] ?? {}
  const isOwned = tokens[run.from]?.folded.endsWith('s') === true
  return isOwned && isGermanNoun(folded) && openLexicon().surname(folded) === 0 ? { ...run, to: run.to - 1 } : run
}

const formsOfAddress = wordSet('herr herrn frau hr fr mr mrs ms miss')

/** `von Bülow`, `el-Sayed`, `ten Doornkaat`. */
function particled({ tokens }: NameLine, at: number, score: number, why: string): NameRun | undefined {
  let next = at
  while (next < at + 4 && isParticle(tokens, next) && !isCapitalized(tokens[next])) next += tokens[next + 1]?.text === '.' ? 2 : 1
  const to = runEnd(tokens, next)
  return to > next ? { from: at, to, score, why } : undefined
}

/** A further name behind `and`, or behind a comma where a label began the list. */
function joined(line: NameLine, at: number, before: NameRun | undefined): NameRun | undefined {
  const { tokens } = line
  if (!before || !(isCapitalized(tokens[at]) || isInitial(tokens[at], tokens[at + 1])) || isGlued(tokens, at) || isTitle(tokens, at))
    return undefined
  const isList = before.why === 'behind a label' || before.why === 'behind what somebody is'
  const signs = tokens.slice(before.to, at)
  const isJoined = signs.length === 1 && /^(?:and|und|&|or|oder)$/.test(signs[0]?.folded ?? '')
  const isListed = isList && signs.length < 6 && /^(?:\([^()]*\))?[,;/]$/.test(signs.map(({ text }) => text).join(''))
  const end = runEnd(tokens, at)
  if (!isJoined && !isListed) return undefined
  const isGiven = weight(tokens, at, 'givenName') > 0 && before.to - before.from === 1
  if (!isLikely(line, at, end) && !isGiven) return undefined
  if (end - at === 1 && !isStrange(tokens[at]) && !isListed && !isGiven) return undefined
  if (isListed && isPlaceName(tokens, at) && weight(tokens, at, 'givenName') === 0 && before.to - before.from > 1 && end - at === 1)
    return undefined
  return cued(line, at, before.score - 0.05, before.why)
}

/** A line that is a name and nothing else, as below letters and in lists. */
function isAlone(line: NameLine, at: number, end: number): boolean {
  const { tokens } = line
  const isWhole =
    at === firstWord(tokens) &&
    end - at > 1 &&
    end - at <= 4 &&
    (tokens[end] === undefined ||
      (end === tokens.length - 1 && tokens[end]?.text === ',') ||
      (isUpperCase(tokens[at]) && /^[,(]$/.test(tokens[end]?.text ?? '')))
  return (
    isWhole &&
    (isVouched(line, at, end) || tokens.slice(at, end).every((part) => isStrange(part))) &&
    tokens.slice(0, at).every(({ text, kind }) => /[-–•*>]/.test(text) || (kind === 'number' && at === 1)) &&
    cued(line, at, 1, '') !== undefined
  )
}

/** The value of a label, also as `MÜLLER, Hans`. */
function labelled(line: NameLine, at: number): NameRun | undefined {
  const around = turned(line, at, runEnd(line.tokens, at), true)
  return around ? { ...around, score: 0.85, why: 'behind a label' } : cued(line, at, 0.85, 'behind a label')
}

/** The line below the end of a letter: nothing but a name of one to four parts, or a known name. */
function signed(line: NameLine, at: number, end: number): NameRun | undefined {
  const { tokens } = line
  const rest = tokens[end]
  const isAlone = rest === undefined || rest.kind === 'sign'
  const isName =
    isLikely(line, at, end) ||
    tokens.slice(at, end).every((part) => weight(tokens, at, 'givenName') > 0 || isNameable(part)) ||
    (end - at === 1 && weight(tokens, at, 'surname') > 0)
  const isWord =
    end - at === 1 && isCommon(tokens[at]?.folded ?? '') && weight(tokens, at, 'givenName') + weight(tokens, at, 'surname') === 0
  return isAlone && end - at <= 4 && isName && !isWord ? cued(line, at, 0.75, 'signs a letter') : undefined
}

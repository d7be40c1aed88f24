import { openPersonLabels, personLabels } from './cue.ts'
import { labelEnds } from './label-end.ts'
import { openLexicon, type Weight } from './lexicon.ts'
import type { NameHit } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isGlued, isUnknown, isVouched, lastPart, runEnd, weight } from './name-run.ts'
import { isOrganizationWord } from './organization-word.ts'
import { firstWord, isBeforeMail, isBehindRole, isBehindTitle, isGreeted, isNamed, isSpeaker, isTitle } from './person-cue.ts'
import { phraseEnd } from './phrase.ts'
import { isCapitalized, isInitial, isUpperCase, type Token } from './token.ts'

/** What ends with one is an address. */
const streetWords = new Set(
  'st ave rd blvd ln dr ct pl hwy pkwy way terrace crescent close gardens strasse str weg platz gasse allee ring ufer damm'.split(' '),
)

/** Sentences begin with verbs and with adverbs. */
const verbEnd = /(?:ing|ed|ly|ion|ions)$/

/** Where values of labels begin: of those that are people, and of those that may be. */
type Labels = { readonly certain: ReadonlySet<number>; readonly open: ReadonlySet<number> }

/** Tokens of a name, `to` exclusive. */
type Run = { readonly from: number; readonly to: number; readonly score: number; readonly why: string }

/**
 * People in a line: behind titles, greetings and labels, before mail addresses, at the end of letters, and where a known given name
 * stands with another name beside it. Scores follow how many signs speak for it.
 */
export function findPeople(line: NameLine): readonly NameHit[] {
  const labels: Labels = { certain: labelEnds(line.tokens, personLabels), open: labelEnds(line.tokens, openPersonLabels) }
  const hits: NameHit[] = []
  const { tokens } = line
  let at = 0
  while (at < tokens.length) {
    const run = personAt(line, at, labels)
    if (run === undefined) {
      at += 1
      continue
    }
    const first = tokens[run.from]
    const last = tokens[run.to - 1]
    if (first && last) hits.push({ type: 'PERSON', start: first.start, end: last.end, score: run.score, why: run.why })
    at = run.to
  }
  return hits
}

function personAt(line: NameLine, at: number, labels: Labels): Run | undefined {
  const { tokens } = line
  const token = tokens[at]
  if (token?.kind !== 'word' || isTitle(tokens, at)) return undefined
  const isLabelled = labels.certain.has(token.start) || labels.open.has(token.start)
  if (!isLabelled && isGlued(tokens, at)) return undefined
  if (!isCapitalized(token) && !isInitial(token, tokens[at + 1]) && !(isUpperCase(token) && (isLabelled || line.isProse))) return undefined
  if (isBehindTitle(tokens, at)) return cued(line, at, 0.9, 'behind a title')
  const end = runEnd(tokens, at)
  if (isBehindRole(tokens, at) && isVouched(line, at, end)) return cued(line, at, 0.75, 'behind what somebody is')
  if (labels.certain.has(token.start)) return labelled(line, at)
  if (labels.open.has(token.start) && isVouched(line, at, end)) return labelled(line, at)
  if (isBeforeMail(tokens, end)) return cued(line, at, 0.85, 'before a mail address')
  if (isGreeted(line, at)) return cued(line, at, 0.75, 'behind a greeting')
  if (line.isSigned && at === firstWord(tokens)) return signed(line, at, end) ?? known(line, at, end)
  if (isAlone(line, at, end)) return { from: at, to: end, score: 0.6, why: 'a name alone on its line' }
  if (isSpeaker(line, at, end)) return cued(line, at, 0.7, 'speaks in a chat')
  if (isNamed(line, at, end)) return { from: at, to: end, score: 0.55, why: 'behind a word that names somebody' }
  return known(line, at, end)
}

/** A run that a cue calls a name: all its parts, unless they are no name for sure. */
function cued({ tokens }: Pick<NameLine, 'tokens'>, at: number, score: number, why: string): Run | undefined {
  const to = runEnd(tokens, at)
  if (to === at) return undefined
  const parts = tokens.slice(at, to)
  if (parts.every((part) => isUpperCase(part)) && !isVouched({ tokens }, at, to)) return undefined
  if (parts.some(({ folded }) => isOrganizationWord(folded)) || phraseEnd(tokens, at, openLexicon().organizations) >= to) return undefined
  const lexicon = openLexicon()
  if (to === at + 1) {
    const { folded } = tokens[at] as Token
    if (lexicon.isOrdinaryWord(folded) && lexicon.givenName(folded) + lexicon.surname(folded) === 0) return undefined
  }
  return { from: at, to, score, why }
}

/** A line that is a name and nothing else, as below letters and in lists. */
function isAlone(line: NameLine, at: number, end: number): boolean {
  const { tokens } = line
  const isWhole =
    at === firstWord(tokens) &&
    end - at > 1 &&
    end - at <= 4 &&
    (tokens[end] === undefined || (end === tokens.length - 1 && tokens[end]?.text === ','))
  return (
    isWhole &&
    isVouched(line, at, end) &&
    tokens.slice(0, at).every(({ text }) => /[-–•*>]/.test(text)) &&
    cued(line, at, 1, '') !== undefined
  )
}

/** The value of a label, also as `MÜLLER, Hans`. */
function labelled(line: NameLine, at: number): Run | undefined {
  const { tokens } = line
  const end = runEnd(tokens, at)
  const isTurned = tokens[end]?.text === ',' && isCapitalized(tokens[end + 1]) && weight(tokens, end + 1, 'givenName') > 0
  const run = cued(line, at, 0.85, 'behind a label')
  return run && isTurned ? { ...run, to: runEnd(tokens, end + 1) } : run
}

/** The line below the end of a letter: nothing but a name of one to four parts, or a known name. */
function signed(line: NameLine, at: number, end: number): Run | undefined {
  const { tokens } = line
  const rest = tokens[end]
  const isAlone = rest === undefined || rest.kind === 'sign'
  return isAlone && end - at <= 4 ? cued(line, at, 0.75, 'signs a letter') : undefined
}

/** What the lists say of a run. */
function known(line: NameLine, at: number, end: number): Run | undefined {
  const { tokens, isProse } = line
  const given = weight(tokens, at, 'givenName')
  const surnameFirst = weight(tokens, at, 'surname')
  if (surnameFirst > 0 && tokens[at + 1]?.text === ',' && weight(tokens, at + 2, 'givenName') === 2 && isCapitalized(tokens[at + 2])) {
    const to = runEnd(tokens, at + 2)
    return { from: at, to, score: isProse || to === tokens.length ? 0.7 : 0.55, why: 'surname and given name of the lists' }
  }
  if (phraseEnd(tokens, at, openLexicon().organizations) >= end && end - at > 1) return undefined
  if (end - at < 2) return single(line, at, given)
  if (streetWords.has(tokens[end - 1]?.folded ?? '')) return undefined
  const last = lastPart(tokens, at, end)
  const family = weight(tokens, last, 'surname')
  const isInitialFirst = isInitial(tokens[at], tokens[at + 1])
  if (isInitialFirst)
    return family > 0 && (isProse || family === 2) ? { from: at, to: end, score: 0.65, why: 'initial and surname of the list' } : undefined
  if (tokens.slice(at, end).some(({ folded }) => isOrganizationWord(folded))) return undefined
  if (isUpperCase(tokens[at]) && given + family < 3) return undefined
  if (given === 2 && family > 0) return { from: at, to: end, score: isProse ? 0.85 : 0.65, why: 'given name and surname of the lists' }
  if (given > 0 && family === 2) return { from: at, to: end, score: isProse ? 0.75 : 0.5, why: 'given name and surname of the lists' }
  const isUnknownWord = !openLexicon().isOrdinaryWord(tokens[last]?.folded ?? '')
  if (given === 2 && isUnknownWord)
    return { from: at, to: end, score: isProse ? 0.75 : 0.5, why: 'given name of the list and a further name' }
  if (!isProse) return undefined
  if (given === 2) return single(line, at, given)
  if (given === 1 && isUnknownWord && isCapitalized(tokens[last]) && !beginsSentence(tokens, at))
    return { from: at, to: end, score: 0.5, why: 'given name that is a word as well, and a further name' }
  if (given === 1 && family === 1) return { from: at, to: end, score: 0.5, why: 'given name and surname of the lists, both words as well' }
  if (
    family === 2 &&
    isUnknown(tokens, at) &&
    line.language !== 'de' &&
    (!beginsSentence(tokens, at) || !verbEnd.test(tokens[at]?.folded ?? ''))
  )
    return { from: at, to: end, score: 0.5, why: 'a surname of the list behind an unknown name' }
  if (surnameFirst === 2 && isUnknownWord && !beginsSentence(tokens, at) && line.language === 'en')
    return { from: at, to: end, score: 0.5, why: 'a surname of the list before an unknown name' }
  if (surnameFirst === 2 && family === 2) return { from: at, to: end, score: 0.55, why: 'two surnames of the list' }
  return undefined
}

function single(line: NameLine, at: number, given: Weight): Run | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (given < 2 || !isProse || !token || isUpperCase(token)) return undefined
  if (phraseEnd(tokens, at, openLexicon().places) > at) return undefined
  return { from: at, to: at + 1, score: 0.6, why: 'given name of the list' }
}

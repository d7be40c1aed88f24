import { noName, placeLabels, placePrepositions } from './cue.ts'
import { labelEnds } from './label-end.ts'
import { openLexicon } from './lexicon.ts'
import type { NameHit } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { isOrganizationWord } from './organization-word.ts'
import { phraseEnd } from './phrase.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'

/** Words that end or begin the name of a place: `Hudson River`, `Lake Tahoe`, `Flughafen München`. Folded. */
const placeEnds = new Set(
  'river island islands lake mountains mountain valley airport beach bay county bridge station heights harbor harbour peninsula hauptbahnhof bahnhof'.split(
    ' ',
  ),
)
const placeStarts = new Set(
  'lake mount mt river isle cape port fort san santa bad st sankt flughafen bahnhof insel gemeinde landkreis kreis stadt burg schloss'.split(
    ' ',
  ),
)

/** Cities, countries, regions and landmarks: those of the list, those behind a label, and those that a word of place names. */
export function findPlaces(line: NameLine): readonly NameHit[] {
  const labelled = labelEnds(line.tokens, placeLabels)
  const { tokens } = line
  const hits: NameHit[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const found = placeAt(line, at, labelled)
    const first = tokens[at]
    const last = found && tokens[found.to - 1]
    if (!found || !first || !last) continue
    hits.push({ type: 'LOCATION', start: first.start, end: last.end, score: found.score, why: found.why })
    at = found.to - 1
  }
  return hits
}

type Found = { readonly to: number; readonly score: number; readonly why: string }

function placeAt(line: NameLine, at: number, labelled: ReadonlySet<number>): Found | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || !(isCapitalized(token) || isUpperCase(token))) return undefined
  const isLabelled = labelled.has(token.start)
  if (isGlued(tokens, at, at + 1) || isPostalCode(tokens[at - 1])) return undefined
  const to = phraseEnd(tokens, at, openLexicon().places)
  if (isLabelled && isOrganizationWord(token.folded)) return undefined
  if (isLabelled) return { to: to > at ? to : runEnd(tokens, at), score: 0.8, why: 'behind a label' }
  if (!isProse) return undefined
  if (to > at && !isGlued(tokens, at, to)) return listed(line, at, to)
  return formed(tokens, at) ?? placed(line, at)
}

function listed({ tokens }: NameLine, at: number, to: number): Found | undefined {
  const lexicon = openLexicon()
  const folded = tokens[at]?.folded ?? ''
  const isPlaced = isBehindPreposition(tokens, at)
  if (to - at > 1) return { to, score: 0.8, why: 'a place of the list' }
  if (isUpperCase(tokens[at]) && folded.length > 3) return isPlaced ? { to, score: 0.6, why: 'a place of the list' } : undefined
  const isAmbiguous = lexicon.isOrdinaryWord(folded) || lexicon.surname(folded) === 2 || folded.length < 4
  if (!isAmbiguous) return { to, score: isPlaced ? 0.85 : 0.7, why: 'a place of the list' }
  return isPlaced ? { to, score: 0.6, why: 'a place of the list behind a preposition' } : undefined
}

/** A name made by a word of place. */
function formed(tokens: readonly Token[], at: number): Found | undefined {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (!token || !next?.isApart || !isCapitalized(token) || !isCapitalized(next)) return undefined
  if (placeEnds.has(next.folded) && !openLexicon().isOrdinaryWord(token.folded)) return { to: at + 2, score: 0.65, why: 'a word of place' }
  if (placeStarts.has(token.folded) && isBehindPreposition(tokens, at) && !openLexicon().isOrdinaryWord(next.folded))
    return { to: at + 2, score: 0.6, why: 'a word of place' }
  return undefined
}

/** `in Duluth`: an unknown name where English has a place. */
function placed(line: NameLine, at: number): Found | undefined {
  const { tokens, language } = line
  const token = tokens[at]
  const before = tokens[at - 1]
  const { isOrdinaryWord, givenName, surname, organizations, towns } = openLexicon()
  if (!token || !before || !isCapitalized(token)) return undefined
  const isTown = phraseEnd(tokens, at, towns)
  if (isOrdinaryWord(token.folded) || noName.has(token.folded)) return undefined
  if (isTown > at && isBehindPreposition(tokens, at) && givenName(token.folded) < 2)
    return { to: isTown, score: 0.6, why: 'a town of the list' }
  if (isTown > at && (before.text === '(' || before.text === ',') && isCapitalized(tokens[at - 2]) && givenName(token.folded) < 2)
    return { to: isTown, score: 0.55, why: 'a town of the list' }
  if (language !== 'en' || !/^(?:in|near|from|to|leaves|outside|around)$/.test(before.folded)) return undefined
  if (givenName(token.folded) > 0 || surname(token.folded) > 0 || organizations.has(token.folded)) return undefined
  if (!/^\p{Lu}\p{Ll}+$/u.test(token.text) || (isCapitalized(tokens[at + 1]) && tokens[at + 1]?.isApart)) return undefined
  return /^(?:in|near)$/.test(before.folded) ? { to: at + 1, score: 0.45, why: 'an unknown name behind a preposition' } : undefined
}

function isBehindPreposition(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (!before) return false
  if (before.folded === 'the' || before.folded === 'der' || before.folded === 'den')
    return placePrepositions.has(tokens[at - 2]?.folded ?? '')
  return before.kind === 'word' ? placePrepositions.has(before.folded) : before.text === ',' && isCapitalized(tokens[at - 2])
}

/** What follows one is part of an address. */
function isPostalCode(token: Token | undefined): boolean {
  return token?.kind === 'number' && /^\d{4,5}$/.test(token.text)
}

function runEnd(tokens: readonly Token[], at: number): number {
  let to = at + 1
  while (to < at + 3 && isCapitalized(tokens[to]) && tokens[to]?.isApart) to += 1
  return to
}

/** Whether the words are a piece of something else: `Europe/Berlin`, `en_US`, `berlin.example`. */
function isGlued(tokens: readonly Token[], at: number, to: number): boolean {
  const first = tokens[at]
  const before = tokens[at - 1]
  const after = tokens[to]
  if (before && first && !first.isApart && /[/\\@_.\-=#$%&:\d]$/.test(before.text)) return true
  if (!after || after.isApart) return false
  return /^[/\\@_=:(\d-]/.test(after.text) || (after.text === '.' && tokens[to + 1]?.isApart === false && tokens[to + 1]?.kind !== 'sign')
}

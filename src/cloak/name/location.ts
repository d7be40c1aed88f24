import { greetings, placePrepositions } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import { hitOf, type NameHit } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence } from './name-run.ts'
import { isOrganizationWord } from './organization-word.ts'
import { isPlaceName, phraseEnd } from './phrase.ts'
import { isInAddress, isPostalCode } from './place-address.ts'
import { placeTail } from './place-cue.ts'
import { type PlaceRun, placed } from './place-stranger.ts'
import { placeEnds, placeNouns, placeStarts } from './place-word.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Cities, countries, regions and landmarks: those of the list, those behind a label, and those that a word of place names. */
export function findPlaces(line: NameLine): readonly NameHit[] {
  const { tokens } = line
  const hits: NameHit[] = []
  let before = -1
  for (let at = 0; at < tokens.length; at += 1) {
    const found = placeAt(line, at, before)
    const hit = found && hitOf('LOCATION', tokens, { ...found, from: at, to: placeTail(tokens, found.to) })
    if (!found || !hit) continue
    hits.push(hit)
    before = placeTail(tokens, found.to)
    at = before - 1
  }
  return hits
}

/** `before` is where the last place of the line ends. */
function placeAt(line: NameLine, at: number, before: number): PlaceRun | undefined {
  const { tokens, labels, isProse } = line
  const token = tokens[at]
  if (!token || !(isCapitalized(token) || isUpperCase(token))) return undefined
  const isLabelled = labels.get(at)?.isPlace === true
  if ((!isLabelled && isGlued(tokens, at, at + 1)) || isPostalCode(tokens[at - 1])) return undefined
  const to = phraseEnd(tokens, at, openLexicon().places)
  if (isLabelled && isOrganizationWord(token.folded)) return undefined
  if (isLabelled && to === at && isUpperCase(token) && !isProse) return undefined
  if (isLabelled) return { to: longEnd(tokens, to > at ? to : runEnd(tokens, at)), score: 0.8, why: 'behind a label' }
  const end = labels.get(at)?.isOpen ? placeEnd(tokens, at) : at
  if (end > at && !isCapitalized(tokens[end])) return { to: end, score: 0.86, why: 'a place of the list behind a label' }
  if (to > at && !isGlued(tokens, at, to) && !isInAddress(tokens, at, to)) {
    const run = isProse ? listed(line, at, to) : apart(tokens, at, to)
    if (run) return run
  }
  const run = isProse ? (formed(tokens, at) ?? placed(line, at, before)) : placed(line, at, before)
  return run && !isInAddress(tokens, at, run.to) ? run : undefined
}

/** `Isny im Allgäu`, `Rothenburg ob der Tauber`: behind a label the whole name. */
function longEnd(tokens: readonly Token[], at: number): number {
  const next = /^(?:der|dem|the|la|les)$/.test(tokens[at + 1]?.folded ?? '') ? at + 2 : at + 1
  return /^(?:im|am|an|in|bei|ob|vor|on|upon|under|sur|de|del|do|of)$/.test(tokens[at]?.folded ?? '') && isCapitalized(tokens[next])
    ? runEnd(tokens, next)
    : at
}

/** Where a place of any size ends that begins here and that nobody is called by, or `at`. */
function placeEnd(tokens: readonly Token[], at: number): number {
  const { surname, givenName, places, towns } = openLexicon()
  const { folded = '' } = tokens[at] ?? {}
  if (surname(folded) > 0 || givenName(folded) > 0) return at
  return Math.max(phraseEnd(tokens, at, places), phraseEnd(tokens, at, towns))
}

function listed({ tokens }: NameLine, at: number, to: number): PlaceRun | undefined {
  const lexicon = openLexicon()
  const folded = tokens[at]?.folded ?? ''
  const isPlaced = isBehindPreposition(tokens, at) || placeNouns.has(tokens[to]?.folded ?? '')
  if (to - at > 1) return { to, score: 0.8, why: 'a place of the list' }
  if (isUpperCase(tokens[at]) && folded.length <= 3 && !/^(?:usa|uk|uae|brd|ddr)$/.test(folded)) return undefined
  if (isUpperCase(tokens[at]) && folded.length > 3) {
    const isHead = at === 0 && /^[(—–-]$/.test(tokens[to]?.text ?? '')
    return isPlaced || isHead ? { to, score: 0.6, why: 'a place of the list' } : undefined
  }
  if (tokens[at - 1]?.folded === 'you' || greetings.has(tokens[at - 1]?.folded ?? '')) return undefined // `thank you Devon`
  const isAmbiguous = lexicon.isOrdinaryWord(folded) || lexicon.surname(folded) === 2 || folded.length < 4
  if (tokens[at] === tokens[to - 1] && lexicon.germanWords.has(folded) && beginsSentence(tokens, at)) return undefined
  if (!isAmbiguous) return { to, score: isPlaced ? 0.85 : 0.7, why: 'a place of the list' }
  return isPlaced ? { to, score: 0.6, why: 'a place of the list behind a preposition' } : undefined
}

/** In what machines write: a place of the list alone between signs, or behind a preposition. */
function apart(tokens: readonly Token[], at: number, to: number): PlaceRun | undefined {
  const before = tokens[at - 1]
  const after = tokens[to]
  const { isOrdinaryWord, surname, givenName } = openLexicon()
  const folded = tokens[at]?.folded ?? ''
  if (isUpperCase(tokens[at]) || folded.length < 4 || isOrdinaryWord(folded)) return undefined
  if (to === at + 1 && (surname(folded) === 2 || givenName(folded) === 2)) return undefined
  const isEnd = after === undefined || /^[,.;)"']$/.test(after.text)
  const isBegin =
    before !== undefined && tokens[at]?.isApart === true && (before.text === ',' || /^(?:in|from|to|near|aus|nach)$/.test(before.folded))
  const isWay = /^(?:from|to|aus|nach)$/.test(before?.folded ?? '') && /^(?:to|and|via|nach|und|in)$/.test(after?.folded ?? '')
  const isPut =
    before !== undefined &&
    tokens[at]?.isApart !== false &&
    (before.kind === 'sign' || putBefore.has(before.folded)) &&
    !/^[.&+-]$/.test(before.text)
  const isHere = ((isEnd || isWay) && isBegin) || (isPut && !isCapitalized(after))
  return isHere ? { to, score: 0.5, why: 'a place of the list' } : undefined
}

/** A name made by a word of place: `Ranomafana National Park`, `Lake Tahoe`. */
function formed(tokens: readonly Token[], at: number): PlaceRun | undefined {
  const token = tokens[at]
  const next = tokens[at + 1]
  const { isOrdinaryWord, isEnglish } = openLexicon()
  if (!token || !next?.isApart || !isCapitalized(token) || !isCapitalized(next) || isOrganizationWord(token.folded)) return undefined
  let to = at + 1
  while (to < at + 4 && isCapitalized(tokens[to]) && tokens[to]?.isApart) to += 1
  const last = tokens[to - 1]
  const isOwn =
    !isOrdinaryWord(token.folded) && (!isEnglish(token.folded) || isBehindPreposition(tokens, at) || tokens[at - 1]?.folded === 'the')
  const isLand = tokens[at - 1]?.folded === 'the' && to - at === 2 && lands.has(last?.folded ?? '')
  if (last && (isLand || (placeEnds.has(last.folded) && isOwn))) return { to, score: 0.65, why: 'a word of place' }
  if (!placeStarts.has(token.folded) || (isOrdinaryWord(next.folded) && !isDirect(tokens, at))) return undefined
  const isSure =
    isBehindPreposition(tokens, at) ||
    (isDirect(tokens, at) && isPlaceName(tokens, at + 1)) ||
    (/^(?:kloster|schloss|burg|insel|flughafen|dorfkirche|loch|lake|mount|friedhof|wallfahrtskirche|burgruine)$/.test(token.folded) &&
      (isStrange(next) || isDirect(tokens, at))) ||
    openLexicon().isVillage(`${token.folded} ${next.folded}`)
  const isBody = /^['’]$/.test(tokens[to]?.text ?? '') || tokens.slice(at, to).some(({ folded }) => isOrganizationWord(folded))
  return isSure && !isBody ? { to, score: 0.6, why: 'a word of place' } : undefined
}

/** `beim Bahnhof Forchheim`, `neben dem Friedhof Markstiege`, `in der Wallfahrtskirche Maria Brünnlein`. */
function isDirect(tokens: readonly Token[], at: number): boolean {
  return /^(?:dem|der|am|vom|zum|beim|vorm|im|,)$/.test(tokens[at - 1]?.folded ?? '')
}

/** `the Black Mountains`: what no program is called by. */
const lands = wordSet(
  'mountains mountain river islands hills valley falls moors fells dales coast canal lakes highlands lowlands marshes desert peninsula',
)

/** What machines do with places. */
const putBefore = wordSet(
  'in from to near at via left reached leaves reaches station city town site region nach aus stop scanned arrived datacenter datacentre location standort branch',
)

function isBehindPreposition(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (!before) return false
  if (before.folded === 'the' || before.folded === 'der' || before.folded === 'den' || before.folded === 'die')
    return placePrepositions.has(tokens[at - 2]?.folded ?? '')
  return before.kind === 'word' ? placePrepositions.has(before.folded) : before.text === ',' && isCapitalized(tokens[at - 2])
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
  if (after.text === ':' || after.text === '(') return tokens[to + 1]?.isApart === false
  return /^[/\\@_=\d-]/.test(after.text) || (after.text === '.' && tokens[to + 1]?.isApart === false && tokens[to + 1]?.kind !== 'sign')
}

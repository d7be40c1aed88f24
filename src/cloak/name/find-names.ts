import { closings } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import { findPlaces } from './location.ts'
import type { NameHit } from './name-hit.ts'
import { type NameLine, readNameLine } from './name-line.ts'
import { findOrganizations } from './organization.ts'
import { findPeople } from './person.ts'
import { isCapitalized } from './token.ts'

/**
 * Names of people, bodies and places in a text of any length, in the order of their places, without overlaps; German and English.
 * A model of rules: cue words, legal forms and lists of names vote; each hit says why. Takes linear time, never throws.
 */
export function findNames(text: string): readonly NameHit[] {
  const hits: NameHit[] = []
  const people = new Set<string>()
  for (const line of linesOf(text)) {
    const found = withoutOverlaps([...findOrganizations(line), ...findPeople(line), ...findPlaces(line)])
    for (const hit of found) if (hit.type === 'PERSON' && hit.score >= sureScore) notePerson(text.slice(hit.start, hit.end), people)
    hits.push(...withoutOverlaps([...found, ...findAgain(line, people)]))
  }
  return hits
}

/** The lines of a text, read one after the other. */
function* linesOf(text: string): Generator<NameLine> {
  let isSigned = false
  for (let start = 0; start <= text.length; ) {
    const end = lineEnd(text, start)
    const line = text.slice(start, end)
    if (line.trim() !== '') {
      yield readNameLine(line, start, isSigned)
      isSigned = line.length < closingCharactersMax && closings.test(line) && !line.includes(':')
    }
    start = text[end] === '\n' || text[end] === ' ' || end === text.length ? end + 1 : end
  }
}

/** A line is read in pieces of at most this many characters, cut at a blank where there is one. */
const lineCharactersMax = 4000

function lineEnd(text: string, start: number): number {
  const limit = start + lineCharactersMax
  const lineFeed = text.slice(start, limit).indexOf('\n')
  if (lineFeed >= 0) return start + lineFeed
  if (text.length <= limit) return text.length
  const blank = text.lastIndexOf(' ', limit)
  return blank > start ? blank : limit
}

/** `Mit freundlichen Grüßen aus dem sonnigen Freiburg`. */
const closingCharactersMax = 60

/** The parts of a full name stand for the person alone later on. */
function notePerson(name: string, people: Set<string>): void {
  if (people.size >= peopleMax) return
  const lexicon = openLexicon()
  for (const part of name.split(/[\s,.]+/))
    if (part.length > 2 && /^\p{Lu}/u.test(part) && !lexicon.isOrdinaryWord(part.toLowerCase())) people.add(part)
}

const peopleMax = 10_000
/** Only of a name that is certain the parts are looked for again. */
const sureScore = 0.7

function findAgain({ tokens, isProse }: NameLine, people: ReadonlySet<string>): readonly NameHit[] {
  if (!isProse || people.size === 0) return []
  return tokens
    .filter((token) => isCapitalized(token) && people.has(token.text))
    .map(({ start, end }): NameHit => ({ type: 'PERSON', start, end, score: 0.65, why: 'part of a name above' }))
}

/** Of hits that overlap the longer stays, of equal ones the better. */
function withoutOverlaps(hits: readonly NameHit[]): readonly NameHit[] {
  const kept: NameHit[] = []
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    while (true) {
      const before = kept.at(-1)
      if (before === undefined || before.end <= hit.start) {
        kept.push(hit)
        break
      }
      if (!isBetter(hit, before)) break
      kept.pop()
    }
  }
  return kept
}

function isBetter(a: NameHit, b: NameHit): boolean {
  const longer = a.end - a.start - (b.end - b.start)
  return longer > 0 || (longer === 0 && a.score > b.score)
}

import { closings, personLabels, titles } from './cue.ts'
import { foldName } from './fold.ts'
import { isOfHardware } from './hardware.ts'
import { openLexicon } from './lexicon.ts'
import { findPlaces } from './location.ts'
import type { NameHit } from './name-hit.ts'
import { type NameLine, readNameLine } from './name-line.ts'
import { NameTable } from './name-table.ts'
import { findOrganizations } from './organization.ts'
import { findPeople } from './person.ts'
import { personVerbs, weakPersonVerbs } from './person-verb.ts'
import { findSpeakers } from './speaker.ts'
import { isCommon } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/**
 * Names of people, bodies and places in a text of any length, in the order of their places, without overlaps; German and English.
 * A model of rules: cue words, legal forms, lists of names and words that no dictionary has vote; each hit says why. Takes linear time, never throws.
 */
export function findNames(text: string): readonly NameHit[] {
  const hits: NameHit[] = []
  const people = new Map<string, boolean>()
  const lines: LineStretch[] = []
  const speakers = findSpeakers(text)
  const table = new NameTable()
  for (const line of linesOf(text)) {
    const speaker = speakers.get(line.start)
    if (speaker && !isCommon(foldName(speaker.name)) && people.size < peopleMax) people.set(speaker.name.toLowerCase(), true)
    const cells = table.read(line.text, line.start)
    const found = withoutOverlaps([
      ...(speaker ? [speakerHit(speaker)] : []),
      ...cells,
      ...(isOfHardware(line) ? [] : [line, ...quotedLines(line)].flatMap(namesOf)),
    ])
    for (const hit of found) if (hit.type === 'PERSON' && hit.score >= sureScore) notePerson(text.slice(hit.start, hit.end), people)
    hits.push(...found)
    lines.push({ start: line.start, end: line.start + line.text.length, isProse: line.isProse || speaker !== undefined })
  }
  return people.size === 0 ? hits : withoutOverlaps([...hits, ...findAgain(text, lines, people)])
}

function namesOf(line: NameLine): readonly NameHit[] {
  return [...findOrganizations(line), ...findPeople(line), ...findPlaces(line)]
}

function speakerHit({ start, end }: Stretch): NameHit {
  return { type: 'PERSON', start, end, score: 0.75, why: 'speaks in a chat' }
}

/** The lines of a text, read one after the other. */
function* linesOf(text: string): Generator<NameLine> {
  let isSigned = false
  let isListed = false
  let isApart = false
  for (let start = 0; start <= text.length; ) {
    const end = lineEnd(text, start)
    const line = text.slice(start, end)
    const isEntry = /^\s*(?:[-–•*]|\d+[.):]|\s)\s*\S/.test(line.slice(0, entryCharactersMax))
    if (line.trim() !== '') {
      yield readNameLine(line, start, { isSigned, isListed: isListed && isEntry, isLast: isApart && start > 0 && isEnd(text, end) })
      isSigned = line.length < closingCharactersMax && !line.includes(':') && closings.test(line)
      isListed = (isListed && isEntry) || isListLabel(line)
    }
    isApart = line.trim() === ''
    start = text[end] === '\n' || text[end] === ' ' || end === text.length ? end + 1 : end
  }
}

/** Signs before an entry of a list. */
const entryCharactersMax = 20

/** Whether nothing follows. */
function isEnd(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) if (!/\s/.test(text[at] ?? '')) return false
  return true
}

/** `Gäste:` */
function isListLabel(line: string): boolean {
  const label = /^\s*["'#*-]*\s*([\p{L} _-]{3,30})["'*]*:\s*\[?$/u.exec(line)?.[1]
  return label !== undefined && listLabels.has(foldName(label).replace(/[\s_-]/g, ''))
}

const listLabels = new Set([
  ...personLabels,
  ...wordSet('members mitglieder participants teilnehmende gaste gaeste guests names namen speakers authors staff crew oncall'),
])

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

/** The parts of a full name stand for the person alone elsewhere in the text; those that are words as well only where they do what people do. */
function notePerson(name: string, people: Map<string, boolean>): void {
  if (people.size >= peopleMax) return
  for (const part of name.split(/[\s,.]+/)) {
    const folded = foldName(part)
    const isSure = !isCommon(folded) || openLexicon().givenName(folded) === 2
    if (part.length > 2 && /^\p{Lu}/u.test(part) && !titles.has(folded)) people.set(part, isSure || people.get(part) === true)
  }
}

const peopleMax = 10_000
/** Only of a name that is certain the parts are looked for again. */
const sureScore = 0.7

type Stretch = { readonly start: number; readonly end: number }
type LineStretch = Stretch & { readonly isProse: boolean }

/** Words that are part of a name found elsewhere, also before it; in what machines write only those that no dictionary has. */
function findAgain(text: string, lines: readonly LineStretch[], people: ReadonlyMap<string, boolean>): readonly NameHit[] {
  return lines.flatMap(({ start, end, isProse }) => {
    const line = text.slice(start, end)
    const words = [...line.matchAll(wordOfName)].filter(({ 0: word, index }) => {
      const isSure = people.get(word)
      if (isSure === undefined || (!isProse && isCommon(foldName(word)))) return false
      return isSure || doesWhatPeopleDo(line.slice(index + word.length, index + word.length + verbCharactersMax))
    })
    return words.map(
      ({ 0: { length }, index }): NameHit => ({
        type: 'PERSON',
        start: start + index,
        end: start + index + length,
        score: 0.55,
        why: 'part of a name found elsewhere',
      }),
    )
  })
}

const verbCharactersMax = 20

function doesWhatPeopleDo(behind: string): boolean {
  const verb = foldName(/^ (\p{Ll}+)/u.exec(behind)?.[1] ?? '')
  return personVerbs.has(verb) || weakPersonVerbs.has(verb)
}

/** Not in the middle of something longer: `jana@mail.example`, `/home/jana`. */
const wordOfName = /(?<![\p{L}\p{M}\d@/\\_.=-])\p{L}[\p{L}\p{M}]*(?:(?!['’]s(?!\p{L}))['’-]\p{L}[\p{L}\p{M}]*)*(?![@/\\_=\d(]|\.\p{L})/gu

/** Of a line that machines wrote what people said in it: `"text": "did Jana bring the keys?"`. */
function quotedLines(line: NameLine): readonly NameLine[] {
  if (line.isProse || !line.text.includes('"')) return []
  return [...line.text.matchAll(/"((?:[^"\\]|\\.){12,2000})"/g)]
    .filter(({ 1: said = '' }) => (said.match(/\p{L} \p{L}/gu)?.length ?? 0) > 1)
    .map(({ 1: said = '', index }) => readNameLine(said, line.start + index + 1, { isSigned: false, isLast: false, isListed: false }))
    .filter(({ isProse }) => isProse)
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

import { greetings, openPersonLabels, organizationLabels, particles, personLabels, placeLabels, roles, titles } from './cue.ts'
import { foldName } from './fold.ts'
import { openLexicon } from './lexicon.ts'
import { isRole } from './person-role.ts'
import { type Token, tokensOf } from './token.ts'
import { isCommon, isNameable, isStrange } from './word-kind.ts'

/** Where the name of somebody who speaks stands in the text, in UTF-16 units. */
export type Speaker = { readonly start: number; readonly end: number; readonly name: string }

/** Signs before a name at the start of a line of a chat: time, quotes, pictures. */
const before = String.raw`^(?:[\s>*•\p{Extended_Pictographic}\u{FE0F}]|[[(]?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? )?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?[\])]? ?[-–]?)*`
const name = String.raw`(\p{L}[\p{L}\p{M}'’.\-_ "“”]{0,38}?)`
/** `Anna: …`, `[12:03] Anna: …`, `Anna 🐮: …`. */
const spoken = new RegExp(`${before}${name}[ \\p{Extended_Pictographic}\\u{FE0F}]*:(?:\\s|$)`, 'u')
/** `<anna> …`. */
const angled = new RegExp(`${before}<[@+~]?${name}>\\s`, 'u')
/** `Anna  11:41`. */
const stamped = new RegExp(`^${name}\\s+[[(]?\\d{1,2}:\\d{2}(?: ?[AP]M)?[\\])]?$`, 'u')
const timed = /^\W{0,4}(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? )?\d{1,2}:\d{2}/
const headCharactersMax = 90
const speakersMax = 10_000

type Turn = Speaker & { readonly key: string; readonly isMarked: boolean }

/** Who speaks in a chat, by the start of the line: names that stand behind times or in angles, and those that come again. */
export function findSpeakers(text: string): ReadonlyMap<number, Speaker> {
  const turns = new Map<number, Turn>()
  const counts = new Map<string, number>()
  for (let start = 0; start < text.length && turns.size < speakersMax; ) {
    const lineFeed = text.indexOf('\n', start)
    const end = lineFeed < 0 ? text.length : lineFeed
    const turn = turnOf(text.slice(start, Math.min(end, start + headCharactersMax)), start)
    if (turn) {
      turns.set(start, turn)
      counts.set(turn.key, (counts.get(turn.key) ?? 0) + 1)
    }
    start = end + 1
  }
  const again = new Set([...turns.values()].filter(({ key, isMarked }) => !isMarked && (counts.get(key) ?? 0) > 1).map(({ key }) => key))
  const isChat = counts.size > 1 && (again.size > 0 || isTalk(text, [...turns.values()]))
  return new Map([...turns].filter(([, { isMarked }]) => isMarked || isChat))
}

/** Whether every line is said by somebody, and one of them has a given name of the lists. */
function isTalk(text: string, turns: readonly Turn[]): boolean {
  if (turns.length > talkTurnsMax || turns.length !== text.split('\n', talkTurnsMax + 1).filter((line) => line.trim() !== '').length)
    return false
  const firsts = turns.map(({ name: said }) => foldName(said.split(/[\s.]/)[0] ?? ''))
  const { givenName, isHumanName } = openLexicon()
  return firsts.some((first) => givenName(first) === 2) && firsts.every((first) => givenName(first) > 0 || isHumanName(first))
}

/** In a longer talk somebody speaks twice. */
const talkTurnsMax = 6

function turnOf(head: string, start: number): Turn | undefined {
  if (!head.includes(':') && !head.includes('<')) return undefined
  const angle = angled.exec(head)
  const found = angle ?? spoken.exec(head) ?? stamped.exec(head)
  const written = found?.[1]
  if (!found || written === undefined) return undefined
  const isMarked = angle !== null || timed.test(head) || stamped.test(head)
  const from = start + found[0].indexOf(written)
  const tokens = tokensOf(written, from).filter(({ kind }) => kind !== 'number')
  const first = tokens.findIndex((token, at) => token.kind === 'word' && !isForm(tokens, at))
  const own = first < 0 ? [] : tokens.slice(first)
  const said = head.slice(found[0].length)
  if (angle === null && !isMarked && /^\p{Ll}/u.test(own[0]?.text ?? '') && !/^\p{L}+ \p{L}/u.test(said)) return undefined
  if (!isName(own, angle !== null)) return undefined
  const last = own.at(-1)
  const begin = own[0]
  if (!last || !begin) return undefined
  return { start: begin.start, end: last.end, name: written, key: foldName(written), isMarked }
}

/** `Auntie` of `Auntie Bola`. */
function isForm(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const isLast = !tokens.slice(at + 1).some(({ kind }) => kind === 'word')
  return token !== undefined && !isLast && (titles.has(token.folded) || roles.has(token.folded) || isRole(token))
}

function isName(tokens: readonly Token[], isAngled: boolean): boolean {
  const words = tokens.filter(({ kind }) => kind === 'word')
  if (words.length === 0 || words.length > 4) return false
  const label = words.map(({ folded }) => folded).join('')
  if ([personLabels, openPersonLabels, organizationLabels, placeLabels].some((labels) => labels.has(label))) return false
  const { givenName, surname, isProduct, isEnglish } = openLexicon()
  if (words.some(({ folded }) => greetings.has(folded) || isProduct(folded))) return false
  const [first] = words
  if (!first) return false
  const isCapital = /^\p{Lu}/u.test(first.text)
  if (!isCapital)
    return words.length === 1 && (givenName(first.folded) === 2 || (isAngled && !isCommon(first.folded) && first.folded.length > 3))
  if (isRole(words.at(-1)) || words.some(({ folded, text }) => !/^\p{Lu}/u.test(text) && !particles.has(folded))) return false
  return (
    words.some((word) => isStrange(word) || givenName(word.folded) > 0 || surname(word.folded) === 2) ||
    (words.length === 1 && isNameable(first) && !isEnglish(first.folded))
  )
}

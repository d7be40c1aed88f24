import { classesAt, dot, foreign, hyphen, isIn, isSign, labelOfHost, nameLeft, nameRight, underscore, word } from './character.ts'
import { type EndingKind, endingBits, endingsLike, mayEndWith, needsWords } from './domain-ending.ts'
import { isCalledHost, mayBeCalledHost, standsAlone } from './host-context.ts'
import { formOf } from './name-form.ts'
import { isPublicHost } from './public-host.ts'

/** Longest label and name that DNS allows. */
const partReach = 63
const nameReach = 253

/** Where a dotted name that names somebody's machine stands in a text. */
export type HostName = { readonly start: number; readonly end: number }

/**
 * Reads the dotted name whose last dot is at `dotAt`; any other dot gives nothing, so each name is read once.
 * Nearly all versions, files and code are told by their last part alone and need no closer look.
 */
export function readDottedName(text: string, dotAt: number, kind: EndingKind, withPublic = false): HostName | undefined {
  const partEnd = nameRight(text, dotAt + 1, labelOfHost, partReach)
  let endingEnd = partEnd
  while (isIn(text, endingEnd - 1, hyphen)) endingEnd -= 1
  const like = endingsLike(text, dotAt + 1, endingEnd)
  if ((like & endingBits[kind]) === 0 || goesOn(text, partEnd) || !mayEndWith(text, dotAt + 1, endingEnd, kind)) return undefined

  const first = firstDot(text, dotAt)
  if (first < 0) return undefined
  if (first === dotAt && needsWords(like)) {
    const start = nameLeft(text, first, labelOfHost, partReach)
    if (!mayBeCalledHost(text, start, endingEnd)) return undefined
  }
  const name = readFrom(text, first, kind, withPublic)
  return name && name.end > dotAt && name.end <= partEnd ? name : undefined
}

/** Whether a further part stands behind a part of a name; hyphens alone are none. */
function goesOn(text: string, partEnd: number): boolean {
  return isIn(text, partEnd, dot) && isIn(text, partEnd + 1, word | foreign)
}

/** The first dot of the name that has its last one at `dotAt`; -1 where that is too far to be of one name. */
export function firstDot(text: string, dotAt: number): number {
  let first = dotAt
  while (dotAt - first < nameReach) {
    const partStart = nameLeft(text, first, labelOfHost, partReach)
    if (partStart === first || !isIn(text, partStart - 1, dot)) return first
    first = partStart - 1
  }
  return -1
}

function readFrom(text: string, firstDotAt: number, kind: EndingKind, withPublic: boolean): HostName | undefined {
  let start = nameLeft(text, firstDotAt, labelOfHost, partReach)
  while (start < firstDotAt && isIn(text, start, hyphen)) start += 1
  if (start === firstDotAt) start += 1

  const end = dottedEnd(text, start)
  let lastStart = end
  while (lastStart > start && !isIn(text, lastStart - 1, dot)) lastStart -= 1
  if (lastStart <= start + 1 || !mayEndWith(text, lastStart, end, kind)) return undefined
  if ((!withPublic && isPublicHost(text, start, end)) || isCode(text, start, end) || isModule(text, start) || isTemplate(text, start))
    return undefined
  const form = formOf(text.slice(start, end).split('.'))
  if (form.kind !== kind) return undefined
  const isHost = form.proof === 'nothing' || (form.proof === 'no-path' && standsAlone(text, start, end))
  return isHost || isCalledHost(text, start, end, form.isFile) ? { start, end } : undefined
}

/** What a template fills in: matches `{{identity.entity.name}}`. */
function isTemplate(text: string, start: number): boolean {
  const opening = isSign(text, start - 1, ' ') ? start - 2 : start - 1
  return isSign(text, opening, '{') && isSign(text, opening - 1, '{')
}

/** Where a host name that begins at `start` ends: labels joined by single dots, no dot or hyphen at the end. */
export function dottedEnd(text: string, start: number): number {
  const limit = start + nameReach
  let end = start
  while (end < limit) {
    const partEnd = nameRight(text, end, labelOfHost, partReach)
    if (partEnd === end) break
    end = partEnd
    if (text[end] !== '.') break
    end += 1
  }
  while (end > start && (text[end - 1] === '.' || text[end - 1] === '-')) end -= 1
  return end
}

/** A call, an index, a version, a variable or a part of a name with an underscore in its last parts is no host. */
function isCode(text: string, start: number, end: number): boolean {
  if ('([~+'.includes(text[end] ?? ' ') || '$%'.includes(text[start - 1] ?? ' ')) return true
  if (text[end] === '.' && isIn(text, end + 1, labelOfHost)) return true
  if (text[end] === ':' && text[end + 1] === ':') return true
  return hasUnderscore(text, start, end)
}

const moduleReach = 16

/** `No module named 'google.protobuf.internal'`. */
function isModule(text: string, start: number): boolean {
  return isSign(text, start - 1, `'"`) && /module named ['"]$/i.test(text.slice(Math.max(0, start - moduleReach), start))
}

/** Whether an underscore stands in the last two parts of a name. */
function hasUnderscore(text: string, start: number, end: number): boolean {
  let dots = 0
  for (let index = end - 1; index >= start && dots < 2; index -= 1) {
    const classes = classesAt(text, index)
    if ((classes & underscore) !== 0) return true
    if ((classes & dot) !== 0) dots += 1
  }
  return false
}

import { classesAt, dot, foreign, hyphen, isIn, labelOfHost, nameLeft, nameRight } from './character.ts'
import { type EndingKind, endingsLike, everyEnding, kindOfEnding, mayEndWith } from './domain-ending.ts'
import { isPublicHost } from './public-host.ts'

/** Longest label and name that DNS allows. */
const partReach = 63
const nameReach = 253

/** Where a dotted name that names somebody's machine stands in a text. */
export type HostName = { readonly start: number; readonly end: number }

/** Reads the dotted name whose first dot is at `dotAt`, with a sign of a name behind it. A later dot of the same name gives nothing, so each name is read once. */
export function readDottedName(text: string, dotAt: number, kind: EndingKind): HostName | undefined {
  let start = nameLeft(text, dotAt, labelOfHost, partReach)
  if (start < dotAt && isIn(text, start - 1, dot)) return undefined
  while (start < dotAt && text[start] === '-') start += 1
  if (start === dotAt) start += 1

  const end = dottedEnd(text, start)
  const lastDot = text.lastIndexOf('.', end - 1)
  if (lastDot <= start || !mayEndWith(text.slice(lastDot + 1, end), kind)) return undefined
  const name = text.slice(start, end)
  if (isPublicHost(name) || isCode(text, start, end)) return undefined
  return kindOfEnding(name.split('.')) === kind ? { start, end } : undefined
}

/**
 * The kinds of endings that may end what follows a dot, judged by its last part: nearly all versions, files and code have none and need no closer look.
 * What is too long or ends in hyphens alone may have any.
 */
export function endingsBehind(text: string, dotAt: number): number {
  const limit = Math.min(text.length, dotAt + nameReach - partReach)
  let partStart = dotAt + 1
  let end = partStart
  for (; end < limit; end += 1) {
    const classes = classesAt(text, end)
    if ((classes & dot) !== 0) {
      if (end - partStart > partReach) return everyEnding
      if ((classesAt(text, end + 1) & nameSigns) === 0) break
      partStart = end + 1
    } else if ((classes & nameSigns) === 0) break
  }
  const isOverlong = (end === limit && limit < text.length) || end - partStart > partReach
  while (end > partStart && isIn(text, end - 1, hyphen)) end -= 1
  return isOverlong || end === partStart ? everyEnding : endingsLike(text, partStart, end, partStart === dotAt + 1)
}

const nameSigns = labelOfHost | foreign

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
  const name = text.slice(start, end)
  return name.slice(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1).includes('_')
}

import { isIn, labelOfHost, nameLeft, nameRight } from './character.ts'
import { type EndingKind, kindOfEnding } from './domain-ending.ts'
import { isPublicHost } from './public-host.ts'

/** Longest label and name that DNS allows. */
const partReach = 63
const nameReach = 253

/** A dotted name in a text and what its ending says; `none` also for hosts that name nobody. */
export type HostName = { readonly start: number; readonly end: number; readonly kind: EndingKind }

/** Reads the dotted name whose first dot is at `dotAt`. A later dot of the same name gives nothing, so each name is read once. */
export function readDottedName(text: string, dotAt: number): HostName | undefined {
  let start = nameLeft(text, dotAt, labelOfHost, partReach)
  if (text[start - 1] === '.' && start < dotAt) return undefined
  while (start < dotAt && text[start] === '-') start += 1
  if (start === dotAt) start += 1

  const end = dottedEnd(text, start)
  const name = text.slice(start, end)
  if (!name.includes('.') || isPublicHost(name)) return undefined
  const kind = kindOfEnding(name.split('.'))
  return kind === 'none' || isCode(text, start, end) ? undefined : { start, end, kind }
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
  const name = text.slice(start, end)
  return name.slice(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1).includes('_')
}

import type { Place } from '../place.ts'

/** Most characters of an extension with the word before it. */
const reach = 24

const extension = / ?(?:ext\.?|x|Ext\.?|DW|Durchwahl|App\.?|Apparat|Nebenstelle) ?-?\d{1,5}(?!\w)/y

/** Where a telephone number begins and ends of which the digits are known: with its plus sign, its brackets, the hyphen of an extension alone, and an extension behind it. */
export function phoneEdges(text: string, start: number, end: number): Place {
  const [first, last] = withGroups(text, start, end)
  return { start: startOf(text, first, last), end: extensionEnd(text, last) }
}

/** Most digits of a number, by E.164. */
const digitsMax = 15
const groupReach = 14
const groupBefore = /(?<![\d.,:/-] ?)\d{1,5}\)?(?: ?[/–-] ?| )\(?$/
const groupBehind = /^(?: ?[/–-] ?| |\))\(?\d{1,5}\)?(?![\d:%€$]|[.,:/-]\d)/

/** With the groups of digits on both sides, as long as there are not too many. */
function withGroups(text: string, start: number, end: number): readonly [start: number, end: number] {
  const before = groupBefore.exec(text.slice(Math.max(0, start - groupReach), start))?.[0].length ?? 0
  const behind = groupBehind.exec(text.slice(end, end + groupReach))?.[0].length ?? 0
  if (before + behind === 0) return [start, end]
  const wider = [start - before, end + behind] as const
  if (text.slice(...wider).replace(/\D/g, '').length > digitsMax) return [start, end]
  return withGroups(text, ...wider)
}

function startOf(text: string, start: number, end: number): number {
  let at = start
  if (text[at - 1] === '(' && closesMore(text.slice(start, end))) at -= 1
  if (text[at - 1] === '+') return at - 1
  return text[at - 1] === '-' && /[\s(]/.test(text[at - 2] ?? ' ') ? at - 1 : at
}

/** `(02 31) 44 70`: without its first bracket it has one too many. */
function closesMore(number: string): boolean {
  const closing = number.indexOf(')')
  return closing >= 0 && !number.slice(0, closing).includes('(')
}

/** Behind the extension that follows a number, or where it ends. */
function extensionEnd(text: string, end: number): number {
  extension.lastIndex = 0
  return extension.test(text.slice(end, end + reach)) ? end + extension.lastIndex : end
}

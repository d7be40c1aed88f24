import { isSign } from './character.ts'
import { matchesAt } from './pattern.ts'
import { isOneOf, type WordSet } from './word-set.ts'

/** Longest label, angle brackets included; a test holds the recognizers to it. */
export const labelLengthMax = 16

/**
 * Where the label ends that begins at `start`, or `start` where none does.
 * An element of XML may be called like a label; then its text and closing tag follow (`<token>abc</token>`).
 */
export function labelEnd(text: string, start: number, labels: WordSet): number {
  const limit = Math.min(text.length, start + labelLengthMax)
  let end = start + 1
  while (end < limit && !isSign(text, end, '>')) end += 1
  end += 1
  return isWritten(text, start, end, labels) && !isElement(text, start, end) ? end : start
}

/** Whether one of the labels stands in a text. */
export function holdsLabel(text: string, labels: WordSet): boolean {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) if (labelEnd(text, at, labels) > at) return true
  return false
}

/** What may be the content of an element, up to its closing tag. */
const content = /[^<\n]{1,511}<\//y

function isElement(text: string, start: number, end: number): boolean {
  if (!matchesAt(content, text, end)) return false
  const closing = content.lastIndex
  for (let offset = 0; start + 1 + offset < end; offset += 1) {
    if (text.charCodeAt(start + 1 + offset) !== text.charCodeAt(closing + offset)) return false
  }
  return true
}

/** Whether a stretch is a label, or the name inside one. */
export function isLabel(text: string, start: number, end: number, labels: WordSet): boolean {
  return isWritten(text, start, end, labels) || (isSign(text, start - 1, '<') && isWritten(text, start - 1, end + 1, labels))
}

/** Labels are written in lower case only. */
function isWritten(text: string, start: number, end: number, labels: WordSet): boolean {
  if (end > text.length || !isOneOf(labels, text, start, end)) return false
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 0x41 && code <= 0x5a) return false
  }
  return true
}

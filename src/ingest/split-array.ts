/**
 * The elements of a JSON array as they stand in a body. Not `whole`: what is left is no element, since the array has no end or more stands behind it.
 * `beyond_limit`: there are too many, and not all were looked for.
 */
export type ArrayElements = {
  readonly elements: readonly Uint8Array[]
  readonly end: 'whole' | 'truncated' | 'trailing_text' | 'beyond_limit'
  /** The first byte that belongs to none of them. */
  readonly next: number
}

const quote = 0x22
export const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
export const openBrace = 0x7b
const closeBrace = 0x7d

/**
 * Takes the array that begins at `start` apart without asking whether its elements are JSON: each is read by itself, so a broken one costs nothing but
 * itself. Looks at each byte a bounded number of times, whatever stands there. Stops one element past `elementsMax`.
 */
export function splitArray(body: Uint8Array, start: number, elementsMax: number): ArrayElements {
  return splitElements(body, start + 1, elementsMax)
}

/** The same from within an array, behind its bracket or an element: for one that comes in pieces, whose rest begins at `next`. */
export function splitElements(body: Uint8Array, start: number, elementsMax: number): ArrayElements {
  const elements: Uint8Array[] = []
  let at = skipBlanks(body, start)
  while (elements.length <= elementsMax) {
    if (body[at] === closeBracket) {
      // The bracket may follow a comma: many writers leave one.
      const next = skipBlanks(body, at + 1)
      return { elements, end: next < body.length ? 'trailing_text' : 'whole', next }
    }
    const { end, isWhole } = findElementEnd(body, at)
    if (!isWhole) return { elements, end: 'truncated', next: at }
    elements.push(body.subarray(at, end))
    at = skipBlanks(body, body[end] === comma ? end + 1 : end)
  }
  return { elements, end: 'beyond_limit', next: at }
}

/**
 * An element ends at the comma or bracket that is inside of no text, object or array. What no JSON has shows where a broken one ends: the end of the
 * array within an object, an object behind another or where a key must stand, and see `isNewObject`. At the end of the body only what was closed is whole.
 */
export function findElementEnd(body: Uint8Array, start: number): { readonly end: number; readonly isWhole: boolean } {
  let braces = 0
  let brackets = 0
  let last = 0 // The last byte that was no blank.
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at] ?? 0
    const isInside = braces > 0 || brackets > 0
    if (byte === quote) {
      const end = endOfText(body, at + 1)
      if (isInside && isNewObject(body, end)) return { end: lastComma(body, end), isWhole: true }
      at = end
    } else if (byte === openBrace) {
      if (!isInside && last === closeBrace) return { end: at, isWhole: true }
      if (braces > 0 && brackets === 0 && last === comma) return { end: lastComma(body, at), isWhole: true }
      braces += 1
    } else if (byte === openBracket) brackets += 1
    else if (byte === closeBrace) braces = Math.max(0, braces - 1)
    else if (byte === closeBracket) {
      if (brackets === 0 && (!isInside || skipBlanks(body, at + 1) >= body.length)) return { end: at, isWhole: true }
      brackets = Math.max(0, brackets - 1)
    } else if (byte === comma && !isInside) return { end: at, isWhole: true }
    if (!isBlank(byte)) last = byte
  }
  return { end: body.length, isWhole: braces === 0 && brackets === 0 && (last === closeBrace || last === closeBracket) }
}

/** The quote that ends a text, or the end of the body. */
function endOfText(body: Uint8Array, start: number): number {
  for (let end = body.indexOf(quote, start); end >= 0; end = body.indexOf(quote, end + 1)) {
    let slash = end
    while (slash > start && body[slash - 1] === backslash) slash -= 1
    if ((end - slash) % 2 === 0) return end
  }
  return body.length
}

const keyBytesMax = 64
const gapBytesMax = 64

/**
 * Whether the quote that ends a text rather begins the first key of the next element, since a quote is missing or too many before: matches
 * `}, {"key":`, of which the text ended at the first quote. In JSON no letter follows the end of a text.
 */
function isNewObject(body: Uint8Array, end: number): boolean {
  let at = end + 1
  while (at - end <= keyBytesMax && isOfKey(body[at])) at += 1
  if (at === end + 1 || body[at] !== quote || body[skipGap(body, at + 1)] !== colon) return false
  const brace = skipGapBack(body, end - 1)
  const separator = body[brace] === openBrace ? skipGapBack(body, brace - 1) : -1
  return body[separator] === comma && body[skipGapBack(body, separator - 1)] === closeBrace
}

/** The comma before a place: it and the brace that may follow it were seen there. */
function lastComma(body: Uint8Array, before: number): number {
  return body.lastIndexOf(comma, before - 1)
}

function skipGap(body: Uint8Array, from: number): number {
  let at = from
  while (at - from < gapBytesMax && isBlank(body[at])) at += 1
  return at
}

function skipGapBack(body: Uint8Array, from: number): number {
  let at = from
  while (from - at < gapBytesMax && isBlank(body[at])) at -= 1
  return at
}

/** A letter, a digit or one of `_.-`. */
function isOfKey(byte: number | undefined): boolean {
  if (byte === undefined) return false
  const letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2d || byte === 0x2e
}

/** Where the next byte stands that is neither a blank nor a line break. */
export function skipBlanks(body: Uint8Array, from: number): number {
  let at = from
  while (isBlank(body[at])) at += 1
  return at
}

/** A space, a tab or one of the line breaks of ASCII. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)
}

/** Whether UTF-8 says so of itself by the mark of three bytes that some writers put first. */
export function hasByteOrderMark(body: Uint8Array): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
}

import type { Place } from '../place.ts'

/** How far a secret may reach beyond the token that gave it away. */
const reach = 512
const quotedMax = 64

/** Most signs of a password before its first letter and behind its last, that a token leaves out. */
const signsMax = 4

/** What a password may begin or end with that a token leaves out, unless it ends a sentence. */
const startSigns = '!#$%^+~_'
const endSigns = '!~*'
/** What it may begin with where nothing but a blank or a quote stands before; with `*` begins what MySQL makes of one. */
const outerSigns = /[-!#$%^+~_*&;.?@/\\|=:]/
/** What it may end with where a quote or bracket follows. */
const innerSigns = /^[-!#$%^+~_*&;,.?@/\\|=:]{1,4}(?=["'`)])/

/** Where a secret begins and ends of which a token is known: with its signs at both ends, with all of its base64, and with all that stands in quotes together with it. */
export function secretEdges(text: string, start: number, end: number): Place {
  const quoted = quotedEdges(text, start, end)
  if (quoted !== undefined) return quoted
  return { start: signsBefore(text, codingStart(text, base64Start(text, start))), end: signsBehind(text, base64End(text, start, end)) }
}

/** A quote right before the token or its signs, and the next one of its kind on the line: `"gelato al limone"`. */
function quotedEdges(text: string, start: number, end: number): Place | undefined {
  const first = outerStart(text, start) ?? start
  const quote = text.charAt(first - 1)
  if (quote !== '"' && quote !== "'") return undefined
  const close = text.indexOf(quote, end)
  const between = close < 0 || close - start > quotedMax ? '\n' : text.slice(end, close)
  return /^[^\n<>{}()=]*$/.test(between) || /^={1,2}$/.test(between) ? { start: first, end: close } : undefined
}

const coding = 'base64:'

/** Says how a key is written, and goes with it. */
function codingStart(text: string, start: number): number {
  return text.startsWith(coding, start - coding.length) ? start - coding.length : start
}

function signsBefore(text: string, start: number): number {
  let at = outerStart(text, start) ?? start
  while (at > 0 && start - at < 2 * signsMax && startSigns.includes(text.charAt(at - 1))) at -= 1
  return at
}

/** Where the signs before a token begin, if a blank or a quote stands before them. A key ends with `:` or `=`, which are none of its value's alone. */
function outerStart(text: string, start: number): number | undefined {
  let at = start
  while (at > 0 && start - at < signsMax && outerSigns.test(text.charAt(at - 1))) at -= 1
  if (at === start) return undefined
  if (/["'`]/.test(text.charAt(at - 1))) return at
  return /^(?:\s|)$/.test(text.charAt(at - 1)) && !/^[:=./@-]+$/.test(text.slice(at, start)) ? at : undefined
}

/** A word goes on behind a sign that no text sets between words, a piece of a query or a sign of HTML is none: `Compilers&Coffee`. */
const wordBehind = /(?!&\w{2,4};)[&!$%^*]{1,4}[\p{L}\d]{1,64}(?![\p{L}\d]*=)/uy

function signsBehind(text: string, end: number): number {
  let at = end
  for (wordBehind.lastIndex = at; at - end < reach && wordBehind.test(text); wordBehind.lastIndex = at) at = wordBehind.lastIndex
  const inner = innerSigns.exec(text.slice(at, at + signsMax + 1))
  if (inner !== null) return at + inner[0].length
  const last = at
  while (at - last < 2 * signsMax && endSigns.includes(text.charAt(at) || ' ')) at += 1
  return at
}

const pieceBehind = /[/+]([\w-]*)/y
const padding = /={1,2}(?![\w"'=])/y
/** Of a key in quotes, which is longer than the name of an attribute. */
const quotedPadding = /={1,2}(?=["'`])/y
const keyMin = 20

/** Pieces behind `/` and `+` belong to the same base64 where they look as random, and so do the signs that fill it up. */
function base64End(text: string, start: number, end: number): number {
  let at = end
  for (pieceBehind.lastIndex = at; at - end < reach; pieceBehind.lastIndex = at) {
    const piece = pieceBehind.exec(text)
    if (piece === null || !isRandom(piece[1] ?? '')) break
    at = pieceBehind.lastIndex
  }
  const filling = at - start < keyMin ? padding : quotedPadding.test(text.slice(at, at + 3)) ? quotedPadding : padding
  filling.lastIndex = at
  return filling.test(text) ? filling.lastIndex : at
}

function base64Start(text: string, start: number): number {
  let at = start
  while (start - at < reach && (text[at - 1] === '/' || text[at - 1] === '+')) {
    let from = at - 1
    while (from > 0 && start - from < reach && /[\w-]/.test(text.charAt(from - 1))) from -= 1
    if (!isRandom(text.slice(from, at - 1)) || from === at - 1) break
    at = from
  }
  return at
}

/** No word of a path: capitals beside small letters, or digits beside letters; a short rest is nothing by itself. */
function isRandom(piece: string): boolean {
  return piece.length < 3 || (/[A-Z]/.test(piece) && /[a-z]/.test(piece)) || (/\d/.test(piece) && /[A-Za-z]/.test(piece))
}

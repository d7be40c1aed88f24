/** How far a secret may reach beyond the token that gave it away. */
const reach = 512
const quotedMax = 64

/** What a password may begin or end with that a token leaves out, unless it ends a sentence. */
const startSigns = '!#$%^+~_'
const endSigns = '!~*'

/** Where a secret begins and ends of which a token is known: with its signs at both ends, with all of its base64, and with all that stands in quotes together with it. */
export function secretEdges(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const quoted = quotedEdges(text, start, end)
  if (quoted !== undefined) return quoted
  return { start: signsBefore(text, base64Start(text, start)), end: signsBehind(text, base64End(text, end)) }
}

/** A quote right before the token, and the next one of its kind on the line: `"gelato al limone"`. */
function quotedEdges(text: string, start: number, end: number): { readonly start: number; readonly end: number } | undefined {
  const quote = text.charAt(start - 1)
  if (quote !== '"' && quote !== "'") return undefined
  const close = text.indexOf(quote, end)
  const between = close < 0 || close - start > quotedMax ? '\n' : text.slice(end, close)
  return /^[^\n<>{}()=]*$/.test(between) ? { start, end: close } : undefined
}

function signsBefore(text: string, start: number): number {
  let at = start
  while (at > 0 && start - at < 8 && startSigns.includes(text.charAt(at - 1))) at -= 1
  return at
}

function signsBehind(text: string, end: number): number {
  let at = end
  while (at < text.length && at - end < 8 && endSigns.includes(text.charAt(at))) at += 1
  return at
}

const pieceBehind = /[/+]([\w-]*)/y
const padding = /={1,2}(?![\w"'=])/y

/** Pieces behind `/` and `+` belong to the same base64 where they look as random, and so do the signs that fill it up. */
function base64End(text: string, end: number): number {
  let at = end
  for (pieceBehind.lastIndex = at; at - end < reach; pieceBehind.lastIndex = at) {
    const piece = pieceBehind.exec(text)
    if (piece === null || !isRandom(piece[1] ?? '')) break
    at = pieceBehind.lastIndex
  }
  padding.lastIndex = at
  return padding.test(text) ? padding.lastIndex : at
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

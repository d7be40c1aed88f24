import { blank, isIn } from './character.ts'
import { matchesAt } from './pattern.ts'

/** Where the value behind a label stands, without its quotes. */
export type Value = { readonly start: number; readonly end: number }

const valueReach = 4096
const closers = '"\'`)]};,'

/**
 * Reads the value that begins at `start`: a quoted one up to its closing quote, blanks included, or to the end of the line where that is missing;
 * a bare one up to a blank, without the quotes and brackets that close what stands around it, and without a next `key=`.
 */
export function readValue(text: string, start: number): Value | undefined {
  const apart = readBetween(text, start)
  if (apart) return apart
  const escapes = text[start] === '\\' ? 1 : 0
  const quote = text[start + escapes] ?? ''
  const value = quote !== '' && '"\'`'.includes(quote) ? readQuoted(text, start + escapes + 1, quote, escapes === 1) : readBare(text, start)
  return value.end > value.start ? value : undefined
}

/** Quotes that stand thrice, as in TOML and ini files, or differ on both sides, as in letters. */
const between =
  /(?:"{3}[^\n]{1,512}?(?="{3})|'{3}[^\n]{1,512}?(?='{3})|„[^\n„“”"]{1,128}(?=[“”"])|“[^\n“”]{1,128}(?=”)|»[^\n»«]{1,128}(?=«)|›[^\n›‹]{1,128}(?=‹)|«[^\n»«]{1,128}(?=»))/y

function readBetween(text: string, start: number): Value | undefined {
  const isTypographic = text.charCodeAt(start) > 0x7f
  if (!(isTypographic || text[start] === text[start + 2]) || !matchesAt(between, text, start)) return undefined
  return { start: start + (isTypographic ? 1 : 3), end: between.lastIndex }
}

function readQuoted(text: string, start: number, quote: string, isEscaped: boolean): Value {
  const limit = Math.min(text.length, start + valueReach)
  let index = start
  for (; index < limit; index += 1) {
    const character = text[index]
    if (character === '\n') break
    if (character === '\\') {
      if (isEscaped && text[index + 1] === quote) return { start, end: index }
      index += 1
    } else if (character === quote && !isEscaped) return { start, end: index }
  }
  return { start, end: Math.min(index, text.length) }
}

function readBare(text: string, start: number): Value {
  const limit = Math.min(text.length, start + valueReach)
  let end = start
  while (end < limit && !isIn(text, end, blank) && !isBoundary(text, end)) end += 1
  while (end > start && closers.includes(text[end - 1] ?? ' ')) end -= 1
  return { start, end }
}

const nextKey = /[&;,]["']?[\w.-]{1,40}["']?[=:]/y
const closing = /\\?["'`](?:[\s,;:)}\]]|$)/y

/** A quote that closes what stands around the value, a tag, an escaped line break, or the next setting of a list. */
function isBoundary(text: string, index: number): boolean {
  const character = text[index] ?? ' '
  if (character === '\\' && text[index + 1] === 'n') return true
  if (character === '<') return text[index + 1] === '/'
  if ('\\"\'`'.includes(character)) return matchesAt(closing, text, index)
  return '&;,'.includes(character) && matchesAt(nextKey, text, index)
}

import { fieldOfKey, isStartOfKey } from './field.ts'

/** Position of the first character from `at` on that is no JSON white space. */
export function skipSpace(text: string, at: number): number {
  let next = at
  for (; next < text.length; next++) {
    const unit = text.charCodeAt(next)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) break
  }
  return next
}

/** Position of the first quote from `at` on that no backslash escapes; -1 without one. */
export function firstQuote(text: string, at: number): number {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slash = quote
    while (slash > at && text.charCodeAt(slash - 1) === 0x5c) slash -= 1
    if ((quote - slash) % 2 === 0) return quote
  }
  return -1
}

/** Where a text of the body begins, its key in lower case, and the keys that came before. */
type Opening = { readonly start: number; readonly key: string; readonly seen: ReadonlySet<string> }

/** A quote, -1 when none fits, and how many characters were looked at to find it. */
type FoundQuote = { readonly at: number; readonly steps: number }

/** The first quote of a short text behind which another field or the end follows; only a few quotes are tried, as few can be meant. */
export function quoteBeforeField(text: string, opening: Opening): FoundQuote {
  let quote = text.indexOf('"', opening.start)
  for (let tries = 0; quote >= 0 && tries < shortTextQuotesMax; tries++) {
    if (mayFollow(text, quote + 1)) {
      fieldStart.lastIndex = quote + 1
      const next = fieldStart.exec(text)
      if (next !== null && !opening.seen.has(next[1]?.toLowerCase() ?? '')) return { at: quote, steps: quote - opening.start }
    }
    quote = text.indexOf('"', quote + 1)
  }
  return { at: -1, steps: (quote < 0 ? text.length : quote) - opening.start }
}

/**
 * The quote that ends a log in which quotes are not escaped: the first one behind which the body reads as further fields up to its end.
 * A log may hold text that looks like a field (`"repo_source": "x"`), so each key behind the quote must be one that has not come yet,
 * and the first of them one of ours. Where no quote leads to the end, the one with the most fields behind it is taken.
 */
export function quoteBeforeEnd(text: string, opening: Opening): FoundQuote {
  let best = { at: -1, score: 0 }
  let steps = 0
  for (let quote = text.indexOf('"', opening.start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    if (!mayFollow(text, quote + 1)) continue
    const tail = followTail(text, quote + 1, opening)
    steps += tail.at - quote
    if (tail.score > best.score) best = { at: quote, score: tail.score }
    if (tail.score === wholeTail) break
  }
  return { at: best.at, steps: steps + text.length - opening.start }
}

/** Whether what stands here can follow a value at all; for most quotes in a log this is the only look. */
function mayFollow(text: string, at: number): boolean {
  const next = text.charCodeAt(at)
  return next === 0x2c || next === 0x7d || next <= 0x20 || at >= text.length
}

const shortTextQuotesMax = 16

/** The next field up to its colon, or the end: matches `, "nsapp":`, `\n}` and an end of the text; must not match `, nsapp`. */
const fieldStart = /(?:\s{0,64},\s{0,64}|[ \t\r]{0,64}\n\s{0,64})"([a-z_]{1,64})"\s{0,64}:|\s{0,64}\}|\s{0,64}$/iy
/** The fields behind a quote lead to the end of the object and of the body. */
const wholeTail = 1000
/** They lead to the end of a body that was cut. */
const cutTail = 500
/** More fields than a client sends, few enough that each character is looked at only that often. */
const tailFieldsMax = 48
const cutTailCharactersMax = 256

/**
 * One field behind a text: matches `, "disk_size": 32G` and `\n"method": "default"` when `,`, `}` or a line break follows;
 * must not match ` "method": "default"` on the same line. Each repeat has a bound, so a hostile body cannot make it slow.
 */
const tailField =
  /(?:\s{0,64},\s{0,64}|[ \t\r]{0,64}\n\s{0,64})"([a-z_]{1,64})"\s{0,64}:\s{0,64}(?:"(?:[^"\\]|\\[\s\S]){0,1024}"|[\w.+-]{0,64}|\[[^[\]{}]{0,256}\]|\{[^[\]{}]{0,256}\})(?=\s{0,64}[,}]|\s{0,64}$|[ \t\r]{0,64}\n)/iy
/** What is left of a field where a body was cut, from the comma on, with as much of its key as there is. */
const cutField = /^\s*(?:,\s*(?:"([a-z_]*)(?:"\s*(?::\s*(?:"[^"]*|[\w.+-]*)?)?)?)?)?$/i

/** How far the text behind a quote reads as `, "key": value`, and what that is worth. */
function followTail(text: string, from: number, opening: Opening): { readonly at: number; readonly score: number } {
  const keys: string[] = []
  let at = from
  while (keys.length < tailFieldsMax) {
    tailField.lastIndex = at
    const key = tailField.exec(text)?.[1]?.toLowerCase()
    if (key === undefined || keys.includes(key) || !isExpected(key, keys.length, opening)) break
    keys.push(key)
    at = tailField.lastIndex
  }
  const end = skipSpace(text, at)
  if (text[end] === '}') {
    const stop = skipSpace(text, end + 1)
    return { at: stop, score: stop >= text.length ? wholeTail : keys.length + 1 }
  }
  return { at: end, score: isCut(text, at) ? cutTail + keys.length : keys.length }
}

/** No key comes twice. The first must be one of ours, others may be of a newer client. */
function isExpected(key: string, position: number, { key: own, seen }: Opening): boolean {
  return key !== own && !seen.has(key) && (position > 0 || fieldOfKey(key) !== undefined)
}

function isCut(text: string, at: number): boolean {
  if (text.length - at > cutTailCharactersMax) return false
  const rest = cutField.exec(text.slice(at))
  return rest !== null && isStartOfKey(rest[1] ?? '')
}

import { unescapeText } from './repair-escape.ts'
import { firstQuote, quoteBeforeEnd, quoteBeforeField, skipSpace } from './repair-quote.ts'
import type { RepairCode } from './repair-rule.ts'

/** Stands for an object or array inside the body: no field of ours has one. */
export const nested: unique symbol = Symbol('nested')

/** A key and its value as they stand in a body. */
export type Pair = { readonly key: string; readonly value: string | number | boolean | null | typeof nested }

/** How the end of a text is found: at its first quote, or at the quote behind which other fields follow. */
type Quoting = 'strict' | 'lenient'

/**
 * What could be read from a body, in its order. `isClean` is false when text had to be skipped or the body ended early.
 * `steps` counts the characters looked at; it stays within a fixed multiple of the length of the body.
 */
type Reading = {
  readonly pairs: readonly Pair[]
  readonly repairs: readonly RepairCode[]
  readonly isClean: boolean
  /** Position behind the object. */
  readonly end: number
  readonly steps: number
}

/**
 * Reads the fields of one JSON object from a body that need not be JSON: raw control characters, escapes of the shell, units on numbers,
 * missing values, text behind the end and a missing end are all read as meant. Undefined when the body does not begin with an object.
 * Quotes inside a text are only suspected when the body makes no sense without: first every quote is taken at its word.
 */
export function repairBody(text: string): Reading | undefined {
  const strict = readPairs(text, 'strict')
  if (strict === undefined || (strict.isClean && !isEndInside(text, strict.end))) return strict
  const lenient = readPairs(text, 'lenient')
  if (lenient === undefined) return strict
  return { ...(strict.isClean && !lenient.isClean ? strict : lenient), steps: strict.steps + lenient.steps }
}

/** Whether an object seems to end within its own log: what follows ends as a body does, but is no further object. */
function isEndInside(text: string, end: number): boolean {
  let next = skipSpace(text, end)
  while (text[next] === '{') {
    const further = readPairs(text, 'strict', next)
    if (!further?.isClean) break
    next = skipSpace(text, further.end)
  }
  return next < text.length && text.trimEnd().endsWith('}')
}

/** Reads the pairs of an object in their order, repeats included; undefined when the text does not begin with an object. */
export function readPairs(text: string, quoting: Quoting, at = 0): Reading | undefined {
  const start = skipSpace(text, at)
  return text[start] === '{' ? new PairReader(text, start + 1, quoting).read() : undefined
}

class PairReader {
  readonly #text: string
  readonly #quoting: Quoting
  readonly #pairs: Pair[] = []
  readonly #seen = new Set<string>()
  readonly #repairs = new Set<RepairCode>()
  #at: number
  #steps = 0
  #isClean = true
  #isBehindValue = false

  constructor(text: string, start: number, quoting: Quoting) {
    this.#text = text
    this.#at = start
    this.#quoting = quoting
  }

  read(): Reading {
    while (this.#readPart()) this.#steps += 1
    return { pairs: this.#pairs, repairs: [...this.#repairs], isClean: this.#isClean, end: this.#at, steps: this.#steps + this.#at }
  }

  /** One pair, a comma, or text that is neither; false at the end of the object. Each call moves on by at least one character. */
  #readPart(): boolean {
    const before = this.#at
    const start = skipSpace(this.#text, before)
    this.#at = start
    if (start >= this.#text.length) return this.#endEarly()
    const mark = this.#text[start]
    if (mark === '}') {
      if (!this.#isBehindValue && this.#pairs.length > 0) this.#repairs.add('body:comma')
      return this.#end()
    }
    if (mark === ',') {
      this.#at += 1
      if (!this.#isBehindValue) this.#repairs.add('body:comma')
      this.#isBehindValue = false
      return true
    }
    // Between two lines the comma may be missing; within a line it is more likely that a log with quotes was taken apart.
    if (this.#isBehindValue && !this.#text.slice(before, start).includes('\n')) this.#isClean = false
    const key = mark === '"' ? this.#readKey() : undefined
    if (key === undefined) return this.#skipMisplaced(start)
    const value = this.#readValue(key)
    if (value === undefined) return this.#endEarly()
    if (this.#isBehindValue) this.#repairs.add('body:comma')
    this.#seen.add(key.toLowerCase())
    this.#pairs.push({ key, value })
    this.#isBehindValue = true
    return true
  }

  /** A name in quotes and its colon. When that is not what stands here: undefined, at the quote with which a name may begin, or at the end. */
  #readKey(): string | undefined {
    const start = this.#at + 1
    const end = firstQuote(this.#text, start)
    this.#at = end < 0 ? this.#text.length : end
    this.#steps += this.#at - start
    const colon = skipSpace(this.#text, this.#at + 1)
    if (this.#text[colon] !== ':') return undefined
    this.#at = skipSpace(this.#text, colon + 1)
    const key = this.#text.slice(start, end)
    // No client names a field so; more likely a log with quotes was taken apart.
    if (!likelyKey.test(key)) this.#isClean = false
    return key.includes('\\') ? unescapeText(key).text : key
  }

  /** The value that begins here; undefined when the body ends within it. */
  #readValue(key: string): Pair['value'] | undefined {
    const mark = this.#text[this.#at]
    if (mark === '"') return this.#readText(key)
    return mark === '{' || mark === '[' ? this.#skipNested() : this.#readBare()
  }

  #readText(key: string): string | undefined {
    const start = this.#at + 1
    const first = firstQuote(this.#text, start)
    const end = this.#quoting === 'strict' ? first : this.#findEnd(start, first, key)
    // A body that was cut within its log still tells most of it; half of a short text would be a wrong value.
    if (end < 0 && key !== 'error') return undefined
    const stop = end < 0 ? this.#text.length : end
    if (end !== first) this.#repairs.add(key === 'error' ? 'error:unescaped_quote' : 'body:unescaped_quote')
    const read = unescapeText(this.#text.slice(start, stop))
    for (const rule of read.rules) this.#repairs.add(`body:${rule}`)
    this.#steps += stop - start
    this.#at = stop + 1
    return read.text
  }

  /** Only a log is searched to the end of the body; a short text without a likely end takes its first quote. */
  #findEnd(start: number, first: number, key: string): number {
    const opening = { start, key: key.toLowerCase(), seen: this.#seen }
    const found = key === 'error' ? quoteBeforeEnd(this.#text, opening) : quoteBeforeField(this.#text, opening)
    this.#steps += found.steps
    return found.at < 0 && key !== 'error' ? first : found.at
  }

  /** Passes an object or array without recursion, so that its depth costs nothing. */
  #skipNested(): typeof nested | undefined {
    let depth = 0
    while (this.#at < this.#text.length) {
      const mark = this.#text[this.#at++]
      if (mark === '{' || mark === '[') depth += 1
      else if (mark === '"') {
        const end = firstQuote(this.#text, this.#at)
        if (end < 0) return undefined
        this.#at = end + 1
      } else if ((mark === '}' || mark === ']') && --depth === 0) return nested
    }
    return undefined
  }

  /** What stands without quotes: a number, a word of JSON, a number with its unit, a bare text, or nothing at all. */
  #readBare(): Pair['value'] | undefined {
    const start = this.#at
    bareEnd.lastIndex = start
    const end = bareEnd.test(this.#text) ? bareEnd.lastIndex - 1 : -1
    if (end < 0) return undefined
    this.#at = end
    const bare = this.#text.slice(start, end).trimEnd()
    const word = words.get(bare)
    if (word !== undefined) return word
    if (bare === '') this.#repairs.add('body:empty_value')
    else if (bare.length <= numberCharactersMax && jsonNumber.test(bare)) return Number(bare)
    else if (!/^[+-]?\d/.test(bare)) this.#repairs.add('body:unquoted_text')
    return bare
  }

  /** Moves to the next quote, unless a name that is none has already led there. */
  #skipMisplaced(start: number): true {
    if (this.#at === start) {
      const quote = this.#text.indexOf('"', start)
      this.#at = quote < 0 ? this.#text.length : quote
      this.#steps += this.#at - start
    }
    if (this.#at < this.#text.length) this.#note('body:misplaced_text')
    this.#isBehindValue = false
    return true
  }

  #endEarly(): false {
    this.#note('body:truncated')
    return false
  }

  #end(): false {
    this.#at += 1
    if (skipSpace(this.#text, this.#at) < this.#text.length) this.#repairs.add('body:trailing_text')
    return false
  }

  #note(code: RepairCode): void {
    this.#isClean = false
    this.#repairs.add(code)
  }
}

const likelyKey = /^[\w.-]{1,64}$/
const numberCharactersMax = 64
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const bareEnd = /[,}\n]/g
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

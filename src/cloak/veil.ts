import { mayBeCode } from '../base/terminal-code.ts'
import { isVeilSign } from './bare-text.ts'
import { colon, digit, isIn } from './character.ts'
import { endAt, matchesAt } from './pattern.ts'

/** What may keep recognizers from a value: signs that `bareText` takes away, or a spelled blank or code that stays but ends what stands before it. */
export type Veil = 'none' | 'cut' | 'boundary'

const percent = 0x25
const openBracket = 0x5b
const backslash = 0x5c
const escapeSign = 0x1b

/** The signs that `veilAt` has to be asked about; all others are none. */
export const veilSigns = '%[\\\x1b'

/** What stands at a sign. `cut` may also be told of a text that has nothing to cut. */
export function veilAt(text: string, at: number): Veil {
  const code = text.charCodeAt(at)
  if (code >= 0x80) return isVeilSign(code) ? 'cut' : 'none'
  if (code === escapeSign) return 'cut'
  if (!mayOpen(text, at, code)) return 'none'
  if (mayBeCode(text, at)) return 'cut'
  return matchesAt(boundary, text, at) ? 'boundary' : 'none'
}

const afterBackslash = new Set([...'nrtfvux013e\\'].map((sign) => sign.charCodeAt(0)))
const afterPercent = new Set([...'01235'].map((sign) => sign.charCodeAt(0)))
/** What stands in `[` behind its numbers, and what may stand there without any. */
const afterNumbers = new Set([...'ABCDEFGHJKSTfhlmr'].map((sign) => sign.charCodeAt(0)))
const afterBracket = new Set([...'?mK[]('].map((sign) => sign.charCodeAt(0)))
const numbersReach = 64

/** Tells nearly all of these signs from those that begin a code or a boundary, without a pattern. */
function mayOpen(text: string, at: number, code: number): boolean {
  if (at + 1 >= text.length) return false
  const next = text.charCodeAt(at + 1)
  if (code === backslash) return afterBackslash.has(next)
  if (code === percent) return afterPercent.has(next)
  if (code !== openBracket) return false
  if (afterBracket.has(next)) return true
  let end = at + 1
  while (end < text.length && end - at < numbersReach && (isIn(text, end, digit | colon) || text[end] === ';')) end += 1
  return end > at + 1 && (end === text.length || afterNumbers.has(text.charCodeAt(end)))
}

/**
 * A blank, quote or bracket that something else spelled out, or what may be a terminal code without its escape character, and a value right behind it:
 * matches `\n` in `\n10.0.0.5`, `%20`, `\u000a`, `[K` in `[K10.0.0.5`; must not match `\d`, `\n"`, `%2b`, `[main]`.
 */
const boundary =
  /(?:\\{1,4}(?:[nrtfv]|u00(?:0[9a-d]|2[027]|3[c-e])|x(?:0[9a-dA-D]|2[027]|3[c-eC-E])|0?1[1-5]|0?40)|%(?:0[9adAD]|2[02789cC]|3[b-eB-E]|5[bdBD])|\[(?:\d{1,3}[A-HJKSTm]|[Km])(?![\w ]{0,24}\]))(?=[\w:~/<]|[^\0-\x7f])/y

/** The end of the boundary that `veilAt` found at `at`. */
export function boundaryEnd(text: string, at: number): number {
  return endAt(boundary, text, at, at)
}

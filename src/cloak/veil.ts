import { mayBeCode } from '../base/terminal-code.ts'
import { isVeilSign } from './bare-text.ts'

/** What may keep recognizers from a value: signs that `bareText` takes away, or a spelled blank or code that stays but ends what stands before it. */
export type Veil = 'none' | 'cut' | 'boundary'

const escapeSign = 0x1b
/** What may stand behind each sign when it begins a code or a boundary: most do not, and this tells them at a glance. */
const openings: ReadonlyMap<number, string> = new Map([
  [0x25, '01235'],
  [0x5b, '0123456789?mK[]('],
  [0x5c, 'nrtfvux013e\\'],
])

/** The signs that `veilAt` has to be asked about; all others are none. */
export const veilSigns = '%[\\\x1b'

/** What stands at a sign. `cut` may also be told of a text that has nothing to cut. */
export function veilAt(text: string, at: number): Veil {
  const code = text.charCodeAt(at)
  if (code >= 0x80) return isVeilSign(code) ? 'cut' : 'none'
  if (code === escapeSign) return 'cut'
  const opening = openings.get(code)
  if (opening === undefined || !opening.includes(text[at + 1] ?? ' ')) return 'none'
  if (mayBeCode(text, at)) return 'cut'
  boundary.lastIndex = at
  return boundary.test(text) ? 'boundary' : 'none'
}

/**
 * A blank, quote or bracket that something else spelled out, or what may be a terminal code without its escape character, and a value right behind it:
 * matches `\n` in `\n10.0.0.5`, `%20`, `\u000a`, `[K` in `[K10.0.0.5`; must not match `\d`, `\n"`, `%2b`, `[main]`.
 */
const boundary =
  /(?:\\{1,4}(?:[nrtfv]|u00(?:0[9a-d]|2[027]|3[c-e])|x(?:0[9a-dA-D]|2[027]|3[c-eC-E])|0?1[1-5]|0?40)|%(?:0[9adAD]|2[02789cC]|3[b-eB-E]|5[bdBD])|\[(?:\d{1,3}[A-HJKSTm]|[Km])(?![\w ]{0,24}\]))(?=[\w:~/<]|[^\0-\x7f])/y

/** The end of the boundary that `veilAt` found at `at`. */
export function boundaryEnd(text: string, at: number): number {
  boundary.lastIndex = at
  return boundary.test(text) ? boundary.lastIndex : at
}

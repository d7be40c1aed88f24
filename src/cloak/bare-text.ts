import { countLeading } from '../base/search.ts'
import { type Cut, type CutText, cutOut, cutTerminalCodes } from '../base/terminal-code.ts'
import type { Place } from './place.ts'

/**
 * What a text reads as: without terminal codes and signs of no width, and with look-alikes of ASCII as what they look like.
 * They hide a value from every recognizer (`10.0.\x1b[1m0.5`, `jo＠example.com`). Doing it again changes nothing.
 */
export function bareText(text: string): BareText {
  const shown = cutOut(foldWide(text), noWidth)
  const bare = cutTerminalCodes(shown.text, shown.seams)
  return { ...bare, shown: shown.cuts }
}

/** `cuts` are codes, in the text without the signs of no width, which are `shown` as cuts of the text itself. */
export type BareText = CutText & { readonly shown: readonly Cut[] }

/** Where in the text itself something stands that stands somewhere in the bare one; what was cut within it is part of it. `end` is exclusive. */
export function placeInText({ cuts, shown }: BareText, { start, end }: Place): Place {
  return spanBefore(shown, spanBefore(cuts, { start, end }))
}

/** Where in the text itself the terminal codes stand. */
export function codesInText({ cuts, shown }: BareText): readonly Place[] {
  return cuts.map((cut) => spanBefore(shown, cut))
}

function spanBefore(cuts: readonly Cut[], { start, end }: Place): Place {
  return { start: placeBefore(cuts, start), end: placeBefore(cuts, end - 1) + 1 }
}

/** Where the sign at a place stood before the cuts were made. */
function placeBefore(cuts: readonly Cut[], place: number): number {
  const last = cuts[countLeading(cuts.length, (number) => (cuts[number]?.at ?? 0) <= place) - 1]
  return last === undefined ? place : Math.max(last.start, last.end - last.blanks + place - last.at)
}

/** Full-width and small forms of ASCII: matches `＠`, `１`, `﹫`, must not match `。`, `ｱ`. */
const wide = /[\uff01-\uff5e\ufe50\ufe52\ufe54-\ufe57\ufe59-\ufe66\ufe68-\ufe6b]/g

/** Each sign stays one, so that places stay. */
function foldWide(text: string): string {
  return text.replace(wide, (sign) => sign.normalize('NFKC'))
}

/** Signs of no width beside ASCII, where they only hide; between other letters and in emoji they have a meaning and stay. */
const noWidthSign = '[\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]'
const ascii = '[\\x00-\\x9f\\u241b]'
const noWidth = new RegExp(`(?<=${ascii})${noWidthSign}+|(?<!${noWidthSign})${noWidthSign}+(?=${ascii})`, 'g')

/** Whether `bareText` may change a text at this sign beyond ASCII. */
export function isVeilSign(code: number): boolean {
  if (code < 0xad) return code === 0x9b
  if (code < 0x200b) return code === 0xad || code === 0x180e
  return code <= 0x2069 || code === 0x241b || (code >= 0xfe50 && code <= 0xfe6b) || code === 0xfeff || (code >= 0xff01 && code <= 0xff5e)
}

/** Classes of ASCII characters as bits, so that one table look-up answers any union of them. */
export const digit = 1
export const hex = 2
export const letter = 4
export const hyphen = 8
export const underscore = 16
export const dot = 32
const base64Extra = 64
export const blank = 128
export const colon = 256
/** A letter of a name beyond ASCII, see `isForeignLetter`. */
export const foreign = 512
/** Before the text, behind it, or a character of no other class. */
export const other = 1024
export const capital = 2048
export const anything = 2 * capital - 1

export const alphanumeric = digit | letter
export const word = alphanumeric | underscore
export const labelOfHost = word | hyphen
export const base64 = alphanumeric | base64Extra
export const base64Url = word | hyphen

/** By the code of a character, so that one look-up answers for any. */
const classes = new Uint16Array(0x1_0000).fill(other)
classes.fill(foreign, 0xc0, 0x2000)
addClass('0123456789', digit | hex)
addClass('abcdefABCDEF', hex)
addClass('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter)
addClass('ABCDEFGHIJKLMNOPQRSTUVWXYZ', capital)
addClass('-', hyphen)
addClass('_', underscore)
addClass('.', dot)
addClass('+/', base64Extra)
addClass(' \t\n\r\v\f', blank)
addClass(':', colon)

/** All classes of the character at `index`, never none. */
export function classesAt(text: string, index: number): number {
  return index < 0 || index >= text.length ? other : (classes[text.charCodeAt(index)] ?? other)
}

/** Whether the character at `index` is in one of the classes; false outside the text, where `charCodeAt` would give NaN, slowly. */
export function isIn(text: string, index: number, mask: number): boolean {
  return index >= 0 && index < text.length && ((classes[text.charCodeAt(index)] ?? 0) & mask) !== 0
}

/** Whether one of the signs, all of ASCII, stands at `index`; false outside the text. */
export function isSign(text: string, index: number, signs: string): boolean {
  if (index < 0 || index >= text.length) return false
  const code = text.charCodeAt(index)
  for (let number = 0; number < signs.length; number += 1) if (signs.charCodeAt(number) === code) return true
  return false
}

/** Whether a character beyond ASCII stands at `index`; false outside the text. */
export function isBeyondAscii(text: string, index: number): boolean {
  return index >= 0 && index < text.length && text.charCodeAt(index) >= 0x80
}

/** Whether a blank of any kind stands at `index`, as `\s` of patterns means it. */
export function isSpace(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return false
  return isIn(text, index, blank) || (text.charCodeAt(index) >= 0x80 && /\s/.test(text.charAt(index)))
}

/** Letters of names beyond ASCII (`müller.de`), without the typographic quotes that stand around names in messages. */
export function isForeignLetter(text: string, index: number): boolean {
  return isIn(text, index, foreign)
}

/** Where the run of `mask` that begins at `from` ends, at most `reach` characters on. */
export function runRight(text: string, from: number, mask: number, reach: number): number {
  const limit = Math.min(text.length, from + reach)
  let index = from
  while (index < limit && ((classes[text.charCodeAt(index)] ?? 0) & mask) !== 0) index += 1
  return index
}

/** Where the run of `mask` that ends just before `to` begins, at most `reach` characters back. */
export function runLeft(text: string, to: number, mask: number, reach: number): number {
  const limit = Math.max(0, to - reach)
  let index = to
  while (index > limit && isIn(text, index - 1, mask)) index -= 1
  return index
}

/** Like `runRight` for parts of a host name or mail address, where letters beyond ASCII count too. */
export function nameRight(text: string, from: number, mask: number, reach: number): number {
  return runRight(text, from, mask | foreign, reach)
}

/** Like `runLeft` for parts of a host name or mail address, where letters beyond ASCII count too. */
export function nameLeft(text: string, to: number, mask: number, reach: number): number {
  return runLeft(text, to, mask | foreign, reach)
}

/** What is of a class is of no class `other`. */
function addClass(characters: string, bit: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0)
    classes[code] = ((classes[code] ?? 0) & ~other) | bit
  }
}

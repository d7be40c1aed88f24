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
export const anything = 2 * other - 1

export const alphanumeric = digit | letter
export const word = alphanumeric | underscore
export const labelOfHost = word | hyphen
export const base64 = alphanumeric | base64Extra
export const base64Url = word | hyphen

const classes = new Uint16Array(128)
addClass('0123456789', digit | hex)
addClass('abcdefABCDEF', hex)
addClass('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter)
addClass('-', hyphen)
addClass('_', underscore)
addClass('.', dot)
addClass('+/', base64Extra)
addClass(' \t\n\r\v\f', blank)
addClass(':', colon)

/** All classes of the character at `index`, never none. */
export function classesAt(text: string, index: number): number {
  if (index < 0 || index >= text.length) return other
  const code = text.charCodeAt(index)
  if (code < 128) return classes[code] || other
  return isForeignCode(code) ? foreign : other
}

/** Whether the character at `index` is in one of the classes; false outside the text and for all that is not ASCII. */
export function isIn(text: string, index: number, mask: number): boolean {
  if (index < 0 || index >= text.length) return false // Here `charCodeAt` would give NaN, slowly.
  const code = text.charCodeAt(index)
  return code < 128 && ((classes[code] ?? 0) & mask) !== 0
}

/** Letters of names beyond ASCII (`müller.de`), without the typographic quotes that stand around names in messages. */
export function isForeignLetter(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return false
  return isForeignCode(text.charCodeAt(index))
}

function isForeignCode(code: number): boolean {
  return code >= 0xc0 && code < 0x2000
}

/** Where the run of `mask` that begins at `from` ends, at most `reach` characters on. */
export function runRight(text: string, from: number, mask: number, reach: number): number {
  const limit = Math.min(text.length, from + reach)
  let index = from
  while (index < limit && isIn(text, index, mask)) index += 1
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
  const limit = Math.min(text.length, from + reach)
  let index = from
  while (index < limit && (isIn(text, index, mask) || isForeignLetter(text, index))) index += 1
  return index
}

/** Like `runLeft` for parts of a host name or mail address, where letters beyond ASCII count too. */
export function nameLeft(text: string, to: number, mask: number, reach: number): number {
  const limit = Math.max(0, to - reach)
  let index = to
  while (index > limit && (isIn(text, index - 1, mask) || isForeignLetter(text, index - 1))) index -= 1
  return index
}

function addClass(characters: string, bit: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0)
    classes[code] = (classes[code] ?? 0) | bit
  }
}

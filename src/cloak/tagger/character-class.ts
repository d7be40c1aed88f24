/** What a character is to the tagger: one class each, so that one look-up answers. */
export const blank = 1
export const lineBreak = 2
export const delimiter = 3
/** From here on a character is part of a token. */
export const sign = 4
export const digit = 5
export const upper = 6
export const lower = 7

/** The class of each UTF-16 unit. Whatever is beyond Latin and no sign is a letter in lower case: most scripts have no other. */
export const classOf: Uint8Array = makeClasses()

function makeClasses(): Uint8Array {
  const table = new Uint8Array(0x1_0000).fill(lower)
  table.fill(blank, 0, 0x21)
  table.fill(sign, 0x21, 0x80)
  table.fill(digit, 0x30, 0x3a)
  table.fill(upper, 0x41, 0x5b)
  table.fill(lower, 0x61, 0x7b)
  table.fill(sign, 0x80, 0xc0)
  table.fill(upper, 0xc0, 0xdf)
  table.fill(delimiter, 0x2000, 0x2c00)
  table.fill(delimiter, 0x3000, 0x3040)
  table.fill(sign, 0xd800, 0xf900)
  table.fill(sign, 0xfe00, 0xfe10)
  set('"\'`<>(){}[],;=:@\\/|&?«»', delimiter)
  set('\u00a0\u2028\u2029\u3000', blank)
  set('\n\r', lineBreak)
  return table

  function set(characters: string, value: number): void {
    for (const character of characters) table[character.charCodeAt(0)] = value
  }
}

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { visibleText } from '../../src/base/visible-text.ts'

describe('a text shown in one line', () => {
  test.each([
    ['a sign that turns the text', 'imm\u202eich', 'imm[U+202E]ich'],
    ['isolates', '\u2066docker\u2069', '[U+2066]docker[U+2069]'],
    ['a space of no width', 'immich\u200b', 'immich[U+200B]'],
    ['a joiner beside ASCII', 'im\u200dmich', 'im[U+200D]mich'],
    ['two joiners in a row', 'é\u200d\u200dé', 'é[U+200D][U+200D]é'],
    ['a byte order mark and a soft hyphen', '\ufeffa\u00adb', '[U+FEFF]a[U+00AD]b'],
    ['a tag beyond the first plane', 'a\u{e0041}', 'a[U+E0041]'],
    ['a blank letter of Hangul', 'a\u3164', 'a[U+3164]'],
    ['line breaks', 'a\r\nb\u2028c\u0085d', 'a b c d'],
    ['a terminal code', 'a\u001b[31mb', 'a [31mb'],
  ])('shows %s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  test.each(['home-assistant 2026.3', 'grüße', '漢字', 'سلام', '👩\u200d💻 team', 'می\u200cخواهم', ''])('leaves %j as it is', (text) => {
    expect(visibleText(text)).toBe(text)
  })

  test('is the same when it is shown again, and hides no sign that turns text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const shown = visibleText(text)
        expect(visibleText(shown)).toBe(shown)
        expect(shown).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })
})

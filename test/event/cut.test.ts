import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { cutBytes, cutCharacters } from '../../src/event/cut.ts'

describe('texts are cut between characters', () => {
  test.each([
    ['short texts stay', 'abc', 3, 'abc', 'abc'],
    ['plain letters', 'abcdef', 3, 'abc', 'def'],
    ['a pair at the cut goes whole', 'ab😀cd', 3, 'ab', 'cd'],
    ['a pair before the cut stays whole', 'a😀b', 3, 'a😀', '😀b'],
    ['nothing', 'abc', 0, '', ''],
  ])('cutCharacters: %s', (_, text, max, head, tail) => {
    expect(cutCharacters(text, max, 'head')).toBe(head)
    expect(cutCharacters(text, max, 'tail')).toBe(tail)
  })

  test.each([
    ['short texts stay', 'äöü', 6, 'äöü', 'äöü'],
    ['two bytes', 'äöü', 5, 'äö', 'öü'],
    ['three bytes', '€€', 5, '€', '€'],
    ['four bytes', '😀😀', 7, '😀', '😀'],
    ['a mixture', 'a€b', 3, 'a', 'b'],
    ['nothing', 'ä', 1, '', ''],
  ])('cutBytes: %s', (_, text, max, head, tail) => {
    expect(cutBytes(text, max, 'head')).toBe(head)
    expect(cutBytes(text, max, 'tail')).toBe(tail)
  })

  test('what is left is a well formed part within the limit, and one more character would not fit', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(text, fc.nat(50), fc.constantFrom('head' as const, 'tail' as const), (whole, max, keep) => {
        const bytes = cutBytes(whole, max, keep)
        const units = cutCharacters(whole, max, keep)
        expect(Buffer.byteLength(bytes)).toBeLessThanOrEqual(max)
        expect(units.length).toBeLessThanOrEqual(max)
        for (const part of [bytes, units]) {
          expect(part.isWellFormed()).toBe(true)
          expect(keep === 'head' ? whole.startsWith(part) : whole.endsWith(part)).toBe(true)
        }
        if (bytes !== whole) expect(Buffer.byteLength(bytes)).toBeGreaterThan(max - 4)
        if (units !== whole) expect(units.length).toBeGreaterThanOrEqual(max - 1)
      }),
      { seed: 20_261_122 },
    )
  })
})

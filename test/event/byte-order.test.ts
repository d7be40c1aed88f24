import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { compareBytes, sortedSet, uniteSets } from '../../src/event/byte-order.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 6 })
const manyTexts = fc.array(fc.string({ unit: 'binary', maxLength: 2 }), { maxLength: 12 })

test('compareBytes orders as the UTF-8 bytes do', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))),
  )
})

test.each([
  ['a prefix before the longer text', 'ab', 'abc'],
  ['capitals before small letters', 'Z', 'a'],
  ['U+FFFD before a character beyond it', '\ufffd', '\u{1f4a5}'],
  ['the first difference before the length', 'aaaa', 'b'],
])('compareBytes puts %s', (_name, first, second) => {
  expect(compareBytes(first, second)).toBeLessThan(0)
  expect(compareBytes(second, first)).toBeGreaterThan(0)
})

test('uniteSets gives the smallest texts of both, and its left set where the right adds nothing', () => {
  fc.assert(
    fc.property(manyTexts, manyTexts, fc.integer({ min: 1, max: 8 }), (a, b, sizeMax) => {
      const left = sortedSet(a, sizeMax)
      const right = sortedSet(b, sizeMax)
      expect(uniteSets(left, right, sizeMax)).toEqual(sortedSet([...a, ...b], sizeMax))
      expect(uniteSets(left, left.slice(0, 1), sizeMax)).toBe(left)
    }),
  )
})

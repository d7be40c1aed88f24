import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { isOneOf, isWordAt, makeWordSet } from '../../src/cloak/word-set.ts'

const words = ['host', 'local', 'localdomain', 'x-1', 'home.arpa', 'a']
const set = makeWordSet(words)

test.each([
  ['a word', 'local', true],
  ['a word in capitals', 'LocalDomain', true],
  ['a sign in a word', 'home.arpa', true],
  ['the beginning of a word', 'loca', false],
  ['more than a word', 'locals', false],
  ['nothing', '', false],
  ['a sign that differs from another in the bit of the case', 'home\x0earpa', false],
  ['a letter beyond ASCII', 'h\u00f6st', false],
])('a set of words is asked about %s (%j)', (_, word, isIn) => {
  expect(isOneOf(set, word, 0, word.length)).toBe(isIn)
})

test('a stretch is judged without what stands around it', () => {
  expect(isOneOf(set, 'my host is', 3, 7)).toBe(true)
  expect(isOneOf(set, 'my host is', 3, 8)).toBe(false)
  expect(isWordAt('my HOST', 3, 'host')).toBe(true)
  expect(isWordAt('my hos', 3, 'host')).toBe(false)
})

test('any set knows its words and no others', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abz09.-_'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), word, (list, other) => {
      const made = makeWordSet(list)
      for (const one of list) expect(isOneOf(made, ` ${one.toUpperCase()} `, 1, 1 + one.length)).toBe(true)
      expect(isOneOf(made, other, 0, other.length)).toBe(list.includes(other))
    }),
    { numRuns: 2000, seed: 5 },
  )
})

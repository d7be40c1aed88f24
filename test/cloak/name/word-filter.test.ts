import { expect, test } from 'bun:test'
import { packWords, readWordFilter } from '../../../src/cloak/name/word-filter.ts'

const words = Array.from({ length: 5_000 }, (_, index) => `word${index}`)
const has = readWordFilter(packWords(words, 10))

test('a word filter knows each of its words', () => {
  expect(words.filter((word) => !has(word))).toEqual([])
})

test('a word filter takes few others for one of them', () => {
  const others = Array.from({ length: 5_000 }, (_, index) => `other${index}`)
  expect(others.filter(has).length).toBeLessThan(100)
})

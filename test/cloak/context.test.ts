import { expect, test } from 'bun:test'
import { contextBefore } from '../../src/cloak/context.ts'

const words = ['phone', 'us', "driver's", 'travel document', 'ust-idnr', 'führerschein', 'übergabe', 'token']

test.each([
  ['a word', 'my phone ', 'phone'],
  ['in capitals', 'PHONE: ', 'phone'],
  ['with an apostrophe', "Driver's ", "driver's"],
  ['of two words', 'travel document no. ', 'travel document'],
  ['of two words with a hyphen between', 'Travel-Document ', 'travel document'],
  ['with a hyphen', 'USt-IdNr. ', 'ust-idnr'],
  ['a part of one with a hyphen', 'phone-number ', 'phone'],
  ['with a letter beyond ASCII', 'FÜHRERSCHEIN ', 'führerschein'],
  ['that begins with one', 'Übergabe: ', 'übergabe'],
  ['with a letter that becomes one of ASCII', 'to\u212aen ', 'token'],
  ['four words before', 'phone a b c d ', 'phone'],
  ['with signs between that are no words', 'phone -- " : ', 'phone'],
  ['right before', 'phone', 'phone'],
  ['the first of the list where two stand', 'us phone ', 'phone'],
])('a word speaks for a match: %s', (_, before, word) => {
  expect(contextBefore(`${before}123`, before.length, words)).toBe(word)
})

test.each([
  ['five words before', 'phone a b c d e '],
  ['within another', 'user phoned '],
  ['one of two words', 'travel agency '],
  ['behind the match', ''],
  ['further than the reach', `phone ${' '.repeat(64)}`],
])('no word speaks for a match: %s', (_, before) => {
  expect(contextBefore(`${before}123 phone`, before.length, words)).toBeUndefined()
})

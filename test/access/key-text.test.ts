import { expect, test } from 'bun:test'
import { makeKeyText, readBearer, readKeyText } from '../../src/access/key-text.ts'
import { countedBytes } from './sample.ts'

test.each([
  ['a bearer', 'Bearer abc', 'abc'],
  ['a bearer in small letters', 'bearer abc', 'abc'],
  ['spaces around', 'Bearer   abc  ', 'abc'],
  ['no header', null, null],
  ['an empty header', '', null],
  ['another scheme', 'Basic abc', null],
  ['no scheme', 'abc', null],
  ['no key', 'Bearer ', null],
  ['two keys', 'Bearer abc def', null],
])('%s is read', (_, header, key) => {
  expect(readBearer(header)).toBe(key)
})

test('a key reads back to its id and hash, and no two are alike', () => {
  const random = countedBytes()
  const made = Array.from({ length: 200 }, () => makeKeyText('read', random))
  for (const { text, id, hash } of made) expect(readKeyText(text)).toEqual({ id, hash })
  expect(new Set(made.map(({ text }) => text)).size).toBe(200)
})

test('each letter and digit is as likely as the other', () => {
  const random = countedBytes()
  const counts = new Map<string, number>()
  for (let index = 0; index < 2_000; index += 1) {
    for (const letter of makeKeyText('read', random).text.slice(-43)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  const expected = (2_000 * 43) / 62
  expect(counts.size).toBe(62)
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.15)
})

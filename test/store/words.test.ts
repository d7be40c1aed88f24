import { expect, test } from 'bun:test'
import { openStoreFile } from '../../src/store/file.ts'
import { Words, WritableWords } from '../../src/store/words.ts'
import { temporaryFolder } from './folder.ts'

test('a word keeps its code, also after the cache dropped it, and codes count for each kind on its own', () => {
  using folder = temporaryFolder()
  const database = openStoreFile(folder.file('store.db'))
  const words = new WritableWords(database)
  const long = 'x'.repeat(2_000)
  database.transaction(() => {
    expect([words.code('a', 'one'), words.code('b', 'one'), words.code('a', 'two'), words.code('a', '')]).toEqual([1, 1, 2, 3])
    for (let n = 0; n < 3_000; n++) words.code('hostile', `${long} ${n}`) // Far more characters than the cache holds.
    expect([words.code('a', 'one'), words.code('b', 'one'), words.code('a', 'two'), words.code('a', '')]).toEqual([1, 1, 2, 3])
  })()
  for (let n = 0; n < 3_000; n += 500) expect(words.text('hostile', n + 1)).toBe(`${long} ${n}`)
  const reader = new Words(database)
  expect(reader.find('a', 'two')).toBe(2)
  expect(reader.find('a', 'three')).toBeUndefined()
  expect(reader.text('a', 3)).toBe('')
  expect(() => reader.text('a', 4)).toThrow('a code in a row has its word')
  expect(words.code('a', 'three')).toBe(4)
  expect(reader.find('a', 'three')).toBe(4)
  database.close()
})

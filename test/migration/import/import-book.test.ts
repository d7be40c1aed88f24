import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openImportBook } from '../../../migration/import/import-book.ts'
import { nothingCounted } from '../../../migration/import/import-counts.ts'
import { type Source, startOfSource } from '../../../migration/import/source.ts'
import { temporaryFolder } from '../../store/folder.ts'

const fault = { code: 'payload_unusable', field: 'type', rule: 'unknown_value' } as const
const source: Source = { name: 'old.json', noun: 'element', identity: 'a', async *read() {} }
const counts = { ...nothingCounted, read: 5, taken: 4, rejectedBy: { 'type:unknown_value': 1 } }

function open(folder: string, changes: Partial<Parameters<typeof openImportBook>[0]> = {}) {
  return openImportBook({ folder, source, choice: { tenant: 'default' }, now: Date.UTC(2026, 2, 1), ...changes })
}

/** Five records, the third rejected; then one more rejected that no checkpoint knows. */
function breakOff(folder: string, from = source): string {
  using book = open(folder, { source: from })
  book.reject(3, fault)
  book.mark({ offset: 70, place: 5 }, counts)()
  book.reject(6, fault)
  writeFileSync(book.rejectsPath, 'lines that came later\n', { flag: 'a' })
  return book.rejectsPath
}

test('the same import goes on where it was broken off, whatever its source is called; its rejects are cut to what is known', () => {
  using folder = temporaryFolder()
  const rejects = breakOff(folder.path)
  {
    using book = open(folder.path, { source: { ...source, name: 'moved.json' }, now: Date.UTC(2026, 2, 2) })
    expect([book.from, book.counted, book.rejectsPath]).toEqual([{ offset: 70, place: 5 }, counts, rejects])
    book.reject(7, fault)
    book.mark({ offset: 90, place: 7 }, counts)()
    book.finish()
  }
  expect(readFileSync(rejects, 'utf8')).toBe(
    '{"element":3,"field":"type","rule":"unknown_value"}\n{"element":7,"field":"type","rule":"unknown_value"}\n',
  )
  expect(readdirSync(folder.path).filter((name) => name.includes('checkpoint'))).toEqual([])
})

test.each([
  ['another source', { source: { ...source, identity: 'b' } }],
  ['another choice', { choice: { tenant: 'other' } }],
])('%s is another import', (_, changes) => {
  using folder = temporaryFolder()
  breakOff(folder.path)
  using book = open(folder.path, { ...changes, now: Date.UTC(2026, 2, 2) })
  expect([book.from, book.counted]).toEqual([startOfSource, nothingCounted])
})

describe('a file that was written to since', () => {
  const file = { path: '/old.json', changedAt: 1 }
  const changed = { path: '/old.json', changedAt: 2 }

  test.each([
    ['at its middle', { ...source, file: changed }],
    ['at its end', { ...source, identity: 'b', file: changed }],
    ['and was moved', { ...source, file: { ...changed, path: '/moved.json' } }],
  ])('%s is read from its beginning, and the operator is told', (_, now) => {
    using folder = temporaryFolder()
    breakOff(folder.path, { ...source, file })
    using book = open(folder.path, { source: now, now: Date.UTC(2026, 2, 2) })
    expect([book.from, book.counted, book.stale]).toEqual([startOfSource, nothingCounted, counts.read])
  })

  test('is another one than a file that was moved', () => {
    using folder = temporaryFolder()
    breakOff(folder.path, { ...source, file })
    using book = open(folder.path, { source: { ...source, file: { ...file, path: '/moved.json' } } })
    expect([book.counted, book.stale]).toEqual([counts, undefined])
  })

  test('takes no checkpoint of another file with it', () => {
    using folder = temporaryFolder()
    breakOff(folder.path, { ...source, file })
    open(folder.path, { source: { ...source, identity: 'b', file: { path: '/new.json', changedAt: 3 } } })[Symbol.dispose]()
    using book = open(folder.path, { source: { ...source, file } })
    expect([book.counted, book.stale]).toEqual([counts, undefined])
  })
})

test('without its rejects an import begins anew', () => {
  using folder = temporaryFolder()
  rmSync(breakOff(folder.path))
  using book = open(folder.path)
  expect([book.from, book.counted]).toEqual([startOfSource, nothingCounted])
})

test('one import at a time, and no file of others is touched', () => {
  using folder = temporaryFolder()
  {
    using _book = open(folder.path)
    expect(() => open(folder.path, { choice: {} })).toThrow('another import is running')
  }
  const foreign = folder.file('mine')
  writeFileSync(foreign, 'mine')
  expect(() => open(folder.path, { choice: {}, rejects: foreign })).toThrow('exists already')
  breakOff(folder.path)
  expect(() => open(folder.path, { rejects: folder.file('elsewhere') })).toThrow('name that file, or none')
  expect(readFileSync(foreign, 'utf8')).toBe('mine')
})

test.each([
  ['cut off', (text: string) => text.slice(0, -20)],
  ['empty', () => ''],
  ['of something else', () => '{"end":{}}'],
  ['no object', () => 'null'],
])('a checkpoint that is %s is put aside and told, and neither its own import nor another is stopped by it', (_, damage) => {
  using folder = temporaryFolder()
  const file = { path: '/old.json', changedAt: 1 }
  breakOff(folder.path, { ...source, file })
  const path = readdirSync(folder.path).find((name) => name.endsWith('.checkpoint.json')) ?? ''
  const text = readFileSync(join(folder.path, path), 'utf8')
  for (const identity of ['a', 'b']) {
    writeFileSync(join(folder.path, path), damage(text))
    using book = open(folder.path, { source: { ...source, identity, file }, now: Date.UTC(2026, 2, 2) })
    expect([book.from, book.counted, book.damaged]).toEqual([startOfSource, nothingCounted, [join(folder.path, `${path}.damaged`)]])
    book.finish()
  }
})

import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { cleanJournal } from '../../src/journal/clean.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import { temporaryFolder } from '../store/folder.ts'

test('a journal that was cleaned holds no byte of what was trimmed and all that waits', () => {
  using folder = temporaryFolder()
  const path = folder.file('journal.db')
  writeJournal(path, [[entryOf({ executionId: idOf(1), error: 'quagga' })], [entryOf({ executionId: idOf(2) })]])
  const reader = openJournalReader(path)
  reader.trim(1)
  cleanJournal(path)
  expect(readFileSync(path).includes('quagga') || readFileSync(`${path}-wal`).includes('quagga')).toBe(false)
  expect(reader.read(0, 10).map(({ seq }) => seq)).toEqual([2])
  expect(reader.freed()).toBe(1)
  reader.close()
})

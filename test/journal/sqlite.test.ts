import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteJournal } from '../../src/journal/sqlite.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import { describeJournal, entry, type JournalUnderTest } from './journal-contract.ts'

const bytesMax = 64 * 1024 * 1024

describeJournal('sqlite', async () => openIn(mkdtempSync(join(tmpdir(), 'journal-'))))

async function openIn(folder: string): Promise<JournalUnderTest> {
  const journal = await SqliteJournal.open({ path: join(folder, 'journal.db'), bytesMax, onCommit: () => {}, onCrash: fail })
  const reader = openJournalReader(join(folder, 'journal.db'))
  async function close() {
    await journal.close()
    reader.close()
  }
  return {
    journal,
    reader,
    reopen: async () => {
      await close()
      return openIn(folder)
    },
    dispose: async () => {
      await close()
      rmSync(folder, { recursive: true })
    },
  }
}

function fail(fault: Error): void {
  throw fault
}

test('appends of one moment share a commit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  let commits = 0
  const count = () => {
    commits += 1
  }
  const journal = await SqliteJournal.open({ path: join(folder, 'journal.db'), bytesMax, onCommit: count, onCrash: fail })
  await Promise.all(Array.from({ length: 500 }, () => journal.append([entry('x')])))
  expect(commits).toBeLessThanOrEqual(2)
  await journal.close()
  rmSync(folder, { recursive: true })
})

test('at its limit the journal refuses, loses nothing, and takes entries again after a trim', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  const path = join(folder, 'journal.db')
  const journal = await SqliteJournal.open({ path, bytesMax: 1024 * 1024, onCommit: () => {}, onCrash: fail })
  const reader = openJournalReader(path)
  let stored = 0
  for (;;) {
    const result = await journal.append([entry('x'.repeat(20_000))])
    if (!result.ok) {
      expect(result.fault).toEqual({ code: 'journal_full', field: 'journal', rule: 'limit' })
      break
    }
    stored += 1
  }
  expect(journal.status().refusedBy).toBe('limit')
  expect(reader.read(0, 1_000)).toHaveLength(stored)
  expect((await journal.probe()).refusedBy).toBe('limit')
  reader.trim(stored)
  expect((await journal.probe()).refusedBy).toBeUndefined()
  expect(await journal.append([entry('again')])).toEqual({ ok: true, value: stored + 1 })
  expect(journal.status().refusedBy).toBeUndefined()
  await journal.close()
  reader.close()
  rmSync(folder, { recursive: true })
})

test('opening a path that cannot be a file rejects with the reason', async () => {
  expect(SqliteJournal.open({ path: '/proc/none/journal.db', bytesMax, onCommit: () => {}, onCrash: () => {} })).rejects.toThrow(
    'unable to open',
  )
})

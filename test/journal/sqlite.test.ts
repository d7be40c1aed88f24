import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeEntries } from '../../src/journal/payload.ts'
import { SqliteJournal } from '../../src/journal/sqlite.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import { temporaryFolder } from '../store/folder.ts'
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
      rmSync(folder, { recursive: true, force: true })
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
  await Promise.all(Array.from({ length: 500 }, () => journal.append(encodeEntries([entry('x')]))))
  expect(commits).toBeLessThanOrEqual(2)
  await journal.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a commit takes a bounded part of what waits, so that one group never fills a small journal', async () => {
  using folder = temporaryFolder()
  let commits = 0
  const count = () => {
    commits += 1
  }
  const journal = await SqliteJournal.open({ path: folder.file('journal.db'), bytesMax, onCommit: count, onCrash: fail })
  const results = await Promise.all(Array.from({ length: 9 }, () => journal.append(encodeEntries([entry('x'.repeat(15_000)), entry('y')]))))
  expect(results).toEqual(Array.from({ length: 9 }, (_, index) => ({ ok: true, value: 2 * index + 2 })))
  expect(commits).toBe(3)
  await journal.close()
})

test('an append larger than all that may wait is taken when nothing waits', async () => {
  using folder = temporaryFolder()
  const journal = await SqliteJournal.open({ path: folder.file('journal.db'), bytesMax: bytesMax * 2, onCommit: () => {}, onCrash: fail })
  expect(await journal.append(encodeEntries([entry('x'.repeat(40_000_000))]))).toEqual({ ok: true, value: 1 })
  await journal.close()
})

test('at its limit the journal refuses, loses nothing, and takes entries again after a trim', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  const path = join(folder, 'journal.db')
  const journal = await SqliteJournal.open({ path, bytesMax: 1024 * 1024, onCommit: () => {}, onCrash: fail })
  const reader = openJournalReader(path)
  let stored = 0
  for (;;) {
    const result = await journal.append(encodeEntries([entry('x'.repeat(20_000))]))
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
  expect(await journal.append(encodeEntries([entry('again')]))).toEqual({ ok: true, value: stored + 1 })
  expect(journal.status().refusedBy).toBeUndefined()
  await journal.close()
  reader.close()
  rmSync(folder, { recursive: true, force: true })
})

test('opening a path that cannot be a file rejects with the reason', async () => {
  expect(SqliteJournal.open({ path: '/proc/none/journal.db', bytesMax, onCommit: () => {}, onCrash: () => {} })).rejects.toThrow(
    '/proc/none/journal.db cannot be opened for writing (SQLITE_CANTOPEN)',
  )
})

describe('a file that cannot be written', () => {
  test('refuses with a rule of its own, says why once, and takes entries again when it can', async () => {
    using folder = temporaryFolder()
    const faults: string[] = []
    const onFault = (fault: Error) => void faults.push(String(fault.cause))
    const path = folder.file('journal.db')
    const journal = await SqliteJournal.open({ path, bytesMax, onCommit: () => {}, onCrash: fail, onFault })
    const file = new Database(path)
    file.run('ALTER TABLE entry_group RENAME TO hidden')
    const refused = { ok: false, fault: { code: 'journal_full', field: 'journal', rule: 'fault' } } as const
    expect(await journal.append(encodeEntries([entry('a')]))).toEqual(refused)
    expect(await journal.append(encodeEntries([entry('b')]))).toEqual(refused)
    expect(journal.status().refusedBy).toBe('fault')
    expect(faults).toEqual([expect.stringContaining('no such table')])

    file.run('ALTER TABLE hidden RENAME TO entry_group')
    expect((await journal.probe()).refusedBy).toBeUndefined()
    expect(await journal.append(encodeEntries([entry('c')]))).toEqual({ ok: true, value: 1 })
    file.close()
    await journal.close()
  })

  test('fails a probe without touching the group that is on its way', async () => {
    using folder = temporaryFolder()
    const path = folder.file('journal.db')
    const journal = await SqliteJournal.open({ path, bytesMax, onCommit: () => {}, onCrash: fail })
    const file = new Database(path)
    file.run('ALTER TABLE journal RENAME TO hidden')
    const probed = journal.probe()
    const first = journal.append(encodeEntries([entry('a')]))
    const second = first.then(() => journal.append(encodeEntries([entry('b')])))
    expect((await probed).refusedBy).toBe('fault')
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 2 },
    ])
    expect(journal.status().refusedBy).toBeUndefined()
    file.close()
    await journal.close()
  })
})

test('an opened journal knows how far it came and how full it is', async () => {
  using folder = temporaryFolder()
  const path = folder.file('journal.db')
  const first = await SqliteJournal.open({ path, bytesMax, onCommit: () => {}, onCrash: fail })
  await first.append(encodeEntries([entry('x'.repeat(600_000)), entry('b')]))
  await Promise.all([first.close(), first.close()])
  const second = await SqliteJournal.open({ path, bytesMax: 700_000, onCommit: () => {}, onCrash: fail })
  expect(second.status()).toMatchObject({ last: 2, refusedBy: 'limit' })
  expect(second.status().liveBytes).toBeGreaterThan(600_000)
  await second.close()
})

test('more than may wait for the commit thread is refused at once', async () => {
  using folder = temporaryFolder()
  const journal = await SqliteJournal.open({ path: folder.file('journal.db'), bytesMax: bytesMax * 2, onCommit: () => {}, onCrash: fail })
  const results = await Promise.all(Array.from({ length: 5 }, () => journal.append(encodeEntries([entry('x'.repeat(8_000_000))]))))
  expect(results.map((result) => (result.ok ? 'stored' : result.fault.rule))).toEqual(['stored', 'stored', 'stored', 'stored', 'waiting'])
  await journal.close()
})

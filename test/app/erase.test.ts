import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openErasureBook } from '../../src/access/erasure.ts'
import { type AlertMessage, composeMessage } from '../../src/alert/message.ts'
import { makeRule } from '../../src/alert/rule.ts'
import { keepMessage } from '../../src/alert/watch.ts'
import { eraseFolder } from '../../src/app/erase.ts'
import { pathsIn } from '../../src/app/folder.ts'
import { erasuresOf } from '../../src/archive/erasure-hash.ts'
import { Erasures } from '../../src/archive/erasures.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { plainRuns } from '../store/plain-run.ts'
import { put, stateOf } from '../store/run-fixture.ts'

const secret = new Uint8Array(32)
const clock = fakeClock('2026-03-01')
const mine = '0190a5f3-7c1e-4abc-8def-00000000002a'
const erasures = erasuresOf('default', mine, { secret, at: clock.now() })

/** Two failed runs, each with an error of its own, and one event that waits. */
function fillFolder() {
  const folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ status: 'failed', exitCode: 9, randomId: mine, error: 'quagga cannot graze', at: 1 }))
  put(store, 2, stateOf({ status: 'failed', exitCode: 10, randomId: 'other', error: 'known trouble', at: 2 }))
  store.close()
  writeJournal(folder.file('journal.db'), [[entryOf({ executionId: idOf(0x101) })]])
  return folder
}

type Folder = ReturnType<typeof fillFolder>

const optionsOf = (folder: Folder) => ({ ...pathsIn(folder.path), erasures, secret, isMirrored: false })

function runsIn(folder: Folder): number {
  const store = openStoreWriter(folder.file('store.db'))
  try {
    return plainRuns(store).length
  } finally {
    store.close()
  }
}

/** The fingerprints of the groups of errors with their titles. */
function groupsIn(folder: Folder): ReadonlyMap<string, string> {
  const reader = openStoreReader(folder.file('store.db'))
  try {
    const { by } = reader.analyse({ tenant: 'default', filter: {}, by: { error: 10 } })
    const found = reader.errorGroups('default', by.error?.groups.map(({ value }) => value) ?? [])
    return new Map(found.map(({ fingerprint, title }) => [fingerprint, title]))
  } finally {
    reader.close()
  }
}

describe('messages of alerts that quote the name of a group of errors', () => {
  test('say its fingerprint once only erased runs gave that name, also those that wait to be sent, and no byte of it is left', () => {
    using folder = fillFolder()
    const groups = groupsIn(folder)
    expect(groups.size).toBe(2)
    const rule = makeRule({ kind: 'new_error' }, 'new-error')
    if (!rule.ok) throw new Error(rule.fault)
    const told = [...groups].map(([subject, text], index) =>
      composeMessage({
        rule: rule.value,
        subject,
        phase: 'firing',
        since: index,
        reading: { status: 'breach', value: 3, text },
        at: index,
      }),
    )
    const database = openAccessDatabase(folder.file('access.db'))
    const book = openAlertMessageBook(database)
    book.record({ states: [], messages: told.map(keepMessage), channels: ['mail'] })
    const linesOf = () => book.history('default', 10).map(({ body }) => (JSON.parse(body) as AlertMessage).summary)
    expect(linesOf().join()).toContain('quagga')

    eraseFolder(optionsOf(folder)) // While the service has the database open.

    const [gone = ''] = [...groups].flatMap(([fingerprint, title]) => (title.includes('quagga') ? [fingerprint] : []))
    const kept = [...groups.values()].find((title) => !title.includes('quagga')) ?? ''
    expect(linesOf().toSorted()).toEqual([gone, kept].toSorted())
    expect(book.due('mail', 100, 10).map(({ body }) => body.includes('quagga'))).toEqual([false, false])
    database.close()
    const files = ['store.db', 'journal.db', 'access.db']
      .flatMap((name) => [name, `${name}-wal`])
      .filter((name) => existsSync(folder.file(name)))
    expect(files.filter((name) => readFileSync(folder.file(name)).includes('quagga'))).toEqual([])
  })
})

describe('an erasure without room on the disk', () => {
  test('removes nothing and says how much is needed', () => {
    using folder = fillFolder()
    const erase = () => eraseFolder({ ...optionsOf(folder), freeBytes: () => 1_000 })
    expect(erase).toThrow(/^an erasure needs \d+ MB of free disk, twice what the store holds, and 1 MB are free: make room/)
    expect(runsIn(folder)).toBe(3) // What waited has been consumed.
    eraseFolder(optionsOf(folder))
    expect(runsIn(folder)).toBe(2)
  })

  test('stays noted, and is done once there is room', async () => {
    using folder = fillFolder()
    const database = openAccessDatabase(folder.file('access.db'))
    const book = openErasureBook(database)
    let free = 1_000
    const waiting = new Erasures({
      ...{ book, secret, clock, folder: folder.path, isMirrored: () => true },
      erase: async (pending) => eraseFolder({ ...optionsOf(folder), erasures: pending, freeBytes: () => free }),
    })
    await waiting.request('default', mine, 'cli')
    await expect(waiting.run()).rejects.toThrow('free disk')
    expect(book.pending()).toHaveLength(1)
    free = Number.MAX_SAFE_INTEGER
    expect([await waiting.run(), book.pending().length, runsIn(folder)]).toEqual([1, 0, 2])
    database.close()
  })
})

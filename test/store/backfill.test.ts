import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { store0001 } from '../../migration/schema/0001-store.ts'
import { store0002 } from '../../migration/schema/0002-mirror-link.ts'
import { openDatabase } from '../../src/base/sqlite.ts'
import type { RunDelta } from '../../src/store/port.ts'
import { checkRollups } from '../../src/store/rollup/check.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { Words } from '../../src/store/words.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

const dayMs = 86_400_000
const runs = 11_000 // Three steps.
const query = { tenant: 'default', filter: {}, by: { script: 5, os_version: 5, gpu: 5, category: 5, error: 5 }, grain: 'day' } as const

describe('a store of an earlier version', () => {
  test('has its roll-ups, and what its runs read as, once it was opened', () => {
    using folder = temporaryFolder()
    fill(folder.file('new.db'))
    const progress = openEarlier(folder.file('new.db'), folder.file('old.db'))
    expect(progress.map(([done]) => done)).toEqual([5_000, 10_000, runs])
    expectAlike(folder.file('old.db'), folder.file('new.db'))
    expect(openCounting(folder.file('old.db'))).toEqual([])
  })

  test('goes on where it was killed, and counts no run twice', () => {
    using folder = temporaryFolder()
    fill(folder.file('new.db'))
    copyAsEarlier(folder.file('new.db'), folder.file('old.db'))
    for (const steps of [1, 1]) {
      const { signalCode } = Bun.spawnSync([
        process.execPath,
        join(import.meta.dir, 'backfill-process.ts'),
        folder.file('old.db'),
        String(steps),
      ])
      expect(signalCode).toBe('SIGKILL')
    }
    expect(openCounting(folder.file('old.db'))).toEqual([[runs, runs]])
    expectAlike(folder.file('old.db'), folder.file('new.db'))
  })

  test('without a run is up to date at once', () => {
    using folder = temporaryFolder()
    expect(openCounting(folder.file('store.db'))).toEqual([[0, 0]])
    expect(openCounting(folder.file('store.db'))).toEqual([])
  })
})

test('other limits, or words of a run read in another way, make the roll-ups anew', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  for (let n = 0; n < 3; n++) put(store, n, stateOf({ nsapp: `script ${n}`, osType: 'debian' }))
  store.close()
  openStoreWriter(path, { valuesMax: { script: 1 } }).close()
  const reader = openStoreReader(path)
  expect(reader.analyse({ tenant: 'default', filter: {}, by: { script: 5 } }).by.script).toMatchObject({
    distinct: 1,
    folded: { success: 2 },
  })
  reader.close()

  const database = new Database(path)
  database.run("UPDATE fact SET value = replace(value, 'readings-', 'readings-0')")
  database.run('UPDATE run SET os_release = NULL')
  database.close()
  expect(openCounting(path)).toEqual([[3, 3]])
  const again = openStoreReader(path)
  expect(again.analyse({ tenant: 'default', filter: {}, by: { os_version: 5 } }).by.os_version?.groups).toMatchObject([{ value: 'debian' }])
  again.close()
})

function fill(path: string): void {
  const store = openStoreWriter(path)
  const deltas = Array.from({ length: runs }, (_, n): RunDelta => {
    const common = {
      nsapp: `script ${n % 7}`,
      osType: 'debian',
      osVersion: String(12 + (n % 2)),
      gpuVendor: 'intel',
      at: (n % 40) * dayMs,
    } as const
    const failure = { status: 'failed', exitCode: 100, error: 'no such package', errorCategory: 'apt' } as const
    return { tenant: 'default', key: keyOf(n), after: stateOf({ ...common, ...(n % 5 === 0 ? failure : { installDuration: 1 + n }) }) }
  })
  store.apply('test', 1, deltas)
  store.close()
}

/** Writes the runs of a store as the first version kept them. */
function copyAsEarlier(from: string, to: string): void {
  const database = openDatabase({ path: to, applicationId: 0x5453_7374, migrations: [store0001, store0002], synchronous: 'normal' })
  const columns = database
    .query<{ name: string }, []>("SELECT name FROM pragma_table_info('run')")
    .all()
    .map(({ name }) => name)
  database.run('ATTACH ? AS other', [from])
  database.run(`INSERT INTO run (${columns}) SELECT ${columns} FROM other.run`)
  database.run('INSERT INTO word SELECT * FROM other.word')
  database.close()
}

function openEarlier(from: string, to: string): readonly (readonly [number, number])[] {
  copyAsEarlier(from, to)
  return openCounting(to)
}

/** Opens a store for writing and gives the progress it told of. */
function openCounting(path: string): readonly (readonly [number, number])[] {
  const progress: [number, number][] = []
  openStoreWriter(path, { onBackfill: (done, total) => progress.push([done, total]) }).close()
  return progress
}

function expectAlike(path: string, other: string): void {
  const [left, right] = [path, other].map((file) => {
    const reader = openStoreReader(file)
    const analysis = reader.analyse(query)
    reader.close()
    return analysis
  })
  expect(left).toEqual(right)
  expect(left?.total.counts.failed).toBe(runs / 5)
  const database = new Database(path, { readonly: true })
  expect(checkRollups(database, new Words(database))).toMatchObject({ runs, differing: 0 })
  database.close()
}

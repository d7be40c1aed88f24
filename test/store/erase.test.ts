import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../src/base/clock.ts'
import { checkStoreFile } from '../../src/store/check.ts'
import { eraseRuns } from '../../src/store/erase.ts'
import { checkSegmentFile } from '../../src/store/segment/check.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { batches, writeBatch } from './history.ts'
import { plainRuns } from './plain-run.ts'
import { put, stateOf } from './run-fixture.ts'

test('P7 whatever history an erasure meets, it takes the runs of its ids alone, and all sums and columns count the rest', () => {
  fc.assert(
    fc.property(batches, fc.array(batches, { maxLength: 1 }), fc.constantFrom('a', 'b'), (history, [later = []], tenant) => {
      using folder = temporaryFolder()
      const path = folder.file('store.db')
      const store = openStoreWriter(path)
      for (const batch of history) writeBatch(store, batch)
      const before = plainRuns(store)
      store.close()
      const gone = new Set(before.filter((run, index) => run.tenant === tenant && index % 2 === 0).map(({ reading }) => reading.randomId))
      const isGone = (name: string, randomId: string | undefined) => name === tenant && randomId !== undefined && gone.has(randomId)
      eraseRuns({ path, erasedUntil: (name, randomId) => (isGone(name, randomId) ? Number.MAX_SAFE_INTEGER : undefined) })

      const after = openStoreWriter(path)
      const identity = (runs: typeof before) => runs.map((run) => `${run.tenant} ${run.key} ${JSON.stringify(run.reading)}`).sort()
      expect(identity(plainRuns(after))).toEqual(identity(before.filter((run) => !isGone(run.tenant, run.reading.randomId))))
      for (const batch of later) writeBatch(after, batch)
      after.close()
      expect(checkStoreFile(path).differing).toBe(0)
      expect(checkSegmentFile(path).differing).toBe(0)
    }),
    { numRuns: 25 },
  )
})

test('the name of a group of errors that only the erased run gave comes from the oldest that is left; a group without runs has none', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const failed = { status: 'failed', exitCode: 9 } as const
  put(store, 1, stateOf({ ...failed, randomId: 'mine', error: 'cannot mount the first of 1.5', at: 1 }))
  put(store, 2, stateOf({ ...failed, randomId: 'other', error: 'cannot mount the first of 2.7', at: 2 }))
  put(store, 3, stateOf({ ...failed, randomId: 'mine', exitCode: 10, error: 'something of its own', at: 3 }))
  store.close()
  eraseRuns({ path, erasedUntil: (_, randomId) => (randomId === 'mine' ? 100 : undefined) })
  using database = new Database(path)
  const titles = database.query<{ title: string; first_at: number }, []>('SELECT title, first_at FROM error_group').all()
  expect(titles).toEqual([{ title: expect.stringContaining('cannot mount'), first_at: 2 }])
  expect(database.query(`SELECT text FROM word WHERE text LIKE '%1.5%' OR text LIKE '%of its own%'`).all()).toEqual([])
})

test('the name of a group that its log told comes from the oldest run that still has one, and those of earlier versions go', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const failed = { status: 'failed', exitCode: 1, error: 'exit_code=1 | General error' } as const
  for (const n of [1, 2, 3, 4])
    put(store, n, stateOf({ ...failed, randomId: n === 1 ? 'mine' : 'other', trace: `step ${n}\nKilled`, at: n }))
  store.close()
  const writer = new Database(path)
  writer.run('DELETE FROM trace WHERE run = 2')
  writer.run("INSERT INTO error_group VALUES (1, 99, 1, 'of an earlier version', NULL, 1)")
  writer.close()
  eraseRuns({ path, erasedUntil: (_, randomId) => (randomId === 'mine' ? 100 : undefined) })
  using database = new Database(path)
  expect(database.query('SELECT title, first_at FROM error_group').all()).toEqual([{ title: 'Killed', first_at: 2 }])
})

test('sums of sealed days stay as they are, those of later days count an erased run no more', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  for (let n = 1; n <= 8; n += 1)
    put(store, n, stateOf({ randomId: n % 2 === 0 ? 'mine' : 'other', nsapp: `app-${n % 2}`, at: (n <= 4 ? 10 : 12) * dayMs + n }))
  store.seal(10)
  store.close()
  const sumsOf = (day: number) => {
    const reader = openStoreReader(path)
    const range = { fromDay: day, toDay: day }
    const { total, series, by } = reader.analyse({ tenant: 'default', range, filter: {}, grain: 'day', by: { script: 5, type: 5 } })
    reader.close()
    return { total, series, by }
  }
  const sealed = sumsOf(10)
  expect([sealed.total.counts.success, sumsOf(12).total.counts.success]).toEqual([4, 4])
  expect(eraseRuns({ path, erasedUntil: (_, randomId) => (randomId === 'mine' ? 100 * dayMs : undefined) }).removed).toBe(4)
  expect(sumsOf(10)).toEqual(sealed)
  expect(sumsOf(12).total.counts.success).toBe(2)
  expect(sumsOf(12).by.script?.groups.map(({ value }) => value)).toEqual(['app-1'])
  expect([checkStoreFile(path).differing, checkSegmentFile(path).differing]).toEqual([0, 0])
})

test('a tombstone that a mirror was not told of stays, and a report from before the erasure does not bring its run back, one from after it does', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  put(store, 1, stateOf({ randomId: 'mine', at: 1 }))
  store.close()
  const erase = () =>
    eraseRuns({ path, erasedUntil: (_, randomId, at) => (randomId === 'mine' && at < 100 ? 100 : undefined), mirrorName: 'mirror' })
  expect(erase()).toEqual({ removed: 1, left: 1 })
  const again = openStoreWriter(path)
  expect(again.changes(1, 10)).toMatchObject([{ revision: 2 }])
  put(again, 1, stateOf({ randomId: 'mine', at: 99 }))
  expect(plainRuns(again)).toHaveLength(0)
  put(again, 1, stateOf({ randomId: 'mine', at: 100 }))
  expect(plainRuns(again)).toHaveLength(1)
  again.moveCursor('mirror', again.revision())
  again.close()
  expect(erase()).toEqual({ removed: 0, left: 0 })
})

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../src/base/clock.ts'
import { previewRetired, retireRuns } from '../../src/consumer/retention.ts'
import { join } from '../../src/event/merge.ts'
import type { AnalysisQuery } from '../../src/store/analysis-port.ts'
import { checkStoreFile } from '../../src/store/check.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import { checkSegmentFile } from '../../src/store/segment/check.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

const tenant = 'default'
const days = 70

function stateOfRun(n: number) {
  const status = (['success', 'failed', 'installing'] as const)[n % 3] ?? 'success'
  const own = status === 'success' ? { installDuration: 10 + n } : status === 'failed' ? { exitCode: 1, error: `broken ${n % 4}` } : {}
  return stateOf({ status, nsapp: `app-${n % 7}`, osType: 'debian', at: Math.floor((n / 700) * days * dayMs), ...own })
}

/** A store with ten runs a day of seventy days, in two tenants. */
function fill(store: StoreWriter): void {
  const deltas = Array.from({ length: 700 }, (_, n) => ({ tenant: n % 5 === 0 ? 'other' : tenant, key: keyOf(n), after: stateOfRun(n) }))
  store.apply('test', 1, deltas)
}

function retireAll(store: StoreWriter, lastDay: number): number {
  store.moveCursor('retention', lastDay)
  let changed = 0
  for (;;) {
    const step = retireRuns(store, { lastDay })
    changed += step.changed
    if (step.isDone) return changed
  }
}

/** Everything that pages show of the sums. */
function sumsOf(path: string): unknown {
  const reader = openStoreReader(path)
  const query = (of: string): AnalysisQuery => ({ tenant: of, filter: {}, by: { script: 20, type: 5 }, grain: 'day', trendDays: 3 })
  const sums = [tenant, 'other'].map((of) => [reader.analyse(query(of)), reader.totals({ tenant: of }), reader.scriptFirstDays(of)])
  reader.close()
  return sums
}

function countsOf(path: string): { readonly counted: number; readonly listed: number } {
  const reader = openStoreReader(path)
  const counted = reader.countRuns({ tenant, filter: {} })
  let listed = 0
  for (let cursor: string | undefined; ; ) {
    const page = reader.runList({ tenant, filter: {}, ...(cursor !== undefined && { cursor }) })
    listed += page.runs.length
    cursor = page.older
    if (cursor === undefined) break
  }
  reader.close()
  return { counted, listed }
}

describe('retention', () => {
  test('says beforehand what it removes, and nothing while it only draws the line', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    fill(store)
    expect(previewRetired(store, { lastDay: 39 })).toEqual({ count: 0, isLeap: true })
    store.moveCursor('retention', 38)
    const preview = previewRetired(store, { lastDay: 39 })
    expect(preview).toEqual({ count: 400, firstAt: 0, isLeap: false })
    const of = (tenant: string) => previewRetired(store, { lastDay: 39, tenant }).count
    expect([of('default') + of('other'), of('default') > 0, of('other') > 0, of('nobody')]).toEqual([400, true, true, 0])
    expect(retireAll(store, 39)).toBe(preview.count)
    expect(previewRetired(store, { lastDay: 39 })).toEqual({ count: 0, isLeap: false })
    expect(previewRetired(store, { lastDay: 40 })).toMatchObject({ count: 10, firstAt: 40 * dayMs })
    store.close()
  })

  test('P7 P27 removes the runs of old days and no other one, and changes no sum', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    fill(store)
    const before = sumsOf(path)
    expect(retireAll(store, 39)).toBe(400)
    expect(store.sealedDay()).toBe(39)
    expect(sumsOf(path)).toEqual(before)
    const left = store.load(Array.from({ length: 700 }, (_, n) => ({ tenant: n % 5 === 0 ? 'other' : tenant, key: keyOf(n) })))
    expect(left.map(({ key }) => new DataView(key.buffer, key.byteOffset).getUint32(0))).toEqual(
      Array.from({ length: 300 }, (_, n) => n + 400),
    )
    expect(retireAll(store, 39)).toBe(0)
    expect(checkStoreFile(path)).toMatchObject({ differing: 0 })
    expect(checkSegmentFile(path)).toMatchObject({ differing: 0 })
    expect(countsOf(path)).toEqual({ counted: 240, listed: 240 })
    store.close()
  })

  test('leaves a tombstone with a revision for each run, for the mirror to delete it', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    fill(store)
    const revision = store.revision()
    retireAll(store, 9)
    const changes = store.changes(revision, 1_000)
    expect(changes).toHaveLength(100)
    expect(changes.every(({ state }) => state === undefined)).toBe(true)
    store.close()
  })

  test('a later report of a run that went changes nothing; one that was never heard of is counted once and goes', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    fill(store)
    retireAll(store, 39)
    const before = sumsOf(path)
    put(store, 1, stateOf({ status: 'success', at: 39 * dayMs }))
    expect(sumsOf(path)).toEqual(before)
    put(store, 9_001, stateOf({ status: 'success', nsapp: 'late', at: 39 * dayMs }))
    const counted = sumsOf(path)
    expect(counted).not.toEqual(before)
    expect(countsOf(path)).toEqual({ counted: 241, listed: 241 }) // It is listed until the next look.
    expect(retireAll(store, 39)).toBe(1)
    expect(sumsOf(path)).toEqual(counted)
    expect(countsOf(path)).toEqual({ counted: 240, listed: 240 })
    put(store, 9_001, stateOf({ status: 'success', nsapp: 'late', at: 39 * dayMs }))
    expect(sumsOf(path)).toEqual(counted)
    store.close()
  })

  test('a report that comes while old runs go changes no sealed sum', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    fill(store)
    const before = sumsOf(path)
    store.moveCursor('retention', 39)
    retireRuns(store, { lastDay: 39 })
    const [run] = store.load([{ tenant, key: keyOf(398) }])
    if (run === undefined) throw new Error('it should still be there')
    put(store, 398, join(run.state, stateOf({ status: 'success', installDuration: 5, at: 60 * dayMs })))
    expect(sumsOf(path)).toEqual(before)
    retireAll(store, 39)
    expect(sumsOf(path)).toEqual(before)
    store.close()
  })

  test('sealed sums stay when everything that is made of runs is made anew', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const first = openStoreWriter(path)
    fill(first)
    retireAll(first, 39)
    const before = sumsOf(path)
    first.setFact('derived:rollups', 'all another version')
    first.close()
    const again = openStoreWriter(path)
    expect(sumsOf(path)).toEqual(before)
    expect(countsOf(path)).toEqual({ counted: 240, listed: 240 })
    expect(retireAll(again, 49)).toBe(100)
    expect(sumsOf(path)).toEqual(before)
    again.close()
  })

  test('a line that leaps removes nothing before it is drawn a second time: a clock may be wrong', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    fill(store)
    expect([retireRuns(store, { lastDay: 60 }), store.sealedDay()]).toEqual([{ changed: 0, isDone: true }, undefined])
    expect(retireRuns(store, { lastDay: 9 })).toEqual({ changed: 100, isDone: false }) // The clock was set right again.
    expect([retireRuns(store, { lastDay: 60 }).changed, store.sealedDay()]).toEqual([0, 9])
    expect([retireRuns(store, { lastDay: 61 }).changed, store.sealedDay()]).toEqual([100, 61])
    store.close()
  })

  test('a sealed day stays sealed, whatever days are asked for later', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: days }), { minLength: 1, maxLength: 6 }), (asked) => {
        using folder = temporaryFolder()
        const path = folder.file('store.db')
        const store = openStoreWriter(path)
        fill(store)
        const before = sumsOf(path)
        for (const day of asked) retireAll(store, day)
        expect(store.sealedDay()).toBe(Math.max(...asked))
        expect(sumsOf(path)).toEqual(before)
        const { counted, listed } = countsOf(path)
        expect(counted).toBe(listed)
        store.close()
      }),
      { numRuns: 12 },
    )
  })
})

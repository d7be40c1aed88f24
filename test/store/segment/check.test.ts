import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { lift } from '../../../src/event/merge.ts'
import type { RunState } from '../../../src/event/run.ts'
import { dimensions } from '../../../src/store/dimension.ts'
import { checkSegmentFile, segmentDifferencesMax } from '../../../src/store/segment/check.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { keyOf } from '../run-fixture.ts'
import { removeRuns, reportRuns } from './segment-history.ts'

/** Each case walks through thousands of runs, which a busy machine takes its time for. */
const timeoutMs = 120_000

test(
  'segments agree with the runs, whatever came late, was packed again, removed or made anew',
  () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    expect(checkSegmentFile(path)).toEqual({ runs: 0, chunks: 0, differing: 0, differences: [] })
    reportRuns(store, 1, { count: 3_200, first: 0, end: 3_200 })
    expect(checkSegmentFile(path)).toEqual({ runs: 2_047, chunks: 2, differing: 0, differences: [] })
    reportRuns(store, 2, { count: 1_500, first: 0, end: 3_200 })
    removeRuns(store, { first: 3, end: 2_000, step: 5 })
    expect(checkSegmentFile(path).differing).toBe(0)
    removeRuns(store, { first: 0, end: 1_500, step: 1 })
    expect(checkSegmentFile(path).differing).toBe(0)
    store.close()

    const database = new Database(path)
    database.run(`DELETE FROM fact WHERE name = 'derived:segments'`)
    database.run('UPDATE segment SET cells = (SELECT cells FROM segment ORDER BY id DESC LIMIT 1)')
    database.close()
    expect(checkSegmentFile(path).differing).toBeGreaterThan(segmentDifferencesMax)
    expect(checkSegmentFile(path).differences).toHaveLength(segmentDifferencesMax)
    openStoreWriter(path).close()
    expect(checkSegmentFile(path).differing).toBe(0)
  },
  timeoutMs,
)

test(
  'segments hold runs of a chunk that was begun before a restart, changed and removed while it filled, or written in a transaction that was taken back',
  () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const before = openStoreWriter(path)
    reportRuns(before, 1, { count: 700, first: 0, end: 700 })
    before.close()

    const store = openStoreWriter(path)
    reportRuns(store, 2, { count: 200, first: 0, end: 700 })
    removeRuns(store, { first: 690, end: 696, step: 3 })
    const key = keyOf(50_000)
    const lost = { tenant: 'a', key, before: { tenant: 'a', key, revision: 1, state: stateOf(1) }, after: stateOf(1) }
    const fresh = Array.from({ length: 300 }, (_, n) => ({ tenant: 'a', key: keyOf(60_000 + n), after: stateOf(n) }))
    expect(() => store.apply('test', 9, [...fresh, lost])).toThrow('revision')
    reportRuns(store, 3, { count: 2_400, first: 700, end: 3_100 })
    store.close()
    expect(checkSegmentFile(path)).toMatchObject({ chunks: 2, differing: 0 })
  },
  timeoutMs,
)

function stateOf(at: number): RunState {
  return lift({ kind: 'install', repairs: [], rules: [], install: { type: 'vm', nsapp: 'lost', status: 'success' } }, at)
}

test.each([
  ['a run that changed past its segment', 'UPDATE run SET os_type = 99 WHERE id = 7', [{ chunk: 0, run: 7, column: 'os', expected: 101 }]],
  [
    'a run that went past its segment',
    'DELETE FROM run WHERE id = 1025',
    ['tenant', 'status', 'type', 'source', 'script', 'os'].map((column) => ({ run: 1_025, column, expected: 0 })),
  ],
  [
    'a chunk that says another span of time',
    'UPDATE chunk SET last_at = last_at + 1 WHERE id = 1',
    [{ chunk: 1, run: 1_024, column: 'last_at' }],
  ],
  [
    'a chunk that is missing',
    'DELETE FROM chunk WHERE id = 0',
    ['runs', 'first_at', 'last_at'].map((column) => ({ chunk: 0, column, stored: 0 })),
  ],
])(
  'the check names %s',
  (_, damage, differences) => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    reportRuns(store, 3, { count: 3_200, first: 0, end: 3_200 })
    store.close()
    const database = new Database(path)
    database.run('PRAGMA foreign_keys = OFF')
    database.run(damage)
    database.close()
    const check = checkSegmentFile(path)
    expect(check.differences.slice(0, differences.length)).toMatchObject(differences as never)
    expect(check.differing).toBeGreaterThanOrEqual(differences.length)
    expect(check.differing).toBeLessThanOrEqual(dimensions.length + 7)
  },
  timeoutMs,
)

import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayOf } from '../../../src/base/clock.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { analyseSegments } from '../../../src/store/segment/analysis.ts'
import { checkSegmentFile } from '../../../src/store/segment/check.ts'
import { joinedChunks } from '../../../src/store/segment/column.ts'
import { SegmentScan } from '../../../src/store/segment/scan.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { Words } from '../../../src/store/words.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { analyseNaively } from '../naive-analysis.ts'
import { plainRuns } from '../plain-run.ts'
import { removeRuns, reportRuns } from './segment-history.ts'
import { questionFor, rounded } from './segment-question.ts'

/** Each case walks through twenty thousand runs, which a busy machine takes its time for. */
const timeoutMs = 120_000

const folder = temporaryFolder()
const path = folder.file('store.db')
let store: StoreWriter
let database: Database
let scan: SegmentScan
/** What a walk begun before chunks were joined found after it. */
let found = 0
let wanted = 0

beforeAll(() => {
  store = openStoreWriter(path)
  database = new Database(path, { readonly: true })
  scan = new SegmentScan(database, new Words(database))
  for (let first = 0; first < 17_200; first += 4_300) reportRuns(store, first, { count: 4_300, first, end: first + 4_300 })
  const blocks = scan.blocks()
  wanted = plainRuns(store).length
  reportRuns(store, 1, { count: 4_300, first: 17_200, end: 21_500 })
  scan.walk(blocks, (block) => {
    found += scan.select(block, [])
  })
}, timeoutMs)

afterAll(() => {
  database.close()
  store.close()
  folder[Symbol.dispose]()
})

function joinedRuns(): readonly unknown[] {
  return database.query('SELECT id, joined FROM chunk WHERE joined > 1').all()
}

test('chunks that are old are joined, and their runs are checked like any other', () => {
  expect(joinedRuns()).toEqual([{ id: 0, joined: joinedChunks }])
  expect(database.query('SELECT count(*) AS count FROM segment WHERE id BETWEEN 5 AND 79').get()).toEqual({ count: 0 })
  const { chunks, runs, differing } = checkSegmentFile(path)
  expect({ chunks, runs, differing }).toEqual({ chunks: 4, runs: 19 * 1_024 - 1, differing: 0 })
})

test('whoever began to walk before chunks were joined meets each run once', () => {
  expect(found).toBe(wanted)
})

test.each([
  ['chunks that were joined', () => undefined],
  ['late reports, too few to pack anything again', () => reportRuns(store, 2, { count: 400, first: 0, end: 18_000 })],
  [
    'so many late reports and removals that joined chunks are packed again',
    () => {
      reportRuns(store, 3, { count: 1_500, first: 0, end: 16_000 })
      removeRuns(store, { first: 100, end: 9_000, step: 7 })
    },
  ],
  [
    'a store that was opened again',
    () => {
      store.close()
      store = openStoreWriter(path)
      reportRuns(store, 4, { count: 200, first: 0, end: 21_500 })
    },
  ],
])(
  'counts, series, groups, trends and lists agree with a walk through all runs: %s',
  (_, step) => {
    step()
    const runs = plainRuns(store)
    const words = new Words(database)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const query = questionFor(seed, runs)
        const readings = runs.filter(({ tenant }) => tenant === query.tenant).map(({ reading }) => reading)
        expect(rounded(analyseSegments({ database, scan, words }, query))).toEqual(rounded(analyseNaively(readings, query)))
      }),
      { numRuns: 4, endOnFailure: true },
    )
    expect(checkSegmentFile(path).differing).toBe(0)
    expect(listedTimes()).toEqual(newestTimes(runs))
  },
  timeoutMs,
)

test(
  'joined chunks whose runs are all gone are empty',
  () => {
    removeRuns(store, { first: 0, end: 16_500, step: 1 })
    expect(checkSegmentFile(path).differing).toBe(0)
    const left = plainRuns(store)
    let count = 0
    scan.walk(scan.blocks(), (block) => {
      count += scan.select(block, [])
    })
    expect(count).toBe(left.length)
  },
  timeoutMs,
)

const listed = { tenant: 'a', range: { fromDay: 0, toDay: dayOf(Date.UTC(2100, 0)) }, filter: { status: 'success' }, limit: 100 } as const

function listedTimes(): readonly number[] {
  const reader = openStoreReader(path)
  const { runs } = reader.runList(listed)
  reader.close()
  return runs.map(({ reading }) => reading.firstAt)
}

function newestTimes(runs: ReturnType<typeof plainRuns>): readonly number[] {
  const times = runs.filter(({ tenant, reading }) => tenant === listed.tenant && reading.status === listed.filter.status)
  return times
    .map(({ reading }) => reading.firstAt)
    .sort((left, right) => right - left)
    .slice(0, listed.limit)
}

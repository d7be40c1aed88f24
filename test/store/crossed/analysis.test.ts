import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { checkStoreFile } from '../../../src/store/check.ts'
import type { StoreWriter, StoreWriterOptions } from '../../../src/store/port.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { analyseNaively } from '../naive-analysis.ts'
import { plainRuns } from '../plain-run.ts'
import { put, stateOf } from '../run-fixture.ts'
import { removeRuns, reportRuns } from '../segment/segment-history.ts'
import { questionFor, rounded } from '../segment/segment-question.ts'

/** Each case walks through thousands of runs, which a busy machine takes its time for. */
const timeoutMs = 120_000
/** Later than any day of the history. */
const laterDay = 20_700
const options: StoreWriterOptions = { crossedRunsMin: 20 }

const folder = temporaryFolder()
const path = folder.file('store.db')
let store: StoreWriter
let later = 0

beforeAll(() => {
  store = openStoreWriter(path, options)
  reportRuns(store, 20, { count: 3_000, first: 0, end: 3_000 })
})

afterAll(() => {
  store.close()
  folder[Symbol.dispose]()
})

/** Lets a new day begin for each tenant, and makes every day that is over. */
function passTime(): void {
  later += 3
  for (const tenant of ['a', 'b']) put(store, 100_000 + later, stateOf({ at: (laterDay + later) * dayMs }), tenant)
  while (store.crossDay());
}

function madeDays(): number {
  const database = new Database(path, { readonly: true })
  const { count } = database.query<{ count: number }, []>('SELECT count(*) AS count FROM crossed_day WHERE made > 0').get() ?? { count: 0 }
  database.close()
  return count
}

test.each([
  ['days that are over', passTime],
  ['late reports, after which their days are walked through', () => reportRuns(store, 21, { count: 60, first: 0, end: 400 })],
  ['the same days made again', passTime],
  ['removed runs', () => removeRuns(store, { first: 0, end: 300, step: 7 })],
  [
    'a store that was opened again',
    () => {
      store.close()
      store = openStoreWriter(path, options)
      passTime()
    },
  ],
])(
  'a question that crosses filters is answered like a walk through all runs: %s',
  (_, step) => {
    step()
    expect(madeDays()).toBeGreaterThan(0)
    expect(checkStoreFile(path).differences).toEqual([])
    const runs = plainRuns(store)
    const reader = openStoreReader(path)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const query = questionFor(seed, runs)
        const readings = runs.filter(({ tenant }) => tenant === query.tenant).map(({ reading }) => reading)
        expect(rounded(reader.analyse(query))).toEqual(rounded(analyseNaively(readings, query)))
      }),
      { numRuns: 15, endOnFailure: true },
    )
    reader.close()
  },
  timeoutMs,
)

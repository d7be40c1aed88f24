import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Analysis, AnalysisQuery } from '../../../src/store/analysis-port.ts'
import { chooseGroups } from '../../../src/store/count/group-choice.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { analyseSegments } from '../../../src/store/segment/analysis.ts'
import { SegmentScan } from '../../../src/store/segment/scan.ts'
import { splitQuery } from '../../../src/store/split-analysis.ts'
import { Words } from '../../../src/store/words.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { analyseNaively } from '../naive-analysis.ts'
import { plainRuns } from '../plain-run.ts'
import { removeRuns, reportRuns } from './segment-history.ts'
import { questionFor, rounded } from './segment-question.ts'

/** Each case walks through thousands of runs, which a busy machine takes its time for. */
const timeoutMs = 120_000

const folder = temporaryFolder()
let store: StoreWriter
let database: Database
let ask: (query: AnalysisQuery) => Analysis

beforeAll(() => {
  store = openStoreWriter(folder.file('store.db'))
  database = new Database(folder.file('store.db'), { readonly: true })
  const words = new Words(database)
  const scan = new SegmentScan(database, words)
  ask = (query) => chooseGroups(analyseSegments({ database, scan, words }, query), query.chosen)
})

afterAll(() => {
  database.close()
  store.close()
  folder[Symbol.dispose]()
})

const steps = [
  ['few runs, none of them packed', () => reportRuns(store, 10, { count: 40, first: 0, end: 40 })],
  ['many runs, most of them packed', () => reportRuns(store, 11, { count: 2_600, first: 40, end: 2_640 })],
  [
    'late reports and removals',
    () => {
      reportRuns(store, 12, { count: 500, first: 0, end: 2_600 })
      removeRuns(store, { first: 7, end: 1_500, step: 9 })
    },
  ],
  ['chunks that were packed again', () => reportRuns(store, 13, { count: 1_600, first: 0, end: 1_000 })],
] as const

test.each(steps)(
  'counts, series, groups and trends agree with a walk through all runs: %s',
  (_, step) => {
    step()
    const runs = plainRuns(store)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const query = questionFor(seed, runs)
        const readings = runs.filter(({ tenant }) => tenant === query.tenant).map(({ reading }) => reading)
        expect(rounded(ask(query))).toEqual(rounded(analyseNaively(readings, query)))
      }),
      { numRuns: 12, endOnFailure: true },
    )
  },
  timeoutMs,
)

test(
  'two halves of a question that crosses filters are answered like the whole',
  () => {
    const runs = plainRuns(store)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { by, filter, ...rest } = questionFor(seed, runs)
        const crossed = { ...rest, filter: { os: 'debian', ...filter } }
        const byTime = { ...crossed, previous: { fromDay: 2, toDay: 5 }, by: { script: 3 } }
        const chosen = { script: 'fails_more', error: 'may_stand_out' } as const
        const asked = [{ ...crossed, by: { ...by, script: 3, os: 2, error: 9 } }, byTime]
        for (const query of asked.flatMap((each) => [each, { ...each, chosen }])) {
          const split = splitQuery(query)
          expect(split?.merge([ask(split.halves[0]), ask(split.halves[1])])).toEqual(ask(query))
        }
      }),
      { numRuns: 12, endOnFailure: true },
    )
  },
  timeoutMs,
)

test(
  'durations of many runs are within 2 % of their nearest rank',
  () => {
    const readings = plainRuns(store)
      .filter(({ tenant }) => tenant === 'a')
      .map(({ reading }) => reading)
    const query: AnalysisQuery = { tenant: 'a', filter: { arch: 'unknown' }, by: { script: 3 } }
    const [found, exact] = [ask(query), analyseNaively(readings, query)]
    const pairs = [
      [found.total, exact.total] as const,
      ...(found.by.script?.groups ?? []).map((group, index) => [group, exact.by.script?.groups[index]] as const),
    ]
    for (const [sum, plain] of pairs)
      for (const name of ['p50', 'p95'] as const)
        expect(Math.abs((sum.durations?.[name] ?? 0) / (plain?.durations?.[name] ?? 0) - 1)).toBeLessThanOrEqual(0.02)
  },
  timeoutMs,
)

test(
  'a tenant without a run gets an empty answer',
  () => {
    expect(ask({ tenant: 'nobody', filter: { os: 'debian' }, by: { os: 3 } })).toMatchObject({
      by: { os: { groups: [], distinct: 0 } },
      series: [],
    })
  },
  timeoutMs,
)

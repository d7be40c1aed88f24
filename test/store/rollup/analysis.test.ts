import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { readRun } from '../../../src/event/reading.ts'
import type { Analysis, AnalysisQuery } from '../../../src/store/analysis-port.ts'
import type { Totals } from '../../../src/store/count/totals.ts'
import { dimensions } from '../../../src/store/dimension.ts'
import { splitQuery } from '../../../src/store/split-analysis.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { type Batch, batches, writeBatch } from '../history.ts'
import { analyseNaively } from '../naive-analysis.ts'
import { put, stateOf } from '../run-fixture.ts'

const dayMs = 86_400_000
const everyAxis = ['type', 'source', ...dimensions] as const
const range = fc
  .tuple(fc.integer({ min: -3, max: 34 }), fc.integer({ min: 0, max: 70 }))
  .map(([fromDay, more]) => ({ fromDay, toDay: fromDay + more }))
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })

const query: fc.Arbitrary<AnalysisQuery> = fc
  .record({
    range: optional(range),
    previous: optional(range),
    grain: optional(fc.constantFrom('hour', 'day', 'week', 'month')),
    trendDays: optional(fc.integer({ min: 1, max: 9 })),
    followed: optional(fc.subarray([...everyAxis])),
    untimed: optional(fc.boolean()),
    groupsMax: fc.integer({ min: 0, max: 3 }),
    source: optional(fc.constantFrom('ProxmoxVE', 'external', 'nobody')),
    type: optional(fc.constantFrom('lxc', 'addon')),
    status: optional(fc.constantFrom('success', 'failed', 'unknown', 'installing')),
  })
  .map(({ groupsMax, source, type, status, ...rest }) => ({
    tenant: 'a',
    ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<AnalysisQuery>),
    filter: { ...(source && { source }), ...(type && { type }), ...(status && { status }) },
    by: Object.fromEntries(everyAxis.map((name) => [name, groupsMax])),
  }))

describe('an analysis from roll-ups', () => {
  test('says what a plain count of the runs says, for any range, filter, grain and number of groups', () => {
    checkHistories((history, queries, path) => {
      const runs = writeHistory(path, history)
      const reader = openStoreReader(path)
      for (const asked of queries) expect(withoutQuantiles(reader.analyse(asked))).toEqual(withoutQuantiles(analyseNaively(runs, asked)))
      reader.close()
    })
  })

  test('is the same where two halves of the question are answered apart', () => {
    checkHistories((history, queries, path) => {
      writeHistory(path, history)
      const reader = openStoreReader(path)
      const chosen = { script: 'fails_more', error: 'may_stand_out' } as const
      for (const asked of queries.flatMap((query) => [query, { ...query, chosen }])) {
        const split = splitQuery(asked)
        expect(split?.merge([reader.analyse(split.halves[0]), reader.analyse(split.halves[1])])).toEqual(reader.analyse(asked))
      }
      reader.close()
    })
  })

  test('leaves no run out where a period keeps few values apart: groups, rest and what was folded add up to all', () => {
    const valuesMax = Object.fromEntries(dimensions.map((name) => [name, 1]))
    const isEnded = (name: string) => ['category', 'exit_code', 'error'].includes(name)
    checkHistories((history, queries, path) => {
      writeHistory(path, history, valuesMax)
      const reader = openStoreReader(path)
      for (const asked of queries) {
        const { total, by } = reader.analyse(asked)
        for (const [name, { groups, rest, folded }] of Object.entries(by)) {
          const { installing, validation, configuring, success, ...others } = add([...groups.map(({ counts }) => counts), rest, folded])
          const started = isEnded(name) ? {} : { installing, validation, configuring, success }
          expect(total.counts).toMatchObject({ ...others, ...started })
        }
      }
      reader.close()
    })
  })

  test('of runs by hour, week and month begins buckets where UTC does, and finds the last day of a group in a month read as such', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const at = Date.UTC(2026, 0, 31, 23, 59)
    put(store, 1, stateOf({ nsapp: 'redis', at, coreCount: 4, installDuration: 100 }))
    put(store, 2, stateOf({ nsapp: 'redis', at: at - 20 * dayMs, coreCount: 2 }))
    put(store, 3, stateOf({ nsapp: 'redis', at: at + 120_000, status: 'failed', exitCode: 100 }))
    store.close()
    const reader = openStoreReader(folder.file('store.db'))
    const january = { fromDay: at / dayMs - 40, toDay: Math.floor(at / dayMs) }
    const ask = (grain: 'hour' | 'week' | 'month') =>
      reader.analyse({
        tenant: 'default',
        range: { ...january, fromDay: Math.floor(january.fromDay) },
        filter: {},
        by: { script: 5 },
        grain,
      })
    const hours = ask('hour').series
    expect(hours).toHaveLength(24)
    expect(hours[23]).toMatchObject({ start: Date.UTC(2026, 0, 31, 23), counts: { success: 1 } })
    expect(ask('week').series.map(({ start }) => new Date(start).getUTCDay())).toEqual([1, 1, 1, 1, 1, 1])
    expect(ask('month').series.at(-1)).toMatchObject({ start: Date.UTC(2026, 0), counts: { success: 2 }, medians: { cores: 2 } })
    expect(ask('month').by.script?.groups).toMatchObject([{ value: 'redis', lastDay: january.toDay, durations: { count: 1, mean: 100 } }])
    reader.close()
  })

  test('of a tenant that sent nothing, or for a source that nobody named, is empty', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    put(store, 1, stateOf({}))
    store.close()
    const reader = openStoreReader(folder.file('store.db'))
    expect(reader.analyse({ tenant: 'nobody', filter: {}, by: { os: 3 }, grain: 'day' })).toMatchObject({
      series: [],
      by: { os: { groups: [], distinct: 0 } },
    })
    expect(reader.analyse({ tenant: 'default', filter: { source: 'nobody' }, by: {} }).total.counts.success).toBe(0)
    reader.close()
  })

  test('knows how long runs of a script took that is called unknown', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    put(store, 1, stateOf({ nsapp: 'unknown', status: 'success', installDuration: 60 }))
    store.close()
    const reader = openStoreReader(folder.file('store.db'))
    const [group] = reader.analyse({ tenant: 'default', filter: {}, by: { script: 1 } }).by.script?.groups ?? []
    reader.close()
    expect(group).toMatchObject({ value: 'unknown', durations: { count: 1, mean: 60 } })
  })
})

type Check = (history: readonly Batch[], queries: readonly AnalysisQuery[], path: string) => void

function checkHistories(check: Check): void {
  using folder = temporaryFolder()
  let file = 0
  fc.assert(
    fc.property(batches, fc.array(query, { minLength: 3, maxLength: 6 }), (history, queries) => {
      file += 1
      check(history, queries, folder.file(`${file}.db`))
    }),
    { numRuns: 25, endOnFailure: true },
  )
}

/** Writes a history and gives the runs of tenant `a` as they read. */
function writeHistory(path: string, history: readonly Batch[], valuesMax = {}) {
  const store = openStoreWriter(path, { valuesMax })
  for (const batch of history) writeBatch(store, batch)
  const changes = store.changes(0, 1_000)
  store.close()
  return changes.flatMap(({ tenant, state }) => (state && tenant === 'a' ? [readRun(state)] : []))
}

/** Quantiles have a test of their own: they come from bins. */
function withoutQuantiles(analysis: Analysis): unknown {
  return JSON.parse(JSON.stringify(analysis, (key, value) => (key === 'p50' || key === 'p95' ? undefined : value)))
}

function add(list: readonly Totals[]): Totals {
  const sum = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
  for (const totals of list) for (const status of Object.keys(sum) as (keyof Totals)[]) sum[status] += totals[status]
  return sum
}

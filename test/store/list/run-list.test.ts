import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { dimensions } from '../../../src/store/dimension.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import type { RunListQuery, RunView, StoreReader } from '../../../src/store/reader-port.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { type PlainRun, plainMatch, plainRuns, plainValue } from '../plain-run.ts'
import { numbers, removeRuns, reportRuns } from '../segment/segment-history.ts'

/** Each case walks through thousands of runs, which a busy machine takes its time for. */
const timeoutMs = 120_000

const folder = temporaryFolder()
let store: StoreWriter
let reader: StoreReader

beforeAll(() => {
  store = openStoreWriter(folder.file('store.db'))
  reader = openStoreReader(folder.file('store.db'))
  reportRuns(store, 1, { count: 5_000, first: 0, end: 5_000 })
})

afterAll(() => {
  reader.close()
  store.close()
  folder[Symbol.dispose]()
})

/** What happens to the store between the questions. */
const steps = [
  ['runs that are packed and runs that are not yet', () => undefined],
  ['late reports on packed runs, too few to pack them again', () => reportRuns(store, 2, { count: 300, first: 0, end: 5_000 })],
  ['packed runs that were removed', () => removeRuns(store, { first: 30, end: 1_500, step: 7 })],
  ['so many late reports that chunks are packed again', () => reportRuns(store, 3, { count: 2_500, first: 0, end: 3_000 })],
  [
    'more runs, and a chunk that was emptied',
    () => {
      removeRuns(store, { first: 0, end: 1_100, step: 1 })
      reportRuns(store, 4, { count: 1_500, first: 5_000, end: 6_500 })
    },
  ],
  [
    'the newest runs removed, and others in their rows',
    () => {
      removeRuns(store, { first: 4_000, end: 6_500, step: 1 })
      reportRuns(store, 5, { count: 900, first: 7_000, end: 7_900 })
    },
  ],
  [
    'a store that was opened again',
    () => {
      store.close()
      store = openStoreWriter(folder.file('store.db'))
      reportRuns(store, 6, { count: 50, first: 100, end: 7_900 })
    },
  ],
] as const

/** A question with some filters, most of which some run meets. */
function questionFor(seed: number, runs: readonly PlainRun[]): Omit<RunListQuery, 'limit'> {
  const below = numbers(seed)
  const sample = runs[below(runs.length)]?.reading
  const names = [...dimensions, 'source', 'type', 'status'] as const
  const filter: Record<string, string> = {}
  for (let count = below(3); count > 0 && sample !== undefined; count--) {
    const name = names[below(names.length)] ?? 'status'
    if (name === 'source') filter[name] = sample.repoSource
    else if (name === 'type' || name === 'status') filter[name] = sample[name]
    else filter[name] = plainValue(sample, name)
  }
  const fromDay = below(13)
  return {
    tenant: below(4) === 0 ? 'b' : 'a',
    filter,
    ...(below(2) === 0 && { range: { fromDay, toDay: fromDay + below(6) } }),
    ...(below(6) === 0 && { app: ['A', 'b', 'é', 'x'][below(4)] ?? '' }),
    ...(below(8) === 0 && { repaired: below(2) === 0 }),
    ...(below(8) === 0 && { cloaked: below(2) === 0 }),
    ...(below(6) === 0 && { unendedBefore: below(13) * dayMs + below(dayMs) }),
  }
}

test.each(steps)(
  'counts and lists agree with a walk through all runs: %s',
  (_, step) => {
    step()
    const runs = plainRuns(store)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const question = questionFor(seed, runs)
        const expected = runs.filter((run) => plainMatch(run, question))
        expect(reader.countRuns(question)).toBe(expected.length)
        const first = reader.runList({ ...question, limit: 40 })
        const times = expected.map(({ reading }) => reading.firstAt).sort((left, right) => right - left)
        expect(first.runs.map(({ reading }) => reading.firstAt)).toEqual(times.slice(0, 40))
        const keys = new Set(expected.map(({ key }) => key))
        expect(first.runs.filter(({ key }) => !keys.has(key.toHex()))).toEqual([])
      }),
      { numRuns: 60 },
    )
  },
  timeoutMs,
)

test(
  'pages follow each other without a gap or a repeat in both directions, while new runs come in',
  () => {
    const question = { tenant: 'a', filter: { type: 'lxc' } }
    const expected = plainRuns(store).filter((run) => plainMatch(run, question)).length
    const forward = [reader.runList({ ...question, limit: 17 })]
    expect(forward[0]?.newer).toBeUndefined()
    for (let cursor = forward[0]?.older, n = 0; cursor !== undefined; cursor = forward.at(-1)?.older, n++) {
      if (n < 3) reportRuns(store, 50 + n, { count: 10, first: 9_000 + 10 * n, end: 9_010 + 10 * n })
      forward.push(reader.runList({ ...question, cursor, limit: 17 }))
    }
    const walked = forward.flatMap(({ runs }) => runs.map(idOf))
    const fresh = plainRuns(store).filter((run) => plainMatch(run, question)).length - expected
    expect(new Set(walked).size).toBe(walked.length)
    expect(walked.length).toBeGreaterThanOrEqual(expected)
    expect(walked.length).toBeLessThanOrEqual(expected + fresh)

    const back: RunView[][] = []
    for (let cursor = forward.at(-1)?.newer; cursor !== undefined; ) {
      const page = reader.runList({ ...question, cursor, direction: 'newer', limit: 17 })
      back.unshift([...page.runs])
      cursor = page.newer
    }
    const all = [...back.flat().map(idOf), ...(forward.at(-1)?.runs ?? []).map(idOf)]
    expect(new Set(all).size).toBe(expected + fresh)
    expect(all).toHaveLength(expected + fresh)
  },
  timeoutMs,
)

test.each(['', 'x', '1.', '.1', '1.2.3', '9999999999999999999.1'])(
  'begins with the newest run where the cursor is none of ours: %s',
  (cursor) => {
    const question = { tenant: 'a', filter: {}, limit: 3 }
    expect(reader.runList({ ...question, cursor })).toEqual(reader.runList(question))
  },
)

test(
  'finds nothing for a tenant, a word or a number that no run has',
  () => {
    expect(reader.runList({ tenant: 'nobody', filter: {} })).toEqual({ runs: [] })
    expect(reader.countRuns({ tenant: 'a', filter: { os: 'no such system' } })).toBe(0)
    expect(reader.countRuns({ tenant: 'a', filter: { cores: '1e3' } })).toBe(0)
    expect(reader.countRuns({ tenant: 'a', filter: { status: 'done' } })).toBe(0)
  },
  timeoutMs,
)

function idOf({ key }: RunView): string {
  return key.toHex()
}

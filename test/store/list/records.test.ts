import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { dayOf } from '../../../src/base/clock.ts'
import { readRun } from '../../../src/event/reading.ts'
import type { RecordsQuery, RunView, StoreReader } from '../../../src/store/reader-port.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { keyOf, put, type Report, stateOf } from '../run-fixture.ts'
import { filters, sorts } from './records-case.ts'

const hourMs = 3_600_000
const now = Date.UTC(2026, 2, 10, 15)
const folder = temporaryFolder()
let reader: StoreReader
let everyRun: readonly RunView[]

/** Values that cross each other: every pair of filters matches some runs and not others. */
const variants = {
  nsapp: ['alpine', 'alpine-vm', 'ALPINE', '100%_sure', '100xysure', 'back\\slash'],
  status: ['success', 'failed', 'aborted', 'installing'],
  osType: ['debian', 'alpine', undefined],
  type: ['lxc', 'vm', 'addon'],
  repoSource: ['ProxmoxVE', 'ProxmoxVED', undefined, 'external'],
  repoSlug: ['o/a', 'o/b', undefined],
  method: ['default', 'advanced', undefined],
  exitCode: [0, 1, 100, undefined],
} as const

beforeAll(() => {
  const store = openStoreWriter(folder.file('store.db'))
  for (let n = 0; n < 600; n++) {
    const spread = (step: number, length: number) => Math.floor(n / step) % length
    const report = Object.fromEntries(
      Object.entries(variants).map(([name, values], index) => [name, values[spread(1 + index, values.length)]]),
    ) as Report
    put(store, n, stateOf({ ...report, at: now - Math.floor(n / 2) * hourMs }))
  }
  put(store, 1_000, stateOf({ at: now }), 'another tenant')
  everyRun = store
    .changes(0, 1_000)
    .flatMap(({ state, ...run }) => (state && run.tenant === 'default' ? [{ ...run, reading: readRun(state) }] : []))
  store.close()
  reader = openStoreReader(folder.file('store.db'))
})

afterAll(() => {
  reader.close()
  folder[Symbol.dispose]()
})

describe('the records page', () => {
  test.each(filters)('finds the runs with %s, in every order, page by page', (_, filter) => {
    for (const sort of sorts) {
      const expected = askPlainly({ ...filter, ...(sort && { sort }) })
      const found: RunView[] = []
      for (let page = 1; ; page++) {
        const answer = reader.recordsPage({ tenant: 'default', ...filter, ...(sort && { sort }), page, limit: 100 }, now)
        expect(answer).toMatchObject({ page, limit: 100, total: expected.length, totalPages: Math.ceil(expected.length / 100) })
        found.push(...answer.runs)
        if (answer.runs.length < 100) break
      }
      expect(found.map(({ key }) => key.toHex())).toEqual(expected.map(({ key }) => key.toHex()))
    }
  })

  test('gives readings without traces', () => {
    const [run] = reader.recordsPage({ tenant: 'default', days: 30, status: 'failed', limit: 1 }, now).runs
    expect(run).toEqual(askPlainly({ days: 30, status: 'failed' })[0] as RunView)
  })

  test.each([
    ['a page below 1', { page: 0 }, { page: 1, limit: 50 }],
    ['a page that is no number', { page: Number.NaN }, { page: 1, limit: 50 }],
    ['a limit above 100', { limit: 5_000 }, { page: 1, limit: 100 }],
    ['a limit below 1', { limit: 0 }, { page: 1, limit: 50 }],
  ])('takes the default for %s', (_, query, bounds) => {
    expect(reader.recordsPage({ tenant: 'default', ...query }, now)).toMatchObject(bounds)
  })

  test('is empty beyond the last page, at any distance, and for a tenant without runs', () => {
    expect(reader.recordsPage({ tenant: 'default', page: Number.MAX_SAFE_INTEGER }, now).runs).toEqual([])
    expect(reader.recordsPage({ tenant: 'nobody' }, now)).toMatchObject({ runs: [], total: 0, totalPages: 0 })
  })

  test('P23 never shows a run of another tenant', () => {
    const answer = reader.recordsPage({ tenant: 'another tenant', repo: 'all', days: 365 }, now)
    expect(answer.runs.map(({ tenant }) => tenant)).toEqual(['another tenant'])
    expect(reader.latest('another tenant', 10)).toHaveLength(1)
    expect(reader.record({ tenant: 'another tenant', key: keyOf(1) })).toBeUndefined()
  })
})

describe('one run', () => {
  test('is found by its key, with its trace and what the mirror refused', () => {
    using own = temporaryFolder()
    const store = openStoreWriter(own.file('store.db'))
    put(store, 1, stateOf({ status: 'failed', exitCode: 1, error: 'why', trace: 'the log' }))
    put(store, 2, stateOf({}))
    store.park([{ tenant: 'default', key: keyOf(1), revision: 1, reason: 'http_400', parkedAt: 9 }])
    const local = openStoreReader(own.file('store.db'))
    const run = local.record({ tenant: 'default', key: keyOf(1) })
    expect(run?.reading.trace).toBe('the log')
    expect(run?.parked).toEqual({ reason: 'http_400', parkedAt: 9 })
    expect(local.record({ tenant: 'default', key: keyOf(2) })?.parked).toBeUndefined()
    expect(local.record({ tenant: 'default', key: keyOf(3) })).toBeUndefined()
    expect(local.cursor('test')).toBe(2)
    local.close()
    store.close()
  })

  test.each([
    ['a UUID that is also the key of one of them', '00000001-0000-0000-0000-000000000000'],
    ['a UUID that is nobody’s key', '0190a5f3-7c1e-7000-8000-00000000002a'],
    ['an epoch id', 'tool-1767225600'],
  ])('is found by its random id, the newest first with the others: %s', (_, randomId) => {
    using own = temporaryFolder()
    const store = openStoreWriter(own.file('store.db'))
    for (const n of [1, 2, 3]) put(store, n, stateOf({ randomId, status: 'failed', trace: `log ${n}`, at: [0, 20, 30, 10][n] ?? 0 }))
    put(store, 4, stateOf({ randomId: '0190a5f3-7c1e-7000-8000-00000000002b', at: 99 }))
    put(store, 5, stateOf({ randomId, at: 99 }), 'another tenant')
    const local = openStoreReader(own.file('store.db'))
    const family = local.recordsByRandomId('default', randomId)
    expect(family?.key[3]).toBe(2)
    expect(family?.reading.trace).toBe('log 2')
    expect(family?.others.map(({ key, reading }) => [key[3], reading.trace])).toEqual([
      [1, undefined],
      [3, undefined],
    ])
    expect(local.recordsByRandomId('default', 'tool-1')).toBeUndefined()
    expect(local.recordsByRandomId('nobody', randomId)).toBeUndefined()
    local.close()
    store.close()
  })

  test('stands in the latest ones by the time of its first report', () => {
    const expected = [...everyRun].sort((left, right) => right.reading.firstAt - left.reading.firstAt).slice(0, 5)
    expect(reader.latest('default', 5).map(({ reading }) => reading.firstAt)).toEqual(expected.map(({ reading }) => reading.firstAt))
    expect(reader.latest('nobody', 5)).toEqual([])
  })
})

/** The same question answered from all runs in memory, rule by rule. */
function askPlainly({ days, repo, status, app, os, type, slug, sort }: Omit<RecordsQuery, 'tenant'>): RunView[] {
  const period = days === undefined || !Number.isInteger(days) || days < 0 ? 1 : days === 0 || days > 365 ? 365 : days
  const matches = everyRun.filter(({ reading }) => {
    const isFresh = dayOf(reading.firstAt) > dayOf(now) - period
    const isNamed = app === undefined || reading.nsapp.toLowerCase().includes(app.toLowerCase())
    const isOfRepository = repo === 'all' || reading.repoSource === (repo || 'ProxmoxVE')
    const equals = [
      [status, reading.status],
      [os, reading.osType],
      [type, reading.type],
      [slug, reading.repoSlug],
    ] as const
    return isFresh && isNamed && isOfRepository && equals.every(([asked, given]) => asked === undefined || asked === given)
  })
  return matches
    .map(({ reading: { trace: _trace, reported, ...reading }, ...run }) => ({ ...run, reading: withoutTrace(reading, reported) }))
    .sort(order(sort))
}

function withoutTrace(
  reading: Omit<RunView['reading'], 'trace' | 'reported'>,
  reported: RunView['reading']['reported'],
): RunView['reading'] {
  if (reported === undefined) return reading
  const { trace: _trace, ...kept } = reported
  return { ...reading, reported: kept }
}

function order(sort = ''): (left: RunView, right: RunView) => number {
  const descending = sort.startsWith('-')
  const key = descending ? sort.slice(1) : sort
  const columns: Readonly<Record<string, (run: RunView) => string | number>> = {
    nsapp: ({ reading }) => reading.nsapp,
    status: ({ reading }) => reading.status,
    os_type: ({ reading }) => reading.osType ?? '',
    type: ({ reading }) => reading.type,
    method: ({ reading }) => reading.method ?? '',
    exit_code: ({ reading }) => reading.exitCode ?? 0,
  }
  const value = columns[key] ?? (() => 0)
  const sign = descending ? -1 : 1
  const timeSign = key === 'created' && !descending ? 1 : -1
  return (left, right) => {
    const [a, b] = [value(left), value(right)]
    if (a !== b) return a < b ? -sign : sign
    return timeSign * (left.reading.firstAt - right.reading.firstAt || left.revision - right.revision)
  }
}

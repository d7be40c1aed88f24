import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { runState } from '../event/run-arbitrary.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

const tenant = 'default'

describe('a stored run', () => {
  test('is loaded exactly as it was applied, first and after a change', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    let n = 0
    fc.assert(
      fc.property(runState, runState, (first, second) => {
        n += 1
        const id = { tenant: `tenant ${n % 3}`, key: keyOf(n) }
        put(store, n, first, id.tenant)
        expect(store.load([id])[0]?.state).toEqual(first)
        put(store, n, second, id.tenant)
        expect(store.load([id])[0]?.state).toEqual(second)
      }),
      { numRuns: 300 },
    )
    store.close()
  })

  test.each([
    ['a UUID that the key spells', '00000007-0000-0000-0000-000000000000'],
    ['another UUID', '0190a5f3-7c1e-7000-8000-00000000002a'],
    ['a UUID in upper case', '0190A5F3-7C1E-7000-8000-00000000002A'],
    ['a keyed hash', 'h-abcdefghijklmnopqrstuvwxyz'],
    ['an epoch id', 'tool-1767225600'],
    ['a digit alone', '0'],
  ])('keeps %s as its id', (_, id) => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const state = stateOf({ randomId: id, executionId: id })
    put(store, 7, state)
    expect(store.load([{ tenant, key: keyOf(7) }])[0]?.state).toEqual(state)
    store.close()
  })

  test('P23 of one tenant is never met by another that sends the same key', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    put(store, 1, stateOf({ nsapp: 'ours' }), 'a')
    put(store, 1, stateOf({ nsapp: 'theirs' }), 'b')
    store.remove([{ tenant: 'a', key: keyOf(1) }])
    expect(store.load([{ tenant: 'a', key: keyOf(1) }])).toEqual([])
    expect(store.load([{ tenant: 'b', key: keyOf(1) }])[0]?.state.fields.nsapp?.value).toBe('theirs')
    expect(store.load([{ tenant: 'nobody', key: keyOf(1) }])).toEqual([])
    store.close()
  })
})

describe('a transaction of the store', () => {
  test('leaves nothing behind when one of its changes fails, and the next one works', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    put(store, 1, stateOf({ nsapp: 'first' }))
    const [before] = store.load([{ tenant, key: keyOf(1) }])
    if (before === undefined) throw new Error('the run is not there')
    put(store, 1, stateOf({ nsapp: 'second' }))
    const fresh = { tenant, key: keyOf(2), after: stateOf({ nsapp: 'a word of its own', at: 86_400_000 }) }
    const stale = { tenant, key: keyOf(1), before, after: stateOf({ nsapp: 'third' }) }
    const revision = store.revision()
    expect(() => store.apply('test', 99, [fresh, stale])).toThrow('revision')
    expect(store.cursor('test')).toBe(2)
    expect(store.revision()).toBe(revision)
    expect(store.load([fresh])).toEqual([])
    store.apply('test', 3, [fresh])
    expect(store.load([fresh])[0]?.state).toEqual(fresh.after)
    const reader = openStoreReader(folder.file('store.db'))
    expect(reader.totals({}).success).toBe(2)
    reader.close()
    store.close()
  })

  test('is there after closing, with cursor, revision and facts', () => {
    using folder = temporaryFolder()
    const first = openStoreWriter(folder.file('store.db'))
    put(first, 1, stateOf({}))
    first.moveCursor('mirror', 12)
    first.setFact('instance', 'x')
    first.setFact('instance', 'y')
    first.close()
    const second = openStoreWriter(folder.file('store.db'))
    expect(second.cursor('test')).toBe(1)
    expect(second.cursor('mirror')).toBe(12)
    expect(second.cursor('nobody')).toBe(0)
    expect(second.fact('instance')).toBe('y')
    expect(second.fact('nothing')).toBeUndefined()
    put(second, 2, stateOf({}))
    expect(second.load([{ tenant, key: keyOf(2) }])[0]?.revision).toBe(2)
    second.close()
  })
})

describe('changes', () => {
  test('come oldest first, several of one run as one, a removal as its tombstone', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    for (const n of [1, 2, 3]) put(store, n, stateOf({ nsapp: `run ${n}` }))
    put(store, 1, stateOf({ nsapp: 'run 1 again' }))
    store.remove([{ tenant, key: keyOf(2) }])
    const all = store.changes(0, 10)
    expect(all.map(({ key, revision, state }) => [key[3], revision, state?.fields.nsapp?.value])).toEqual([
      [3, 3, 'run 3'],
      [1, 4, 'run 1 again'],
      [2, 5, undefined],
    ])
    expect(store.changes(3, 1).map(({ revision }) => revision)).toEqual([4])
    expect(store.changes(4, 10).map(({ revision }) => revision)).toEqual([5])
    expect(store.changes(store.revision(), 10)).toEqual([])
    store.close()
  })

  test('hold the trace of a failed run', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const state = stateOf({ status: 'failed', exitCode: 1, trace: 'line one\nline two ü' })
    put(store, 1, state)
    expect(store.changes(0, 1)[0]?.state).toEqual(state)
    store.close()
  })

  test('a removed run stays removed, whatever comes for it later and after a restart', () => {
    using folder = temporaryFolder()
    const first = openStoreWriter(folder.file('store.db'))
    put(first, 1, stateOf({}))
    first.remove([
      { tenant, key: keyOf(1) },
      { tenant, key: keyOf(9) },
    ])
    put(first, 1, stateOf({}))
    first.close()
    const second = openStoreWriter(folder.file('store.db'))
    put(second, 1, stateOf({}))
    expect(second.load([{ tenant, key: keyOf(1) }])).toEqual([])
    expect(second.revision()).toBe(2)
    expect(second.cursor('test')).toBe(3)
    second.close()
  })
})

describe('a parked run', () => {
  const parked = (n: number, revision: number) => ({ tenant, key: keyOf(n), revision, reason: 'http_400', parkedAt: n })

  test('is listed oldest first, and sent again under a new revision when replayed, removed ones too', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    for (const n of [1, 2]) put(store, n, stateOf({}))
    store.remove([{ tenant, key: keyOf(2) }])
    store.park([parked(2, 3), parked(1, 1)])
    store.park([parked(1, 1)])
    expect(store.parkedCount()).toBe(2)
    expect(store.parked(10).map(({ key, reason, parkedAt }) => [key[3], reason, parkedAt])).toEqual([
      [1, 'http_400', 1],
      [2, 'http_400', 2],
    ])
    expect(store.parked(1)).toHaveLength(1)
    const revision = store.revision()
    expect(store.replay()).toBe(2)
    expect(store.parkedCount()).toBe(0)
    const again = store.changes(revision, 10).map(({ key, state }) => [key[3], state !== undefined])
    expect(again.sort()).toEqual([
      [1, true],
      [2, false],
    ])
    store.close()
  })

  test('is parked no longer once it changed', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    for (const n of [1, 2]) put(store, n, stateOf({}))
    store.park([parked(1, 1), parked(2, 2)])
    put(store, 1, stateOf({ nsapp: 'other' }))
    expect(store.parked(10).map(({ key }) => key[3])).toEqual([2])
    expect(store.parkedCount()).toBe(1)
    store.close()
  })
})

test('a checkpoint says true only when no reader kept it from finishing', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({}))
  const other = new Database(folder.file('store.db'), { readonly: true })
  other.run('BEGIN')
  other.query('SELECT count(*) FROM run').get()
  put(store, 2, stateOf({}))
  expect(store.checkpoint()).toBe(false)
  other.run('COMMIT')
  expect(store.checkpoint()).toBe(true)
  other.close()
  store.close()
})

test('an entry set aside is kept whole until it is dropped, and the cursor is past it', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  store.setAside(5, { consumer: 'test', reason: 'TypeError', entry: '{"seq":5}' })
  store.setAside(8, { consumer: 'test', reason: 'RangeError', entry: '{"seq":8}' })
  expect(store.cursor('test')).toBe(8)
  expect(store.setAsideCount()).toBe(2)
  const [first] = store.setAsideEntries(0, 1)
  expect(first).toEqual({ id: 1, consumer: 'test', reason: 'TypeError', entry: '{"seq":5}' })
  store.dropSetAside(1)
  expect(store.setAsideEntries(0, 10).map(({ entry }) => entry)).toEqual(['{"seq":8}'])
  store.close()
})

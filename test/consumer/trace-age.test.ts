import { expect, test } from 'bun:test'
import { countOldTraces, removeOldTraces } from '../../src/consumer/trace-age.ts'
import { join } from '../../src/event/merge.ts'
import { readRun } from '../../src/event/reading.ts'
import { checkStoreFile } from '../../src/store/check.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, put, stateOf } from '../store/run-fixture.ts'

const before = 1_000

/** All steps of one run. Gives what each changed. */
function removeAll(store: StoreWriter): readonly number[] {
  const changed: number[] = []
  for (let after = 0; ; ) {
    const step = removeOldTraces(store, { before, after })
    changed.push(step.changed)
    after = step.after
    if (step.isDone) return changed
  }
}

function failure(trace: string, at: number) {
  return stateOf({ status: 'failed', exitCode: 1, error: 'broken', trace, at })
}

test('the log of an old run goes, the run and all its sums stay, and a log that comes once more goes again', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  put(store, 1, failure('old log', 999))
  put(store, 2, failure('young log', 1_000))
  put(store, 3, stateOf({ at: 1 }))
  const revision = store.revision()
  expect(removeAll(store)).toEqual([1])
  const [old, young] = store.load([1, 2].map((n) => ({ tenant: 'default', key: keyOf(n) })))
  expect(old?.revision).toBe(revision + 1)
  expect(young?.state.outcome?.trace).toBe('young log')
  if (old === undefined) throw new Error('the run is gone')
  expect(readRun(old.state)).toMatchObject({ status: 'failed', exitCode: 1, error: 'broken' })
  expect(readRun(old.state).trace).toBeUndefined()
  expect(old.state.outcome?.traceLength).toBe(7)
  expect(removeAll(store)).toEqual([0])
  put(store, 1, join(old.state, failure('old log', 999)))
  expect(removeAll(store)).toEqual([1])
  expect(checkStoreFile(path)).toMatchObject({ runs: 3, differing: 0 })
  const reader = openStoreReader(path)
  expect(reader.record({ tenant: 'default', key: keyOf(1) })?.reading.trace).toBeUndefined()
  reader.close()
  store.close()
})

test('many logs go in small steps, whatever young ones lie between them', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  const deltas = Array.from({ length: 2_500 }, (_, n) => ({
    tenant: n % 3 === 0 ? 'other' : 'default',
    key: keyOf(n),
    after: failure(`log ${n}`, n % 10 === 0 ? 1 : 5_000),
  }))
  store.apply('test', 1, deltas)
  const steps = removeAll(store)
  expect(Math.max(...steps)).toBeLessThanOrEqual(100)
  expect(steps.reduce((sum, step) => sum + step, 0)).toBe(250)
  const left = store.load(deltas).filter(({ state }) => state.outcome?.trace !== undefined)
  expect(left).toHaveLength(2_250)
  store.close()
})

test('what would go is counted without a change, and packed runs that are young are passed by', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  const isOld = (n: number) => n % 1_024 === 7 && n < 4_096
  const deltas = Array.from({ length: 10_000 }, (_, n) => ({
    tenant: 'default',
    key: keyOf(n),
    after: failure('log', isOld(n) ? 1 : 5_000),
  }))
  store.apply('test', 1, deltas)
  const revision = store.revision()
  expect(countOldTraces(store, { before, after: 0 })).toMatchObject({ changed: 4, isDone: true })
  expect(countOldTraces(store, { before: 1, after: 0 })).toMatchObject({ changed: 0, isDone: true })
  expect(store.revision()).toBe(revision)
  expect(removeAll(store).reduce((sum, step) => sum + step, 0)).toBe(4)
  expect(countOldTraces(store, { before, after: 0 })).toMatchObject({ changed: 0, isDone: true })
  store.close()
})

test('a look through a large store comes in bounded steps', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  // Each chunk has one old run and no log, so that none is passed by.
  const deltas = Array.from({ length: 60 * 1_024 }, (_, n) => ({
    tenant: 'default',
    key: keyOf(n),
    after: stateOf({ at: n % 1_024 === 0 ? 1 : 5_000 }),
  }))
  deltas.push({ tenant: 'default', key: keyOf(deltas.length), after: failure('the last log', 1) })
  for (let first = 0; first < deltas.length; first += 8_192) store.apply('test', first + 1, deltas.slice(first, first + 8_192))
  const steps = removeAll(store)
  expect(steps.length).toBeGreaterThan(1)
  expect(steps.at(-1)).toBe(1)
  store.close()
})

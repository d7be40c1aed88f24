import { describe, expect, test } from 'bun:test'
import { giveUpStuck } from '../../src/consumer/stuck.ts'
import { join } from '../../src/event/merge.ts'
import { readRun } from '../../src/event/reading.ts'
import { checkStoreFile } from '../../src/store/check.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, put, type Report, stateOf } from '../store/run-fixture.ts'

const hourMs = 3_600_000
const now = 1_000 * hourMs
const question = { now, stuckMs: hourMs }

function open() {
  const folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  return {
    path,
    store,
    [Symbol.dispose]: () => {
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

function readingOf(store: StoreWriter, n: number, tenant = 'default') {
  const [run] = store.load([{ tenant, key: keyOf(n) }])
  if (run === undefined) throw new Error('there is no such run')
  return { ...readRun(run.state), revision: run.revision }
}

describe('a look for stuck runs', () => {
  test.each<[name: string, reports: readonly Report[], isStuck: boolean]>([
    ['that only began', [{ status: 'installing', at: now - 2 * hourMs }], true],
    ['in validation', [{ status: 'validation', at: now - 2 * hourMs }], true],
    [
      'in configuring',
      [
        { status: 'installing', at: now - 9 * hourMs },
        { status: 'configuring', at: now - 2 * hourMs },
      ],
      true,
    ],
    [
      'heard of within the hour',
      [
        { status: 'installing', at: now - 9 * hourMs },
        { status: 'validation', at: now - hourMs / 2 },
      ],
      false,
    ],
    [
      'whose first stage was reported again',
      [
        { status: 'installing', at: now - 9 * hourMs },
        { status: 'installing', at: now - 1 },
      ],
      false,
    ],
    ['heard of just an hour ago', [{ status: 'installing', at: now - hourMs }], false],
    ['that succeeded', [{ status: 'success', at: now - 9 * hourMs }], false],
    ['that failed', [{ status: 'failed', exitCode: 1, at: now - 9 * hourMs }], false],
    [
      'of which something came from the future',
      [
        { status: 'installing', at: now - 9 * hourMs },
        { status: 'configuring', at: now + hourMs },
      ],
      false,
    ],
  ])('takes a run %s for what it is', (_, reports, isStuck) => {
    using here = open()
    put(here.store, 1, stateOf(...reports))
    const before = readingOf(here.store, 1)
    expect(here.store.unendedCount('default', now - hourMs)).toBe(Number(isStuck))
    expect(giveUpStuck(here.store, question)).toEqual({ changed: Number(isStuck), isDone: true })
    const after = readingOf(here.store, 1)
    if (isStuck) expect(after).toMatchObject({ status: 'unknown', errorCategory: 'timeout', stuck: true, revision: before.revision + 1 })
    else expect(after).toEqual(before)
    expect(giveUpStuck(here.store, question)).toEqual({ changed: 0, isDone: true })
  })

  test('a later report takes it back, and later silence gives the run up again', () => {
    using here = open()
    put(here.store, 1, stateOf({ status: 'installing', at: now - 2 * hourMs }))
    giveUpStuck(here.store, question)
    const [stored] = here.store.load([{ tenant: 'default', key: keyOf(1) }])
    put(here.store, 1, join(stored?.state ?? stateOf({}), stateOf({ status: 'configuring', at: now + 1 })))
    expect(readingOf(here.store, 1)).toMatchObject({ status: 'configuring', stuck: false })
    expect(giveUpStuck(here.store, { now: now + hourMs, stuckMs: hourMs }).changed).toBe(0)
    expect(giveUpStuck(here.store, { now: now + 3 * hourMs, stuckMs: hourMs }).changed).toBe(1)
    expect(readingOf(here.store, 1)).toMatchObject({ status: 'unknown', stuck: true })
    const [again] = here.store.load([{ tenant: 'default', key: keyOf(1) }])
    put(here.store, 1, join(again?.state ?? stateOf({}), stateOf({ status: 'success', at: now + 9 * hourMs })))
    expect(readingOf(here.store, 1)).toMatchObject({ status: 'success', stuck: false })
  })

  test('goes on in small steps through all tenants, and the roll-ups stay those of the runs', () => {
    using here = open()
    const deltas = Array.from({ length: 450 }, (_, n) => ({
      tenant: n % 2 === 0 ? 'default' : 'other',
      key: keyOf(n),
      after: stateOf({ status: 'installing', at: n * hourMs }),
    }))
    here.store.apply('test', 1, deltas)
    expect(here.store.unendedCount('other', now - hourMs)).toBe(225)
    const steps = [giveUpStuck(here.store, question), giveUpStuck(here.store, question), giveUpStuck(here.store, question)]
    expect(steps).toEqual([
      { changed: 200, isDone: false },
      { changed: 200, isDone: false },
      { changed: 50, isDone: true },
    ])
    expect([here.store.unendedCount('default', now), here.store.unendedCount('other', now)]).toEqual([0, 0])
    expect(checkStoreFile(here.path)).toMatchObject({ runs: 450, differing: 0 })
  })
})

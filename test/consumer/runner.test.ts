import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { systemClock } from '../../src/base/clock.ts'
import { installConsumer } from '../../src/consumer/install.ts'
import { type Consumer, Runner, restAfter, setAsideMax } from '../../src/consumer/runner.ts'
import type { JournalReader } from '../../src/journal/port.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'
import { entryOf, idOf, writeJournal } from './journal-file.ts'

type Parts = { readonly folder: ReturnType<typeof temporaryFolder>; readonly journal: JournalReader; readonly store: StoreWriter }
let parts: Parts
let faults: string[]

beforeEach(() => {
  const folder = temporaryFolder()
  faults = []
  parts = { folder, journal: openJournalReader(folder.file('journal.db')), store: openStoreWriter(folder.file('store.db')) }
})

afterEach(() => {
  parts.journal.close()
  parts.store.close()
  parts.folder[Symbol.dispose]()
})

function createRunner(consumer: Consumer = installConsumer): Runner {
  const onFault = (code: string, seq?: number) => faults.push(seq === undefined ? code : `${code} at ${seq}`)
  return new Runner({ ...parts, consumer, clock: systemClock, onFault, onBatch: () => undefined })
}

function append(...groups: Parameters<typeof writeJournal>[1]): void {
  writeJournal(parts.folder.file('journal.db'), groups)
}

const run = (n: number) => ({ tenant: 'default', key: Uint8Array.fromHex(idOf(n).replaceAll('-', '')) })

/** Fails for the entries of the script `poison`, as a bug would. */
const sensitive: Consumer = {
  name: 'install',
  plan(entries, store) {
    if (entries.some(({ event }) => event.kind === 'install' && event.install.nsapp === 'poison'))
      throw new RangeError('the text of an entry')
    return installConsumer.plan(entries, store)
  },
}

describe('the runner', () => {
  test('moves the journal into the store, goes on when told, and ends with nothing left to trim', async () => {
    append(Array.from({ length: 30 }, (_, n) => entryOf({ executionId: idOf(n) })))
    const runner = createRunner()
    runner.start()
    await until(() => runner.status().lag === 0)
    append([entryOf({ executionId: idOf(30) })])
    runner.wake()
    await until(() => runner.status().cursor === 31)
    await runner.stop()
    expect(parts.store.changes(0, 100)).toHaveLength(31)
    expect(runner.status()).toMatchObject({ cursor: 31, head: 31, lag: 0, batches: 2, events: 31, faults: 0, setAside: 0, durable: 31 })
    expect(parts.journal.read(0, 100).length).toBeLessThanOrEqual(1)
  })

  test('has an event in the store within 50 ms of being told, when it was idle', async () => {
    const runner = createRunner()
    runner.start()
    const waits: number[] = []
    for (let n = 1; n <= 5; n++) {
      append([entryOf({ executionId: idOf(n) })])
      const told = performance.now()
      runner.wake()
      await until(() => runner.status().cursor === n)
      waits.push(performance.now() - told)
    }
    await runner.stop()
    expect(Math.min(...waits)).toBeLessThan(50)
  })

  test('goes on behind its cursor after a restart, and from the start of a journal that is another one', async () => {
    append([entryOf({ executionId: idOf(1) })])
    const first = createRunner()
    first.start()
    await until(() => first.status().cursor === 1)
    await first.stop()
    expect(createRunner().status().cursor).toBe(1)
    using other = temporaryFolder()
    const journal = openJournalReader(other.file('journal.db'))
    expect(
      new Runner({
        journal,
        store: parts.store,
        consumer: installConsumer,
        clock: systemClock,
        onFault: () => undefined,
        onBatch: () => undefined,
      }).status().cursor,
    ).toBe(0)
    journal.close()
  })

  test('reads a journal that was put back from its start, although it has grown past the old cursor before the runner came', async () => {
    append(Array.from({ length: 5 }, (_, n) => entryOf({ executionId: idOf(n) })))
    parts.store.moveCursor(`install@${parts.journal.id}`, 7) // The later copy had seven entries; the one put back has the first five.
    append(Array.from({ length: 5 }, (_, n) => entryOf({ executionId: idOf(20 + n) }))) // These get the numbers 6 to 10.
    const runner = new Runner({
      ...parts,
      journalHead: 5,
      consumer: installConsumer,
      clock: systemClock,
      onFault: () => undefined,
      onBatch: () => undefined,
    })
    expect(parts.store.cursor(`install@${parts.journal.id}`)).toBe(0)
    runner.start()
    await until(() => runner.status().cursor === 10)
    await runner.stop()
    expect(parts.store.load([20, 21, 22, 23, 24].map(run))).toHaveLength(5)
  })

  test('lets the thread do other work between two full batches', async () => {
    append(
      ...Array.from({ length: 60 }, (_, group) => Array.from({ length: 250 }, (_, n) => entryOf({ executionId: idOf(group * 250 + n) }))),
    )
    const runner = createRunner()
    const seen: number[] = []
    let look = setImmediate(function tick() {
      seen.push(runner.status().cursor)
      look = setImmediate(tick)
    })
    runner.start()
    await until(() => runner.status().lag === 0)
    clearImmediate(look)
    await runner.stop()
    expect(seen.filter((cursor) => cursor > 0 && cursor < 15_000).length).toBeGreaterThan(0)
  })
})

test.each([
  ['a quick batch', 0.5, 0, 20],
  ['a slow batch', 10, 0, 90],
  ['a batch that took a second', 1_000, 0, 250],
  ['a batch behind which a few events wait', 10, 999, 90],
  ['a batch before a backlog', 10, 1_000, 0],
])('%s is followed by a rest in proportion, within bounds', (_, tookMs, waiting, restMs) => expect(restAfter(tookMs, waiting)).toBe(restMs))

describe('what may be trimmed', () => {
  test('is nothing while a reader keeps the store from becoming durable', async () => {
    append([entryOf({ executionId: idOf(1) })], [entryOf({ executionId: idOf(2) })])
    const reader = new Database(parts.folder.file('store.db'), { readonly: true })
    reader.run('BEGIN')
    reader.query('SELECT count(*) FROM run').get()
    const runner = createRunner()
    runner.start()
    await until(() => runner.status().lag === 0)
    await runner.stop()
    expect(runner.status().durable).toBe(0)
    expect(parts.journal.read(0, 10)).toHaveLength(2)
    reader.close()
  })
})

describe('a fault', () => {
  test('of the environment is waited out, and nothing is lost or counted twice', async () => {
    append([entryOf({ executionId: idOf(1) }), entryOf({ executionId: idOf(2) })])
    let isFull = true
    const onFullDisk: Consumer = {
      name: 'install',
      plan(entries, store) {
        if (isFull) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
        return installConsumer.plan(entries, store)
      },
    }
    const runner = createRunner(onFullDisk)
    runner.start()
    await until(() => runner.status().faults >= 2)
    expect(runner.status()).toMatchObject({ cursor: 0, lag: 2, heldUpBy: 'SQLITE_FULL', setAside: 0 })
    isFull = false
    await until(() => runner.status().lag === 0)
    expect(runner.status().heldUpBy).toBeUndefined()
    await runner.stop()
    expect(parts.store.changes(0, 10)).toHaveLength(2)
    expect(new Set(faults)).toEqual(new Set(['SQLITE_FULL']))
  })

  test('of an entry sets that entry alone aside, whole, and a corrected program consumes it at its start', async () => {
    const groups = Array.from({ length: 5 }, (_, group) =>
      Array.from({ length: 20 }, (_, n) =>
        entryOf({ executionId: idOf(group * 20 + n), nsapp: group * 20 + n === 37 ? 'poison' : 'alpine' }),
      ),
    )
    append(...groups)
    const runner = createRunner(sensitive)
    runner.start()
    await until(() => runner.status().lag === 0)
    await runner.stop()
    expect(faults).toEqual(['RangeError at 38'])
    expect(runner.status()).toMatchObject({ setAside: 1, faults: 1, durable: 100 })
    expect(parts.store.changes(0, 1_000)).toHaveLength(99)
    expect(parts.store.load([run(37)])).toEqual([])
    expect(JSON.stringify(parts.store.setAsideEntries(0, 1)[0]?.reason)).not.toContain('text')

    const stillSick = createRunner(sensitive)
    stillSick.start()
    await until(() => stillSick.status().batches >= 0)
    await stillSick.stop()
    expect(parts.store.setAsideCount()).toBe(1)

    const corrected = createRunner()
    corrected.start()
    await until(() => corrected.status().setAside === 0)
    await corrected.stop()
    expect(parts.store.load([run(37)])[0]?.state.fields.nsapp?.value).toBe('poison')
    expect(corrected.status().cursor).toBe(100)
  })

  test('of every entry stops the runner at a bound, with the rest still in the journal', async () => {
    append(Array.from({ length: 40 }, (_, n) => entryOf({ executionId: idOf(n), nsapp: 'poison' })))
    for (let n = 0; n < setAsideMax - 10; n++) parts.store.setAside(0, { consumer: 'other', reason: 'x', entry: '{}' })
    const runner = createRunner({ ...sensitive, name: 'sick' })
    runner.start()
    await until(() => runner.status().heldUpBy !== undefined)
    await runner.stop()
    expect(runner.status()).toMatchObject({ setAside: setAsideMax, cursor: 10, lag: 30 })
  })
})

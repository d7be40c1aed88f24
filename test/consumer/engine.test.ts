import { expect, test } from 'bun:test'
import { dayMs, systemClock } from '../../src/base/clock.ts'
import type { Companion } from '../../src/consumer/companion.ts'
import { Engine } from '../../src/consumer/engine.ts'
import { openJournalReader } from '../../src/journal/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'
import { entryOf, idOf, writeJournal } from './journal-file.ts'

test('a companion is started, woken by what changes the store and only by that, and stopped while the store is still open', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  const told: string[] = []
  const companion: Companion = {
    name: 'mirror',
    start: () => told.push('start'),
    wake: () => told.push(`wake at ${store.revision()}`),
    stop: async () => {
      store.moveCursor('mirror', 2)
      told.push('stop')
    },
    status: () => ({ told: told.length }),
  }
  const journal = openJournalReader(folder.file('journal.db'))
  const engine = new Engine({ journal, store, companions: [companion], clock: systemClock, onFault: () => undefined })
  engine.start()
  const append = async (n: number) => {
    writeJournal(folder.file('journal.db'), [[entryOf({ executionId: idOf(n) })]])
    engine.wake()
    await until(() => engine.status().lag === 0)
  }
  await append(1)
  await append(1) // The same report again changes nothing.
  await append(2)
  expect(engine.status()).toMatchObject({ revision: 2, events: 3, companions: { mirror: { told: 3 } } })
  await engine.stop()
  expect(told).toEqual(['start', 'wake at 1', 'wake at 2', 'stop'])
  const again = openStoreWriter(folder.file('store.db'))
  expect(again.cursor('mirror')).toBe(2)
  again.close()
})

test('no day is counted while many events wait or the store is held', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'), { crossedRunsMin: 1 })
  for (const [n, day] of [0, 1, 3].entries()) put(store, n, stateOf({ at: day * dayMs }))
  const backlog = Array.from({ length: 1_000 }, (_, n) => entryOf({ executionId: idOf(n) }, 3 * dayMs))
  writeJournal(folder.file('journal.db'), [backlog])
  const journal = openJournalReader(folder.file('journal.db'))
  const engine = new Engine({ journal, store, companions: [], clock: systemClock, onFault: () => undefined })
  const none = { changed: 0, isDone: true }
  expect(engine.crossDay()).toEqual(none)
  engine.start()
  await until(() => engine.status().lag === 0)
  engine.hold()
  expect(engine.crossDay()).toEqual(none)
  engine.release()
  expect([engine.crossDay(), engine.crossDay(), engine.crossDay()]).toEqual([
    { changed: 1, isDone: false },
    { changed: 1, isDone: false },
    none,
  ])
  await engine.stop()
})

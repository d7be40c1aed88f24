import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { crossTask, journalTask } from '../../src/app/task-store.ts'
import { dayMs } from '../../src/base/clock.ts'
import { ConsumerThread } from '../../src/consumer/consumer-thread.ts'
import { checkStoreFile } from '../../src/store/check.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'

const never = new AbortController().signal

test('the timer of the journal counts what was freed, and fails while a reader keeps the store from its checkpoint', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.file('store.db') }
  writeJournal(settings.journalPath, [[entryOf({ executionId: idOf(1) })]])
  const thread = await ConsumerThread.open({ settings, onNotice: () => undefined, onDeath: () => undefined })
  const isFreedUpTo = (seq: number) => until(async () => (await thread.status()).durable === seq, `the journal is freed up to ${seq}`)
  await isFreedUpTo(1)
  const task = journalTask({ thread: async () => thread })
  expect(await task.run(never)).toBe(0)

  const reader = new Database(settings.storePath, { readonly: true })
  reader.run('BEGIN')
  reader.query('SELECT count(*) FROM run').get() // From here on it holds the store as it is now.
  writeJournal(settings.journalPath, [[entryOf({ executionId: idOf(2) })], [entryOf({ executionId: idOf(3) })]])
  thread.appended()
  await until(async () => (await thread.status()).cursor === 3, 'the store has the events')
  await task.run(never)
  expect(await Promise.resolve(task.run(never)).then(String, String)).toContain('something keeps the store from its checkpoint')

  reader.run('COMMIT')
  reader.close()
  await isFreedUpTo(3)
  expect(await task.run(never)).toBe(2)
  expect(await task.run(never)).toBe(0)
  await thread.stop()
})

test('the timer of days counts all that are over after an import, whatever its order, and ends between two when the service does', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.file('store.db') }
  writeJournal(settings.journalPath, [])
  importRuns(settings.storePath, { days: 5, runsOfDay: 4_096 })
  const thread = await ConsumerThread.open({ settings, onNotice: () => undefined, onDeath: () => undefined })
  expect(crossedDays(settings.storePath)).toEqual([])

  const ending = new AbortController()
  const stopped = crossTask({
    thread: async () => {
      ending.abort() // Told while the first step is under way.
      return thread
    },
  })
  expect(await stopped.run(ending.signal)).toBe(1)
  expect(crossedDays(settings.storePath)).toEqual([2])

  const task = crossTask({ thread: async () => thread })
  expect(await task.run(never)).toBe(2)
  expect(crossedDays(settings.storePath)).toEqual([0, 1, 2])
  expect(await task.run(never)).toBe(0)
  await thread.stop()
  expect(checkStoreFile(settings.storePath).differences).toEqual([])
})

/** Writes runs of several days, each transaction some of every day. */
function importRuns(path: string, { days, runsOfDay }: { readonly days: number; readonly runsOfDay: number }): void {
  const store = openStoreWriter(path)
  for (let first = 0; first < runsOfDay; first += 1_024) {
    const deltas = Array.from({ length: 1_024 * days }, (_, index) => {
      const at = (index % days) * dayMs
      return { tenant: 'default', key: keyOf(first * days + index), after: stateOf({ at, nsapp: `app-${index % 7}` }) }
    })
    store.apply('import', 0, deltas)
  }
  store.close()
}

function crossedDays(path: string): readonly number[] {
  const database = new Database(path, { readonly: true })
  const rows = database.query<{ day: number }, []>('SELECT id % 4194304 - 1048576 AS day FROM crossed_day WHERE made > 0 ORDER BY id').all()
  database.close()
  return rows.map(({ day }) => day)
}

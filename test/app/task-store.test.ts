import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { journalTask } from '../../src/app/task-store.ts'
import { ConsumerThread } from '../../src/consumer/consumer-thread.ts'
import { entryOf, idOf, writeJournal } from '../consumer/journal-file.ts'
import { temporaryFolder } from '../store/folder.ts'
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

import { expect, test } from 'bun:test'
import type { ConsumerNotice } from '../../src/consumer/consumer-notice.ts'
import { ConsumerThread } from '../../src/consumer/consumer-thread.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { keyOf, put, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'
import { entryOf, idOf, writeJournal } from './journal-file.ts'

test('the consumer thread moves the journal into the store, says how it is, and ends with everything durable', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.file('store.db') }
  writeJournal(settings.journalPath, [[entryOf({ executionId: idOf(1) })]])
  const notices: ConsumerNotice[] = []
  const deaths: Error[] = []
  const thread = await ConsumerThread.open({ settings, onNotice: (notice) => notices.push(notice), onDeath: (fault) => deaths.push(fault) })
  await until(async () => (await thread.status()).cursor === 1)
  writeJournal(settings.journalPath, [[entryOf({ executionId: idOf(2) })], [entryOf({ executionId: idOf(3) })]])
  for (let call = 0; call < 1_000; call++) thread.appended() // More than may wait for a thread: they share a message.
  await until(async () => (await thread.status()).cursor === 3)
  await until(() => notices.some((notice) => notice.kind === 'status' && notice.status.lag === 0))
  await thread.stop()
  expect(deaths).toEqual([])
  const store = openStoreWriter(settings.storePath)
  expect(store.changes(0, 10)).toHaveLength(3)
  store.close()
})

test('the consumer thread says that it brings a store up to date', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.file('store.db') }
  writeJournal(settings.journalPath, [])
  const store = openStoreWriter(settings.storePath, { valuesMax: { os: 1 } })
  put(store, 1, stateOf({}))
  store.close()
  const notices: ConsumerNotice[] = []
  const thread = await ConsumerThread.open({ settings, onNotice: (notice) => notices.push(notice), onDeath: () => undefined })
  await thread.stop()
  expect(notices).toContainEqual({ kind: 'log', level: 'info', facts: { done: 1, total: 1 }, message: 'store is up to date' })
})

test('the consumer thread lists parked runs and sends them again', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.file('store.db') }
  const store = openStoreWriter(settings.storePath)
  put(store, 1, stateOf({}))
  store.park([{ tenant: 'default', key: keyOf(1), revision: 1, reason: 'http_400', parkedAt: 5 }])
  store.close()
  const thread = await ConsumerThread.open({ settings, onNotice: () => undefined, onDeath: () => undefined })
  expect(await thread.status()).toMatchObject({ parked: 1, revision: 1, lag: 0 })
  expect(await thread.parked(10)).toEqual([{ tenant: 'default', key: keyOf(1), revision: 1, reason: 'http_400', parkedAt: 5 }])
  expect(await thread.replay()).toBe(1)
  expect(await thread.status()).toMatchObject({ parked: 0, revision: 2 })
  await thread.stop()
})

test('a consumer thread that cannot open its store says why', async () => {
  using folder = temporaryFolder()
  const settings = { journalPath: folder.file('journal.db'), storePath: folder.path }
  const opened = ConsumerThread.open({ settings, onNotice: () => undefined, onDeath: () => undefined })
  expect(await opened.then(() => 'open', String)).toContain('SQLITE_CANTOPEN')
})

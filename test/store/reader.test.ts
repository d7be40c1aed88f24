import { expect, test } from 'bun:test'
import { StoreReaders } from '../../src/store/reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { until } from '../wait.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

const tenant = 'default'

test('the reading thread answers every question with what the store holds at that moment', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ randomId: 'tool-1767225600', status: 'failed', exitCode: 1, trace: 'the log' }))
  const reader = new StoreReaders(folder.file('store.db'), () => undefined)
  expect((await reader.totals({ tenant })).failed).toBe(1)
  expect((await reader.record({ tenant, key: keyOf(1) }))?.reading.trace).toBe('the log')
  expect((await reader.recordsByRandomId(tenant, 'tool-1767225600'))?.key).toEqual(keyOf(1))
  expect((await reader.recordsPage({ tenant }, 0)).total).toBe(1)
  put(store, 2, stateOf({}))
  expect(await reader.latest(tenant, 10)).toHaveLength(2)
  expect(await reader.cursor('test')).toBe(2)
  await reader.close()
  store.close()
})

test('a store that cannot be opened fails the call with the reason, and a later call opens it', async () => {
  using folder = temporaryFolder()
  const deaths: string[] = []
  const reader = new StoreReaders(folder.file('store.db'), (fault) => deaths.push(fault.message))
  expect(await reader.totals({}).catch(String)).toContain('unable to open database file')
  await until(() => deaths.length === 1)
  expect(await reader.totals({}).catch(String)).toContain('died a moment ago')
  openStoreWriter(folder.file('store.db')).close()
  await until(async () => (await reader.totals({})).success === 0)
  await reader.close()
})

test('what is asked before the store is ready is answered once it is, and fails where it never gets ready', async () => {
  using folder = temporaryFolder()
  const ready = Promise.withResolvers<void>()
  const deaths: string[] = []
  const reader = new StoreReaders(folder.file('store.db'), (fault) => deaths.push(fault.message), ready.promise)
  const asked = Promise.all([reader.totals({}), reader.analyse({ tenant, filter: {}, by: { script: 1, os: 1 } })])
  openStoreWriter(folder.file('store.db')).close()
  ready.resolve()
  expect((await asked)[0].success).toBe(0)
  await reader.close()

  const broken = new StoreReaders(folder.file('store.db'), (fault) => deaths.push(fault.message), Promise.reject(new Error('no store')))
  expect(await broken.totals({}).catch(String)).toContain('no store')
  await broken.close()
  const waiting = new StoreReaders(folder.file('store.db'), (fault) => deaths.push(fault.message), new Promise(() => undefined))
  void waiting.totals({})
  await waiting.close() // Does not wait for a store that may never come.
  expect(deaths).toEqual(['no store'])
})

test('calls beyond the bound are refused at once, the others are answered', async () => {
  using folder = temporaryFolder()
  openStoreWriter(folder.file('store.db')).close()
  const reader = new StoreReaders(folder.file('store.db'), () => undefined)
  await reader.totals({})
  const results = await Promise.allSettled(Array.from({ length: 800 }, () => reader.totals({})))
  const refused = results.filter((result) => result.status === 'rejected').map((result) => String(result.reason))
  expect(refused).toHaveLength(800 - 2 * 256)
  expect(new Set(refused)).toEqual(new Set(['Error: 256 calls wait already']))
  await reader.close()
  expect(await reader.totals({}).catch(String)).toContain('closed')
})

import { expect, test } from 'bun:test'
import { checkSegmentFile } from '../../../src/store/segment/check.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { eventBody, startRunning } from '../../part/running.ts'
import { setUp } from '../../part/sign-in.ts'
import { temporaryFolder } from '../folder.ts'
import { put, stateOf } from '../run-fixture.ts'

/** Years that clients could name before the time of an event was bounded. */
const farYears = [1, 9_999]
const now = Date.UTC(2026, 2, 2, 12)

function yearOf(year: number): number {
  return new Date(0).setUTCFullYear(year)
}

/** Fills the store of a folder with runs of far years beside those of today. */
function fill(path: string): void {
  const store = openStoreWriter(path)
  for (const [n, year] of farYears.entries()) put(store, n, stateOf({ at: yearOf(year), nsapp: 'far' }))
  for (let n = 2; n < 20; n += 1) put(store, n, stateOf({ at: now, status: 'failed', exitCode: 1, error: 'no room' }))
  store.checkpoint()
  store.close()
}

test('a store with runs of the year 1 and 9999 takes more runs, counts all of them and agrees with its columns', async () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  fill(path)
  const reader = openStoreReader(path)
  const { total, by } = reader.analyse({ tenant: 'default', filter: {}, by: { script: 5 } })
  expect([total.counts.success, total.counts.failed]).toEqual([2, 18])
  expect(by.script?.groups.find(({ value }) => value === 'far')?.counts.success).toBe(2)
  const crossed = reader.analyse({ tenant: 'default', filter: { script: 'far', status: 'success' }, by: {} })
  expect(crossed.total.counts.success).toBe(2)
  reader.close()
  expect((await checkSegmentFile(path)).differing).toBe(0)
})

test('a service over such a store takes events and serves every page', async () => {
  using folder = temporaryFolder()
  fill(folder.file('store.db'))
  await using service = await startRunning({ DATA_DIR: folder.path })
  expect((await service.ask('/telemetry', { method: 'POST', body: eventBody() })).status).toBe(202)
  await service.settle()
  const browser = await setUp(service)
  for (const path of [
    '/dashboard',
    '/dashboard?period=all',
    '/script-analysis?period=all',
    '/scripts/alpine?period=all',
    '/error-analysis?period=all',
    '/records?period=all',
    '/records?period=all&script=far',
    '/system',
    '/alerts',
  ])
    expect([path, (await browser.get(path)).status]).toEqual([path, 200])
  const key = await service.makeKey('read')
  for (const path of [
    '/api/v1/runs?period=all',
    '/api/v1/overview?period=all',
    '/api/v1/scripts?period=all',
    '/api/records?repo=all',
    '/api/dashboard',
    '/export/runs.csv?period=all',
  ])
    expect([path, (await service.ask(path, { key })).status]).toEqual([path, 200])
  const faults = service.lines.filter(({ level, message }) => level === 'error' && !message.startsWith('a database is gone'))
  expect(faults).toEqual([])
})

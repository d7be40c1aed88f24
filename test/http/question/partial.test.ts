import { describe, expect, test } from 'bun:test'
import { apiRoutes } from '../../../src/http/api-routes.ts'
import { createExportSeats } from '../../../src/http/export/stream.ts'
import { lacksIn, lacksOf, listMarks, partialHeaders } from '../../../src/http/question/partial.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { fakeClock } from '../../fake-clock.ts'
import { noRuns } from '../../page/sample-analysis.ts'
import { sampleVisit } from '../../part/visit.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { put, stateOf } from '../../store/run-fixture.ts'

const clock = fakeClock('2026-03-02T12:00:00Z')
const dayMs = 86_400_000
const today = Math.floor(clock.now() / dayMs)

/** What an answer to a path says of itself, over a store with one run, whose days up to `sealedDay` have expired. */
async function ask(path: string, sealedDay: number | undefined) {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ at: clock.now() - dayMs }))
  store.close()
  const reader = openStoreReader(folder.file('store.db'))
  const later = new Proxy({} as never, {
    get:
      (_, name: string) =>
      async (...args: never[]) =>
        (reader as never as Record<string, (...given: never[]) => unknown>)[name]?.(...args),
  })
  const routes = apiRoutes({
    ...{ reader: later, clock, publicRunsMin: 3, sealedDay: () => sealedDay, exportSeats: createExportSeats() },
    ...{ noteExport: () => undefined, idSecret: new Uint8Array(32), mirroredRevision: () => undefined, errorStates: { muted: () => [] } },
  })
  const [route = '', query = ''] = path.split('?')
  const isExport = route.startsWith('/export/')
  const found = routes.find((one) => one.path === (isExport ? '/export/:file' : route))
  const principal = { kind: 'key', keyId: 'abc', name: 'abc', scope: 'read', tenant: 'default' } as const
  const answer = await found?.handle(
    new Request(`http://localhost${route}?${query}`),
    sampleVisit({ principal, id: isExport ? route.slice('/export/'.length) : '' }),
  )
  const text = (await answer?.text()) ?? ''
  reader.close()
  return { status: answer?.status, header: answer?.headers.get('telemetry-partial') ?? null, text, isExport }
}

describe('an answer over days whose runs have expired says so', () => {
  test.each([
    ['/api/v1/overview?period=7d&os=debian', 'expired, previous-expired'],
    ['/api/v1/scripts?period=7d&compare=none&os=debian', 'expired'],
    ['/api/v1/errors?period=7d&compare=none&os=debian', 'expired'],
    ['/api/v1/runs?period=all', 'expired'],
    ['/api/records?days=7', 'expired'],
    ['/api/records?days=0&sort=nsapp', 'expired'],
    ['/api/dashboard?days=7&slug=a/b', 'expired'],
    ['/api/scripts?days=7&slug=a/b', 'expired'],
    ['/api/errors?days=7&slug=a/b', 'expired'],
    ['/api/repo-slugs?days=7&slug=a/b', 'expired'],
    ['/export/runs.csv?period=7d', 'expired'],
    ['/export/scripts.csv?period=7d&compare=none&os=debian', 'expired'],
    ['/export/errors.jsonl?period=7d&compare=none&os=debian', 'expired'],
    ['/export/overview.json?period=7d&compare=none&os=debian', 'expired'],
  ])('%s: %s', async (path, expected) => {
    const sealed = await ask(path, today - 3)
    expect([sealed.status, sealed.header]).toEqual([200, expected])
    if (!sealed.isExport) expect(JSON.parse(sealed.text)).toMatchObject({ partial: true })
    const whole = await ask(path, undefined)
    expect([whole.status, whole.header]).toEqual([200, null])
    if (!whole.isExport) expect(JSON.parse(whole.text)).not.toHaveProperty('partial')
  })

  test.each([
    '/api/v1/overview?period=7d&compare=none&source=ProxmoxVE',
    '/api/dashboard?days=7',
    '/api/records?days=3',
    '/export/scripts.csv?period=7d&compare=none',
  ])('%s: is whole, since sums are kept or runs of its days are all there', async (path) => {
    expect((await ask(path, today - 3)).header).toBeNull()
  })
})

test('a list of values says what was cut off, and what was folded', () => {
  expect(lacksOf({ rest: { ...noRuns, failed: 1 }, folded: noRuns })).toEqual(['cut'])
  expect(lacksOf({ rest: noRuns, folded: { ...noRuns, success: 1 } })).toEqual(['folded'])
  expect(lacksOf({ rest: noRuns, folded: noRuns })).toEqual([])
  expect(partialHeaders(['cut', 'folded'])).toEqual({ 'Telemetry-Partial': 'cut, folded' })
})

test('a list of runs after the sealed day is whole', () => {
  expect(lacksIn(listMarks({ range: { fromDay: 20, toDay: 30 } }, { sealedDay: () => 19 }))).toEqual([])
  expect(lacksIn(listMarks({ range: { fromDay: 19, toDay: 30 } }, { sealedDay: () => 19 }))).toEqual(['expired'])
})

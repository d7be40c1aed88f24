import { expect, test } from 'bun:test'
import { apiRoutes } from '../../../src/http/api-routes.ts'
import { createExportSeats } from '../../../src/http/export/stream.ts'
import { fakeClock } from '../../fake-clock.ts'
import { sampleVisit } from '../../part/visit.ts'
import { readerThat } from '../any-reader.ts'

const principal = { kind: 'key', keyId: 'abc', name: 'abc', scope: 'read', tenant: 'default' } as const
const open = ['/api/exit-codes', '/api/openapi.json']

function routesWith(answer: () => Promise<never>) {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  return apiRoutes({
    reader: readerThat(answer),
    clock,
    publicRunsMin: 3,
    sealedDay: () => undefined,
    exportSeats: createExportSeats(),
    errorStates: { muted: () => [] },
    noteExport: () => undefined,
    idSecret: new Uint8Array(32),
    mirroredRevision: () => undefined,
  })
}

const routes = routesWith(() => Promise.reject(new Error('the reading thread died'))).filter(({ path }) => !open.includes(path))

test.each(routes.map((route) => [route.path, route] as const))(
  '%s says 503 and when to come back, while the store gives no answer',
  async (path, route) => {
    const id = path === '/export/:file' ? 'runs.csv' : path.includes('error') ? '0123456789abcdef' : 'abc'
    const answer = await route.handle(new Request(`http://localhost${path}`), sampleVisit({ principal, id }))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toEqual({ error: { code: 'too_busy', message: 'server busy', field: 'store', rule: 'no_answer' } })
  },
)

test('an answer that nobody can read is a bug, and no busy store', async () => {
  const overview = routesWith(() => Promise.resolve({} as never)).find(({ path }) => path === '/api/v1/overview')
  const answer = async () => overview?.handle(new Request('http://localhost/'), sampleVisit({ principal }))
  expect(answer()).rejects.toThrow(TypeError)
})

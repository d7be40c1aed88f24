import { describe, expect, test } from 'bun:test'
import { type Condition, healthRoute } from '../../src/http/health.ts'
import { fakeClock } from '../fake-clock.ts'
import { startRunning } from '../part/running.ts'
import { sampleVisit } from '../part/visit.ts'

const clock = fakeClock('2026-03-01T12:00:00Z')
const well: Condition = {
  ingestRefusedBy: undefined,
  storeHeldUpBy: undefined,
  pocketbase: 'connected',
  pocketbaseFault: undefined,
  parked: 0,
}
const time = '2026-03-01T12:00:00.000Z'

describe('GET /healthz', () => {
  test.each<[name: string, change: Partial<Condition>, status: number, body: Readonly<Record<string, unknown>>]>([
    ['all is well', {}, 200, { status: 'ok', time, pocketbase: 'connected' }],
    ['PocketBase is not attached', { pocketbase: 'off' }, 200, { status: 'ok', time, pocketbase: 'off' }],
    ['PocketBase is away', { pocketbase: 'disconnected' }, 200, { status: 'degraded', time, pocketbase: 'disconnected' }],
    [
      'another installation fills the collection',
      { pocketbase: 'disconnected', pocketbaseFault: 'foreign_instance' },
      200,
      { status: 'degraded', time, pocketbase: 'disconnected', pocketbase_fault: 'foreign_instance' },
    ],
    ['the store is held up', { storeHeldUpBy: 'disk' }, 200, { status: 'degraded', time, pocketbase: 'connected', store: 'disk' }],
    ['runs are parked', { parked: 3 }, 200, { status: 'degraded', time, pocketbase: 'connected', parked: 3 }],
    ['no event can be accepted', { ingestRefusedBy: 'limit' }, 503, { status: 'degraded', time, pocketbase: 'connected', ingest: 'limit' }],
  ])('%s', async (_, change, status, body) => {
    const { handle } = healthRoute(async () => ({ ...well, ...change }), clock)
    const answer = await handle(new Request('http://localhost/healthz'), sampleVisit())
    expect([answer.status, (await answer.json()) as unknown]).toEqual([status, body])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('P27 of the running service is open to everybody', async () => {
    await using service = await startRunning()
    const answer = await service.ask('/healthz', { headers: { 'X-Forwarded-For': '203.0.113.9' } })
    expect([answer.status, (await answer.json()) as unknown]).toEqual([200, { status: 'ok', time: expect.any(String), pocketbase: 'off' }])
  })
})

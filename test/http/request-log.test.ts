import { expect, test } from 'bun:test'
import { eventBody, startRunning } from '../part/running.ts'
import { until } from '../wait.ts'

/** Three requests, and the log once it has the `expected` lines about requests: a line is written after its answer left. */
async function visit(env: Readonly<Record<string, string>>, expected: number) {
  await using service = await startRunning(env)
  await service.ask('/telemetry?canary=1', {
    body: eventBody({ nsapp: 'canary' }),
    headers: { 'X-Forwarded-For': '203.0.113.9', 'User-Agent': 'canary' },
  })
  await service.ask('/canary')
  await service.ask('/api/records/canary', { key: await service.makeKey('read') })
  await until(() => service.lines.filter(({ message }) => message === 'request').length === expected, 'the lines of the requests')
  return [...service.lines]
}

test('P6 without ENABLE_REQUEST_LOGGING no request is logged', async () => {
  expect((await visit({}, 0)).filter(({ message }) => message === 'request')).toEqual([])
})

test('P6 with it a line holds method, route pattern, status, time and bytes, and nothing of the client', async () => {
  const lines = (await visit({ ENABLE_REQUEST_LOGGING: 'true' }, 3)).filter(({ message }) => message === 'request')
  const ms = expect.any(Number)
  expect(lines).toEqual([
    { level: 'info', message: 'request', method: 'POST', route: '/telemetry', status: 202, ms, bytes: expect.any(Number) },
    { level: 'info', message: 'request', method: 'GET', route: 'unknown', status: 404, ms, bytes: 0 },
    { level: 'info', message: 'request', method: 'GET', route: '/api/records/:id', status: 404, ms, bytes: 0 },
  ])
  expect(lines[0]?.['bytes']).toBe(eventBody({ nsapp: 'canary' }).length)
  expect(JSON.stringify(lines)).not.toMatch(/canary|203\.0\.113/)
})

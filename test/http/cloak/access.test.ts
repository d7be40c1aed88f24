import { describe, expect, test } from 'bun:test'
import { type Running, startRunning } from '../../part/running.ts'

const body = '{"text":"a"}'
const json = { 'Content-Type': 'application/json' }

function statusOf(service: Running, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  return service.ask('/analyze', { body, headers: { ...json, ...headers } }).then(({ status }) => status)
}

test('P26 the API is off until a key for it exists, and says how to switch it on', async () => {
  await using service = await startRunning()
  for (const [path, method] of [
    ['/analyze', 'POST'],
    ['/anonymize', 'POST'],
    ['/entities', 'GET'],
    ['/health', 'GET'],
  ] as const) {
    const answer = await service.ask(path, { method, headers: json })
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).toContain('CLOAK_ACCESS=open')
  }
})

test('P26 a key of scope cloak opens it at once and nothing else; keys of other scopes do not', async () => {
  await using service = await startRunning()
  const key = await service.makeKey('cloak')
  expect((await service.ask('/analyze', { body, headers: json, key })).status).toBe(200)
  expect((await service.ask('/api/v1/runs', { key })).status).toBe(403)
  expect(await statusOf(service)).toBe(401)
  for (const scope of ['read', 'ingest', 'admin'] as const)
    expect((await service.ask('/analyze', { body, headers: json, key: await service.makeKey(scope) })).status).toBe(401)
})

test('CLOAK_ACCESS=open asks for no key', async () => {
  await using service = await startRunning({ CLOAK_ACCESS: 'open' })
  expect(await statusOf(service)).toBe(200)
})

test('P26 the key of the settings is taken in each form that clients use', async () => {
  await using service = await startRunning({ PIICLOAK_API_KEY: 'k-1234567890' })
  const statuses = async (values: readonly string[]) => Promise.all(values.map((value) => statusOf(service, { Authorization: value })))
  expect(await statuses(['Bearer k-1234567890', 'ApiKey k-1234567890', 'k-1234567890', 'bearer k-1234567890'])).toEqual([
    200, 200, 200, 200,
  ])
  expect(await statuses(['Bearer k-123456789', 'Bearer ApiKey k-1234567890', 'Bearer', '', 'Basic k-1234567890'])).toEqual([
    401, 401, 401, 401, 401,
  ])
})

test('P26 the rate limit is enforced, and says when to come again', async () => {
  await using service = await startRunning({ CLOAK_ACCESS: 'open', PIICLOAK_RATE_LIMIT: '2/hour' })
  expect([await statusOf(service), await statusOf(service)]).toEqual([200, 200])
  const answer = await service.ask('/analyze', { body, headers: json })
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(1_000)
  expect(answer.headers.get('ratelimit-limit')).toBe('2')
})

describe('P26 other origins', () => {
  const preflight = (service: Running, origin: string) =>
    service.ask('/anonymize', { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } })

  test('none may by default', async () => {
    await using service = await startRunning({ CLOAK_ACCESS: 'open' })
    const answer = await preflight(service, 'https://app.example.org')
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, null])
  })

  test('those of the list may, and are asked for no key beforehand', async () => {
    await using service = await startRunning({
      PIICLOAK_API_KEY: 'k',
      PIICLOAK_CORS_ORIGINS: 'https://a.example.org,https://b.example.org',
    })
    const answer = await preflight(service, 'https://b.example.org')
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('vary')]).toEqual([
      204,
      'https://b.example.org',
      'Origin',
    ])
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization')
    expect((await preflight(service, 'https://c.example.org')).headers.get('access-control-allow-origin')).toBeNull()
    const refused = await service.ask('/anonymize', { body, headers: { ...json, Origin: 'https://a.example.org' } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, 'https://a.example.org'])
  })
})

test('an id of the client is repeated where it is one', async () => {
  await using service = await startRunning({ CLOAK_ACCESS: 'open' })
  const idOf = async (id: string) => (await service.ask('/health', { headers: { 'X-Request-ID': id } })).headers.get('x-request-id')
  expect(await idOf('a-1.b:2')).toBe('a-1.b:2')
  expect(await idOf('<script>')).toMatch(/^[0-9a-f]{32}$/)
})

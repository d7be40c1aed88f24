import { expect, test } from 'bun:test'
import { recordsRoutes } from '../../../src/http/earlier/records.ts'
import { fakeClock } from '../../fake-clock.ts'
import { eventBody, startRunning } from '../../part/running.ts'
import { sampleVisit } from '../../part/visit.ts'
import { readerThat } from '../any-reader.ts'

test('P18 anybody sees the curl line and the count since the start, and nothing else', async () => {
  await using service = await startRunning({ PUBLIC_URL: 'https://telemetry.example.org/' })
  await service.ask('/telemetry', { body: eventBody({ nsapp: 'unseen' }) })
  await service.settle()
  const answer = await service.ask('/', { headers: { Host: 'evil.example' } })
  const html = await answer.text()
  expect(html).toContain('curl -m 5 -sS https://telemetry.example.org/telemetry')
  expect(html).toMatch(/<strong class="count">1<\/strong> event since the start/)
  expect(html).not.toMatch(/unseen|evil|Latest runs|<dl/)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'private, no-cache',
    vary: 'Cookie, Authorization, Accept-Encoding',
  })
})

test('P23 a read key shows the overview of its tenant', async () => {
  await using service = await startRunning()
  await service.ask('/telemetry', {
    body: eventBody({
      nsapp: 'ours',
      status: 'failed',
      exit_code: 28,
      error: 'exit_code=28 | curl: Timeout',
      os_type: 'debian',
      os_version: '13',
    }),
  })
  await service.ask('/telemetry', { body: eventBody({ nsapp: 'theirs' }), key: await service.makeKey('ingest', { tenant: 'other' }) })
  await service.settle()
  const html = await (await service.ask('/', { key: await service.makeKey('read') })).text()
  for (const text of ['ours', 'debian 13', 'Transfer timed out', '<h1>Overview</h1>', 'href="/records?period=30d">1</a>'])
    expect(html).toContain(text)
  expect(html).not.toContain('theirs')
})

test('the curl line names the address that the service listens on', async () => {
  await using service = await startRunning()
  expect(await (await service.ask('/')).text()).toContain(`http://127.0.0.1:${service.port}/telemetry`)
})

test('a store that gives no answer turns the API to 503', async () => {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const reader = readerThat(() => Promise.reject(new Error('the reading thread died')))
  const request = (path: string) => new Request(`http://localhost${path}`)
  const principal = { kind: 'key', keyId: 'abc', name: 'abc', scope: 'read', tenant: 'default' } as const

  for (const route of recordsRoutes({
    ...{ reader, clock, idSecret: new Uint8Array(32) },
    ...{ mirroredRevision: () => undefined, sealedDay: () => undefined },
  })) {
    const answer = await route.handle(request('/api/records'), sampleVisit({ principal, id: 'abc' }))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toEqual({ error: { code: 'too_busy', message: 'server busy', field: 'store', rule: 'no_answer' } })
  }
})

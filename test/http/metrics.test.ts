import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createTally } from '../../src/base/tally.ts'
import { createServiceMetrics, type Gauges } from '../../src/http/metrics.ts'
import { requestText, sendRaw } from '../part/raw.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'

let service: Running
let text: string
const hostile = ['canary"}\n injected 1', "canary' OR 1=1", 'canary{label="x"}', '<script>canary</script>', 'canary\\', 'canary\u2028']

beforeAll(async () => {
  service = await startRunning({ METRICS_ADDR: '127.0.0.1:0' })
  for (const nsapp of hostile) {
    await service.ask('/telemetry', {
      body: eventBody({ nsapp, os_type: nsapp, status: nsapp, gpu_vendor: nsapp, [nsapp]: nsapp, disk_size: '8G' }),
    })
    await service.ask('/telemetry', { body: eventBody({ type: nsapp }) })
    await service.ask(`/telemetry?${encodeURIComponent(nsapp)}`, {
      body: nsapp,
      headers: { 'User-Agent': 'canary', 'Content-Encoding': 'canary' },
    })
  }
  await service.ask('/telemetry', { body: eventBody({ status: 'failed', exit_code: 3, error: 'exit_code=3 | failed at 203.0.113.9' }) })
  await service.settle()
  await service.ask('/healthz')
  text = await (await service.ask('/metrics')).text()
})
afterAll(() => service[Symbol.asyncDispose]())

/** The samples of a page of metrics; throws on a line that Prometheus would not read. */
function parse(page: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>()
  for (const line of page.split('\n')) {
    if (line === '' || /^# (?:HELP|TYPE) [a-z_]+ \S/.test(line)) continue
    const sample = /^([a-z_]+(?:\{[a-z_]+="[^"\n\\]*"(?:,[a-z_]+="[^"\n\\]*")*\})?) (-?[0-9.e+-]+|\+Inf|NaN)$/.exec(line)
    if (sample === null) throw new Error(`no sample: ${line}`)
    samples.set(sample[1] ?? '', Number(sample[2]))
  }
  return samples
}

describe('/metrics', () => {
  test('P27 is text that Prometheus reads', async () => {
    const answer = await service.ask('/metrics')
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(parse(await answer.text()).size).toBeGreaterThan(20)
  })

  test('no label holds what a client sent', () => {
    expect(text).not.toMatch(/canary|script|injected|203\.0|127\.0\.0\.1/)
    const labels = [...text.matchAll(/[a-z_]+="([^"]*)"/g)].map(([, value]) => value ?? '')
    for (const label of labels) expect(label).toMatch(/^[/a-z0-9_.:+-]+$|^\+Inf$/)
  })

  test('counts what happened', () => {
    const samples = parse(text)
    const value = (name: string) => samples.get(name)
    expect(value('telemetry_events_accepted_total')).toBe(hostile.length + 1)
    expect(value('telemetry_unknown_keys_total')).toBe(hostile.length)
    expect(value('telemetry_events_repaired_total{rule="disk_size:unit"}')).toBe(hostile.length)
    expect(value('telemetry_events_repaired_total{rule="status:unknown_value"}')).toBe(hostile.length)
    expect(value('telemetry_events_refused_total{reason="payload_unusable:type:unknown_value"}')).toBe(hostile.length)
    expect(value('telemetry_events_refused_total{reason="body_unreadable:content-encoding:gzip_or_none"}')).toBe(hostile.length)
    expect(value('telemetry_events_cloaked_total{rule="ipv4"}')).toBe(1)
    expect(value('telemetry_ingest_seconds_count')).toBe(hostile.length + 1)
    expect(value('telemetry_ingest_seconds_bucket{le="+Inf"}')).toBe(hostile.length + 1)
    expect(value('telemetry_commit_seconds_count')).toBe(hostile.length + 1)
    expect(value('telemetry_request_seconds_count{route="/healthz"}')).toBeGreaterThanOrEqual(1)
    expect([...samples.keys()].filter((name) => name.includes('route="/telemetry"'))).toEqual([])
    expect(value('telemetry_store_lag_events')).toBe(0)
  })

  test('has the six names of the earlier service', () => {
    const samples = parse(text)
    const names = [
      'installs_total',
      'installs_success_total',
      'installs_failed_total',
      'installs_aborted_total',
      'installs_pending',
      'success_rate',
    ]
    expect(names.map((name) => samples.get(`telemetry_${name}`))).toEqual([hostile.length + 1, 0, 1, 0, 0, 0])
  })

  test('counters only grow', async () => {
    await service.ask('/telemetry', { body: eventBody() })
    await service.ask('/telemetry', { body: 'broken' })
    const [before, after] = [parse(text), parse(await (await service.ask('/metrics')).text())]
    for (const [name, value] of before)
      if (/_total|_count|_bucket/.test(name) && !name.includes('installs')) expect(after.get(name)).toBeGreaterThanOrEqual(value)
    expect(after.get('telemetry_events_accepted_total')).toBe((before.get('telemetry_events_accepted_total') ?? 0) + 1)
  })
})

describe('P23 who may scrape', () => {
  test.each([
    ['this machine', [], 200],
    ['this machine by another of its names', ['Host: 127.0.0.1:8080'], 200],
    ['this machine over IPv6', ['Host: [::1]:8080'], 200],
    ['a page of the web in a browser here (DNS rebinding)', ['Host: evil.example'], 401],
    ['a name that only begins like ours', ['Host: localhost.evil.example'], 401],
    ['a proxy here that says for whom', ['X-Forwarded-For: 203.0.113.9'], 401],
    ['a proxy here that uses the standard', ['Forwarded: for=203.0.113.9'], 401],
    ['a proxy here that names the host', ['X-Forwarded-Host: example.org'], 401],
    ['a proxy here that names the scheme', ['X-Forwarded-Proto: https'], 401],
    ['a proxy here that says Via', ['Via: 1.1 proxy'], 401],
    ['a broken Host', ['Host: [::g'], 401],
    ['an empty Host', ['Host:'], 401],
  ])('%s', async (_, headers, status) => {
    expect((await sendRaw(service.port, requestText('GET /metrics', headers))).status).toBe(status)
  })

  test('a read key may from anywhere, an ingest key may not', async () => {
    const from = { headers: { 'X-Forwarded-For': '203.0.113.9' } }
    expect((await service.ask('/metrics', { ...from, key: await service.makeKey('read') })).status).toBe(200)
    expect((await service.ask('/metrics', { ...from, key: await service.makeKey('ingest') })).status).toBe(403)
  })
})

test('METRICS_ADDR serves the metrics and nothing else', async () => {
  const port = 20_000 + (process.pid % 20_000)
  await using own = await startRunning({ METRICS_ADDR: `127.0.0.1:${port}` })
  await own.ask('/telemetry', { body: eventBody() })
  const proxied = await sendRaw(port, requestText('GET /metrics', ['Host: metrics.internal', 'X-Forwarded-For: 203.0.113.9']))
  expect(proxied.status).toBe(200)
  expect(proxied.body).toContain('telemetry_events_accepted_total 1')
  for (const path of ['/', '/telemetry', '/api/records', '/healthz'])
    expect((await sendRaw(port, requestText(`GET ${path}`))).status).toBe(404)
})

test('a scrape shows what it can while the store gives no answer', async () => {
  const { metrics } = createServiceMetrics(
    {
      ...{ accepted: createTally(), repaired: createTally(), cloaked: createTally(), unknownKeys: createTally() },
      ...{ refused: createTally(), lostLines: createTally() },
    },
    { ...silentGauges, today: () => Promise.reject(new Error('the reading thread died')) },
  )
  const page = parse(await metrics.text())
  expect(page.get('telemetry_events_accepted_total')).toBe(0)
  expect([...page.keys()].filter((name) => name.startsWith('telemetry_installs'))).toEqual([])
})

const silentGauges: Omit<Gauges, 'today'> = {
  journalBytes: () => 0,
  storeLagEvents: () => undefined,
  storeFaults: () => undefined,
  setAside: () => undefined,
  pocketbaseUp: () => undefined,
  pocketbaseLagRuns: () => undefined,
  pocketbaseParked: () => undefined,
  timers: () => [],
}

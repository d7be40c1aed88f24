import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { readNetwork } from '../../../src/access/address.ts'
import { createClientAddress } from '../../../src/access/client-address.ts'
import { openAccessDatabase } from '../../../src/access/database.ts'
import { openKeyRing } from '../../../src/access/key.ts'
import { createRateLimit } from '../../../src/access/rate-limit.ts'
import { createTally } from '../../../src/base/tally.ts'
import { createBodyReader } from '../../../src/http/ingest/body.ts'
import { createGate } from '../../../src/http/ingest/gate.ts'
import { createRefusalLog } from '../../../src/http/ingest/refusal-log.ts'
import { telemetryRoutes } from '../../../src/http/ingest/telemetry.ts'
import { openSampleIngest, policy } from '../../ingest/sample-ingest.ts'
import { eventBody } from '../../part/running.ts'
import { sampleVisit } from '../../part/visit.ts'
import { temporaryFolder } from '../../store/folder.ts'

type Options = {
  readonly rpm?: number
  readonly burst?: number
  readonly keyRpm?: number
  readonly trusted?: readonly string[]
  readonly keyHeader?: string
  readonly isKeyRequired?: boolean
}

const stranger = '203.0.113.9'
const opened: Disposable[] = []
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  for (const one of opened.splice(0)) one[Symbol.dispose]()
  folder[Symbol.dispose]()
})

/** The two routes with a clock that a test moves, and every real part but the disk. */
function openRoutes({ rpm = 60, burst = 20, keyRpm = 0, trusted = [], keyHeader, isKeyRequired = false }: Options = {}) {
  const sample = openSampleIngest()
  const { clock } = sample
  const database = openAccessDatabase(folder.file('access.db'))
  const keyRing = openKeyRing(database, { clock, random: (length) => crypto.getRandomValues(new Uint8Array(length)) })
  const lines: Record<string, unknown>[] = []
  const note = (facts: object, message: string) => void lines.push({ message, ...facts })
  const log = { debug: note, info: note, warn: note, error: note }
  const seed = () => 7n
  const bodies = createBodyReader(1_000)
  const [refusals, bursts] = [createRefusalLog(log, 'validation refused'), createRefusalLog(log, 'rate limited')]
  const refused = createTally()
  const routes = telemetryRoutes({
    intake: sample.ingest,
    policy,
    gate: createGate({
      keyRing,
      clientAddress: createClientAddress({
        trusted: trusted.flatMap((text) => {
          const network = readNetwork(text)
          return network.ok ? [network.value] : []
        }),
        ...(keyHeader !== undefined && { keyHeader }),
        reportUnlistedProxy: () => undefined,
      }),
      addressLimit: createRateLimit({ rpm, burst, seed }),
      keyLimit: createRateLimit({ rpm: keyRpm, burst: Math.max(1, keyRpm), seed }),
      isKeyRequired,
      clock,
    }),
    bodies,
    bodyBytesMax: 4_096,
    batchBytesMax: 65_536,
    refused,
    refusals,
    bursts,
    observeSeconds: () => undefined,
  })
  opened.push({
    [Symbol.dispose]() {
      sample[Symbol.dispose]()
      bodies.stop()
      refusals.stop()
      bursts.stop()
      database.close()
    },
  })

  async function send(more: { peer?: string; headers?: Record<string, string>; body?: string; path?: string } = {}): Promise<Response> {
    const { peer = stranger, headers = {}, body = eventBody(), path = '/telemetry' } = more
    const route = routes.find((one) => one.path === path)
    if (route === undefined) throw new Error(`no route ${path}`)
    return route.handle(new Request(`http://localhost${path}`, { method: 'POST', headers, body }), sampleVisit({ peer }))
  }

  const makeKey = (scope: 'read' | 'ingest' | 'admin') => {
    const made = keyRing.createKey({ scope, tenant: 'default' }, 'test')
    if (!made.ok) throw new Error(made.fault)
    return made.value
  }
  return { sample, clock, send, lines, refused, makeKey, keyRing, flush: () => bursts.flush() }
}

type Sender = ReturnType<typeof openRoutes>['send']

async function statuses(count: number, send: Sender, more: (index: number) => Parameters<Sender>[0] = () => ({})): Promise<number[]> {
  const found: number[] = []
  for (let index = 0; index < count; index += 1) found.push((await send(more(index))).status)
  return found
}

const times = (status: number, count: number) => Array.from({ length: count }, () => status)

describe('P13 60 a minute with a burst of 20', () => {
  test('takes 20 at once, then one a second', async () => {
    const { send, clock, sample } = openRoutes()
    expect(await statuses(22, send)).toEqual([...times(202, 20), 429, 429])
    clock.pass(999)
    expect(await statuses(1, send)).toEqual([429])
    clock.pass(1)
    expect(await statuses(2, send)).toEqual([202, 429])
    expect(sample.entries).toHaveLength(21)
  })

  test('says on each answer how much is left, and on a refusal how long to wait', async () => {
    const { send, clock } = openRoutes()
    const first = await send()
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'ratelimit-limit': '20',
      'ratelimit-remaining': '19',
      'ratelimit-reset': '1',
    })
    expect(first.headers.has('retry-after')).toBe(false)
    await statuses(19, send)
    clock.pass(400)
    const refused = await send()
    expect(await refused.text()).toBe('rate limited\n')
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'ratelimit-limit': '20',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '20',
      'retry-after': '1',
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
  })

  test('an answer 400 costs a token and says what is left too', async () => {
    const { send } = openRoutes({ burst: 2 })
    const broken = await send({ body: 'no json' })
    expect([broken.status, broken.headers.get('ratelimit-remaining')]).toEqual([400, '1'])
    expect(await statuses(2, send)).toEqual([202, 429])
  })

  test('is taken before the body is read', async () => {
    const { send } = openRoutes({ burst: 1 })
    await send()
    expect((await send({ body: 'x'.repeat(100_000) })).status).toBe(429) // Over the cap too, which only reading tells.
  })

  test('0 a minute turns it off, with its headers', async () => {
    const { send } = openRoutes({ rpm: 0 })
    expect(await statuses(300, send)).toEqual(times(202, 300))
    expect((await send()).headers.has('ratelimit-limit')).toBe(false)
  })
})

describe('a batch that was refused', () => {
  test.each([2, 4, 5])('of %d items succeeds after the time it was told', async (items) => {
    const { send, clock } = openRoutes({ burst: 5 })
    const batch = { path: '/telemetry/batch', body: Array.from({ length: items }, () => eventBody()).join('\n') }
    await statuses(5, send)
    const refused = await send(batch)
    expect(refused.status).toBe(429)
    let waits = 0
    for (let answer = refused; answer.status === 429 && waits < 3; waits += 1) {
      clock.pass(Number(answer.headers.get('retry-after')) * 1_000)
      answer = await send(batch)
    }
    expect(waits).toBeLessThanOrEqual(2) // The first try may have been refused before its items were counted.
    expect((await send(batch)).status).toBe(429)
  })
})

describe('clients are told apart', () => {
  const burst = 2

  test('by the peer', async () => {
    const { send } = openRoutes({ burst })
    expect(await statuses(6, send, (index) => ({ peer: `203.0.113.${index % 2}` }))).toEqual([202, 202, 202, 202, 429, 429])
  })

  test('and a stranger’s X-Forwarded-For counts for nothing', async () => {
    const { send } = openRoutes({ burst })
    const spoofed = (index: number) => ({
      headers: { 'X-Forwarded-For': `198.51.100.${index}`, 'X-Real-IP': `198.51.100.${index}`, Forwarded: `for=198.51.100.${index}` },
    })
    expect(await statuses(4, send, spoofed)).toEqual([202, 202, 429, 429])
  })

  test('nor does one from a private network that is not listed', async () => {
    const { send } = openRoutes({ burst })
    expect(await statuses(4, send, (index) => ({ peer: '10.0.0.2', headers: { 'X-Forwarded-For': `198.51.100.${index}` } }))).toEqual([
      202, 202, 429, 429,
    ])
  })

  test('by the right-most address that is no trusted proxy', async () => {
    const { send } = openRoutes({ burst, trusted: ['10.0.0.0/8'] })
    const behind = (client: string) => ({ peer: '10.0.0.2', headers: { 'X-Forwarded-For': `${client}, 10.0.0.3` } })
    expect(await statuses(4, send, (index) => behind(`198.51.100.${index}`))).toEqual(times(202, 4))
    expect(await statuses(3, send, (index) => behind(`192.0.2.${index}, 198.51.100.77`))).toEqual([202, 202, 429])
  })

  test('by a header where that is chosen, and by address without it', async () => {
    const { send } = openRoutes({ burst, keyHeader: 'X-Telemetry-Key' })
    expect(await statuses(4, send, (index) => ({ headers: { 'X-Telemetry-Key': `k${index}` } }))).toEqual(times(202, 4))
    expect(await statuses(3, send, () => ({ headers: { 'X-Telemetry-Key': 'same' } }))).toEqual([202, 202, 429])
    expect(await statuses(3, send)).toEqual([202, 202, 429])
  })

  test('IPv6 clients by their /64', async () => {
    const { send } = openRoutes({ burst })
    expect(await statuses(3, send, (index) => ({ peer: `2001:db8:1:2::${index + 1}` }))).toEqual([202, 202, 429])
    expect(await statuses(1, send, () => ({ peer: '2001:db8:1:3::1' }))).toEqual([202])
  })
})

describe('with an ingest key', () => {
  test('the limit is the key’s, wherever it is sent from', async () => {
    const { send, makeKey } = openRoutes({ burst: 1, keyRpm: 3 })
    const { key } = makeKey('ingest')
    const keyed = (index: number) => ({ peer: `203.0.113.${index}`, headers: { Authorization: `Bearer ${key}` } })
    expect(await statuses(5, send, keyed)).toEqual([202, 202, 202, 429, 429])
    expect(await statuses(2, send)).toEqual([202, 429])
  })

  test('that is not accepted, trying costs the address its tokens', async () => {
    const { send, refused } = openRoutes({ burst: 2 })
    const guess = (index: number) => ({ headers: { Authorization: `Bearer ts_i_${'A'.repeat(12)}_${String(index).repeat(43)}` } })
    expect(await statuses(4, send, guess)).toEqual([401, 401, 429, 429])
    expect([...refused.entries()]).toEqual([
      ['key_required:authorization:key_unknown', 2],
      ['rate_limited:client:rate', 2],
    ])
  })
})

describe('INGEST_ACCESS=key', () => {
  test.each<[name: string, scope: 'read' | 'ingest' | 'admin' | undefined, status: number, reason: string | null]>([
    ['no key', undefined, 401, 'authorization: key_missing'],
    ['a read key', 'read', 403, 'authorization: scope_missing'],
    ['an admin key', 'admin', 403, 'authorization: scope_missing'],
    ['an ingest key', 'ingest', 202, null],
  ])('answers %s', async (_, scope, status, reason) => {
    const { send, makeKey } = openRoutes({ isKeyRequired: true })
    const answer = await send(scope === undefined ? {} : { headers: { Authorization: `Bearer ${makeKey(scope).key}` } })
    expect([answer.status, answer.headers.get('x-telemetry-reason')]).toEqual([status, reason])
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
  })

  test('a key that is revoked or expired ends at once', async () => {
    const { send, keyRing, makeKey, clock } = openRoutes({ isKeyRequired: true })
    const { key, id } = makeKey('ingest')
    const short = keyRing.createKey({ scope: 'ingest', tenant: 'default', expiresAt: clock.now() + 1_000 }, 'test')
    if (!short.ok) throw new Error(short.fault)
    const present = (text: string) => send({ headers: { Authorization: `Bearer ${text}` } })
    expect([(await present(key)).status, (await present(short.value.key)).status]).toEqual([202, 202])
    keyRing.revokeKey(id, 'test')
    clock.pass(1_000)
    const [revoked, expired] = [await present(key), await present(short.value.key)]
    expect([revoked.status, revoked.headers.get('x-telemetry-reason')]).toEqual([401, 'authorization: key_revoked'])
    expect([expired.status, expired.headers.get('x-telemetry-reason')]).toEqual([401, 'authorization: key_expired'])
  })
})

test('P11 refusals and bursts are logged as sums, without address and input', async () => {
  const { send, lines, flush } = openRoutes({ burst: 2 })
  await send({ body: '{"nsapp":"canary"}' })
  await send({ body: 'canary' })
  for (let index = 0; index < 50; index += 1) await send()
  flush()
  expect(lines).toEqual([
    { message: 'validation refused', reason: 'payload_unusable random_id: missing', count: 1 },
    { message: 'validation refused', reason: 'json_undecodable body: not_json', count: 1 },
    { message: 'rate limited', reason: 'rate', count: 1 },
    { message: 'rate limited', reason: 'rate', count: 49, period_s: 10 },
  ])
})

import { describe, expect, test } from 'bun:test'
import { err, ok } from '../../../src/base/result.ts'
import { cloakPreflight, cloakRoutes } from '../../../src/http/cloak/cloak-routes.ts'
import { CloakThread } from '../../../src/http/cloak/cloak-thread.ts'
import { corsHeaders } from '../../../src/http/cloak/cors.ts'
import { createCloakGate } from '../../../src/http/cloak/gate.ts'
import { isSameKey, readCloakKey } from '../../../src/http/cloak/key-form.ts'
import { createCloakTallies } from '../../../src/http/cloak/tally.ts'
import { createTextLimit } from '../../../src/http/cloak/text-limit.ts'
import type { Worked } from '../../../src/http/cloak/work.ts'
import { type BodyReader, createBodyReader, tooMany } from '../../../src/http/ingest/body.ts'
import type { Route } from '../../../src/http/route.ts'
import { fakeClock } from '../../fake-clock.ts'
import { sampleVisit } from '../../part/visit.ts'

const clock = fakeClock('2026-03-01T00:00:00Z')
const nobodysKey = { authenticate: () => err('key_unknown' as const), holdsLive: () => false }
const gateOf = (more: { isOpen?: boolean; apiKey?: string; live?: () => boolean; perMinute?: number } = {}) =>
  createCloakGate({
    keyRing: { ...nobodysKey, holdsLive: more.live ?? (() => false) },
    clientAddress: { keyOf: () => 'client' },
    limit: createTextLimit({ count: more.perMinute ?? 0, seconds: 60 }, () => 1n),
    clock,
    isOpen: more.isOpen ?? false,
    apiKey: more.apiKey,
  })

type Stubs = { readonly work: CloakThread['work']; readonly read?: BodyReader['read']; readonly perMinute?: number }

async function withRoutes<Value>({ work, read, perMinute = 0 }: Stubs, use: (routes: readonly Route[]) => Promise<Value>): Promise<Value> {
  const bodies = createBodyReader(1_000)
  const routes = cloakRoutes({
    gate: gateOf({ isOpen: true, perMinute }),
    thread: { work, workDocx: () => work('anonymize', new Uint8Array()) },
    bodies: read === undefined ? bodies : { ...bodies, read },
    bodyBytesMax: 1_000,
    corsOrigins: [],
    tallies: createCloakTallies(),
    makeId: () => 'id',
  })
  return use(routes).finally(() => bodies.stop())
}

function post(routes: readonly Route[], wanted: string, body: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' }
  const request = new Request(`http://localhost${wanted}`, { method: 'POST', body, headers })
  return Promise.resolve(routes.find(({ path }) => path === wanted)?.handle(request, sampleVisit()) ?? new Response(null, { status: 404 }))
}

const worked: Worked = { status: 200, body: '{"a":1}', found: 0 }

describe('routes with a thread that gives no answer', () => {
  const ask = (work: CloakThread['work']) => withRoutes({ work }, (routes) => post(routes, '/analyze', '{"text":"canary"}'))

  test('a busy one is told as 503 with the time to come again', async () => {
    const fault = { status: 503, error: 'busy', field: 'body', rule: 'too_many_at_once' }
    const answer = await ask(async () => err(fault))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })

  test('one that died is told as 503, without a word of what it died of', async () => {
    const answer = await ask(() => Promise.reject(new Error('died of canary')))
    expect([answer.status, (await answer.text()).includes('canary')]).toEqual([503, false])
  })

  test('an answer goes out as it is', async () => {
    const answer = await ask(async () => ok(worked))
    expect([answer.status, await answer.text(), answer.headers.get('x-request-id')]).toEqual([200, '{"a":1}', 'id'])
  })
})

test('a body for which there is no room is told with the time to come again, like a thread that is busy', async () => {
  const answer = await withRoutes({ work: async () => ok(worked), read: async () => tooMany }, (routes) => post(routes, '/analyze', '{}'))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
})

test('a batch that was refused by the rate is allowed after the time that it was told', async () => {
  await withRoutes({ work: async () => ok(worked), perMinute: 4 }, async (routes) => {
    const send = () => post(routes, '/anonymize/batch', '{}\n'.repeat(4))
    expect((await post(routes, '/analyze', '{}')).status).toBe(200)
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    clock.pass(30_000)
    const answer = await send()
    expect([answer.status, (await answer.text()).split('\n').length]).toEqual([200, 5])
  })
})

describe('the thread', () => {
  test('starts with the first body, and takes only as much as it may hold', async () => {
    const thread = new CloakThread({
      settings: { defaults: { threshold: 0.4, mode: 'replace' }, pseudonymKey: new Uint8Array(32) },
      onDeath: () => undefined,
    })
    const body = (text: string) => new TextEncoder().encode(JSON.stringify({ text }))
    const many = await Promise.all(Array.from({ length: 300 }, () => thread.work('anonymize', body('10.0.0.5'))))
    expect(many.filter(({ ok }) => ok).length).toBe(250)
    const [first] = many
    expect(first?.ok && JSON.parse(first.value.body).anonymized).toBe('<IP_ADDRESS>')
    thread.close()
  })
})

describe('the gate', () => {
  test('is open to nobody until there is a key, and looks for one once a second at most', () => {
    let looks = 0
    const gate = gateOf({ live: () => ++looks > 1 })
    expect([gate.isOn(), gate.isOn(), looks]).toEqual([false, false, 1])
    clock.pass(1_000)
    expect([gate.isOn(), looks]).toEqual([true, 2])
    expect([gateOf({ apiKey: 'k' }).isOn(), gateOf({ isOpen: true }).isOn()]).toEqual([true, true])
  })

  test('keys are the same only as a whole', () => {
    expect([isSameKey('abc', 'abc'), isSameKey('ab', 'abc'), isSameKey('', 'abc')]).toEqual([true, false, false])
    expect(['Bearer k', 'ApiKey k', 'k', 'Bearer', null, 'a b'].map(readCloakKey)).toEqual(['k', 'k', 'k', 'Bearer', null, null])
  })
})

describe('the limit of texts', () => {
  test.each([
    ['a second', 1],
    ['a minute', 60],
    ['an hour', 3_600],
    ['a day', 86_400],
  ])('refills in %s', (_, seconds) => {
    const limit = createTextLimit({ count: 4, seconds }, () => 1n)
    const start = clock.now()
    const take = (after: number) => limit.take('a', 1, start + after * 1_000).allowed
    expect([take(0), take(0), take(0), take(0), take(0)]).toEqual([true, true, true, true, false])
    expect([take(seconds / 4 - 0.1 * seconds), take(seconds / 4 + 0.02 * seconds)]).toEqual([false, true])
  })

  test('none is off', () => {
    const limit = createTextLimit({ count: 0, seconds: 60 }, () => 1n)
    expect(Array.from({ length: 1_000 }, () => limit.take('a', 1, 0).allowed).every(Boolean)).toBe(true)
  })
})

test('a page of another origin may read what the list allows', () => {
  const of = (origin: string, origins: readonly string[]) =>
    corsHeaders(new Request('http://localhost/analyze', { headers: { Origin: origin } }), origins)['Access-Control-Allow-Origin']
  expect(of('https://a.test', [])).toBeUndefined()
  expect(of('https://a.test', ['https://b.test'])).toBeUndefined()
  expect(of('https://a.test', ['https://b.test', 'https://a.test/'])).toBe('https://a.test')
  expect(of('https://a.test', ['*'])).toBe('*')
  const preflight = cloakPreflight({ gate: gateOf({ isOpen: true }), corsOrigins: ['*'] })
  expect(preflight(new Request('http://localhost/telemetry', { method: 'OPTIONS' }))).toBeUndefined()
})

test('the mean of the last thousand requests', () => {
  const tallies = createCloakTallies()
  expect(tallies.meanSeconds()).toBe(0)
  for (let index = 0; index < 1_500; index += 1) tallies.observe(index < 500 ? 100 : 1)
  expect(tallies.meanSeconds()).toBe(1)
})

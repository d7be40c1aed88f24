import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Clock } from '../../../src/base/clock.ts'
import type { Log, LogFacts } from '../../../src/base/log.ts'
import { createPocketBaseClient, type PocketBaseAccess, retryAfterMaxMs } from '../../../src/consumer/pocketbase/client.ts'
import { fakeClock } from '../../fake-clock.ts'
import { type FaultyProxy, type Mischief, startFaultyProxy } from '../../part/faulty-proxy.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { accessTo, setUp } from './stage.ts'

describe.if(hasPocketBase('client of PocketBase'))('client of PocketBase', () => {
  let pocketbase: PocketBasePart
  let proxy: FaultyProxy
  beforeAll(async () => {
    pocketbase = await startPocketBase()
    proxy = await startFaultyProxy(pocketbase.url)
    await setUp(pocketbase, 'runs')
  })
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]()
    await pocketbase?.[Symbol.asyncDispose]()
  })

  const list = { method: 'GET', path: '/api/collections/runs/records' } as const
  const signIns = () => proxy.passed.filter(({ path }) => path.endsWith('/auth-with-password')).length
  const clock: Clock = fakeClock('2026-11-22T12:00:00Z')

  function open(change: Partial<PocketBaseAccess> = {}) {
    proxy.misbehave(undefined)
    const lines: (LogFacts & { readonly message: string })[] = []
    const write = (facts: LogFacts, message: string) => void lines.push({ ...facts, message })
    const log: Log = { debug: write, info: write, warn: write, error: write }
    return { client: createPocketBaseClient({ ...accessTo(proxy.url), ...change }, clock, log), lines }
  }

  test('P11 each sign-in and its outcome is a log line without name, password or address', async () => {
    const good = open()
    expect((await good.client.send(list)).ok).toBe(true)
    const wrong = open({ password: 'a-wrong-password' })
    expect(await wrong.client.send(list)).toMatchObject({ ok: false, fault: { code: 'sign_in_refused' } })
    const gone = open({ url: 'http://127.0.0.1:1' })
    expect(await gone.client.send(list)).toMatchObject({ ok: false, fault: { code: 'unreachable' } })
    const lines = [...good.lines, ...wrong.lines, ...gone.lines]
    expect(lines.map(({ outcome }) => outcome)).toEqual(['attempt', 'accepted', 'attempt', 'refused', 'attempt', 'failed'])
    for (const secret of [account.identity, account.password, 'a-wrong-password', '127.0.0.1', 'example'])
      expect(JSON.stringify(lines)).not.toContain(secret)
  })

  test('P12 one token serves many requests, and requests at one moment share one sign-in', async () => {
    const { client } = open()
    const before = signIns()
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send(list)))
    await client.send(list)
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(signIns() - before).toBe(1)
    expect(await client.verify()).toEqual({ ok: true, value: 'valid' })
  })

  test('a refused token is renewed once, and the request repeated', async () => {
    const { client } = open()
    await client.send(list)
    const before = signIns()
    let refusals = 1
    proxy.misbehave(({ path }) => (path === list.path && refusals-- > 0 ? { kind: 'answer', status: 401 } : undefined))
    expect((await client.send(list)).ok).toBe(true)
    expect(signIns() - before).toBe(1)
    proxy.misbehave(({ path }) => (path === list.path ? { kind: 'answer', status: 401 } : undefined))
    expect(await client.send(list)).toMatchObject({ ok: false, fault: { status: 401 } })
    expect(signIns() - before).toBe(2)
  })

  test('verify finds out that a token was revoked, which PocketBase tells nobody else', async () => {
    const { client } = open()
    await client.send(list)
    const members = await pocketbase.ask('GET', '/api/collections/telemetry_service/records')
    const [member] = members['items'] as readonly { id: string }[]
    const secrets = { password: account.password, passwordConfirm: account.password }
    await pocketbase.ask('PATCH', `/api/collections/telemetry_service/records/${member?.id}`, secrets)
    expect((await client.send(list)).ok).toBe(true)
    expect(await client.verify()).toEqual({ ok: true, value: 'renewed' })
    expect(await client.verify()).toEqual({ ok: true, value: 'valid' })
  })

  const answer = (status: number, headers?: Readonly<Record<string, string>>): Mischief => ({
    kind: 'answer',
    status,
    ...(headers && { headers }),
  })
  test.each([
    ['seconds', answer(429, { 'Retry-After': '7' }), { status: 429, retryAfterMs: 7_000 }],
    ['a date', answer(503, { 'Retry-After': 'Sun, 22 Nov 2026 12:00:09 GMT' }), { status: 503, retryAfterMs: 9_000 }],
    ['a past date', answer(503, { 'Retry-After': 'Sun, 22 Nov 2026 11:00:00 GMT' }), { status: 503, retryAfterMs: 0 }],
    ['a week', answer(429, { 'Retry-After': '604800' }), { status: 429, retryAfterMs: retryAfterMaxMs }],
    ['nonsense', answer(429, { 'Retry-After': 'soon' }), { status: 429, reasons: [] }],
  ])('the pause that a server asks for is read: %s', async (_, mischief, fault) => {
    const { client } = open()
    await client.send(list)
    proxy.misbehave(() => mischief)
    const refused = await client.send(list)
    expect(refused).toMatchObject({ ok: false, fault })
    if (!refused.ok && !('retryAfterMs' in fault)) expect(refused.fault.retryAfterMs).toBeUndefined()
  })

  test('a request ends with its own time limit or with the signal of its caller', async () => {
    const { client } = open({ timeoutMs: 300 })
    await client.send(list)
    proxy.misbehave(() => ({ kind: 'hang' }))
    expect(await client.send(list)).toMatchObject({ ok: false, fault: { code: 'timed_out' } })
    expect(await client.send({ ...list, signal: AbortSignal.abort() })).toMatchObject({ ok: false, fault: { code: 'stopped' } })
  })

  test('a redirect is not followed: neither name and password nor a token reach the address that it names', async () => {
    const reached: string[] = []
    using elsewhere = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch: (request) => {
        reached.push(request.url)
        return new Response('{"token":"a.b.c","items":[]}', { headers: { 'Content-Type': 'application/json' } })
      },
    })
    const redirect = ({ path }: { readonly path: string }): Mischief => ({
      kind: 'answer',
      status: 307,
      headers: { Location: `http://localhost:${elsewhere.port}${path}` },
    })
    const unsigned = open()
    proxy.misbehave(redirect)
    expect(await unsigned.client.send(list)).toMatchObject({ ok: false, fault: { code: 'redirected', status: 0 } })
    expect(await unsigned.client.verify()).toMatchObject({ ok: false, fault: { code: 'redirected' } })
    const { client } = open()
    await client.send(list)
    proxy.misbehave(redirect)
    for (const method of ['GET', 'POST'] as const)
      expect(await client.send({ ...list, method })).toMatchObject({ ok: false, fault: { code: 'redirected' } })
    expect(await client.verify()).toMatchObject({ ok: false, fault: { code: 'redirected' } })
    expect(reached).toEqual([])
    expect(JSON.stringify(unsigned.lines)).not.toContain('localhost')
  })

  test('an answer without an end is read up to its limit, and is a fault of the environment', async () => {
    const { client } = open()
    await client.send(list)
    let asked = 0
    const endlessly = (): Mischief => {
      asked += 1
      return { kind: 'endless' }
    }
    proxy.misbehave(endlessly)
    const tooLarge = { ok: false, fault: { code: 'answer_too_large', status: 0 } }
    expect(await client.send({ ...list, bytesMax: 1_000_000 })).toMatchObject(tooLarge)
    const unsigned = open()
    proxy.misbehave(endlessly)
    const before = process.memoryUsage().rss
    expect(await unsigned.client.send(list)).toMatchObject(tooLarge)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
    expect(asked).toBe(2)
  })

  test('a sign-in that answers no token is no sign-in', async () => {
    const { client } = open()
    proxy.misbehave(({ path }) => (path.endsWith('/auth-with-password') ? { kind: 'answer', status: 200, body: { token: 5 } } : undefined))
    expect(await client.send(list)).toMatchObject({ ok: false, fault: { code: 'unreadable' } })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type FaultyProxy, type Mischief, type Passing, startFaultyProxy } from '../../part/faulty-proxy.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { until } from '../../wait.ts'
import { authCollection, report, Stage, setUp } from './stage.ts'

const stamp = '2026-03-02 10:00:00.000Z'

describe.if(hasPocketBase('mirror to a PocketBase that misbehaves'))('mirror to a PocketBase that misbehaves', () => {
  let pocketbase: PocketBasePart
  let proxy: FaultyProxy
  beforeAll(async () => {
    pocketbase = await startPocketBase()
    proxy = await startFaultyProxy(pocketbase.url)
  })
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]()
    await pocketbase?.[Symbol.asyncDispose]()
  })

  async function openStage(name: string, timeoutMs = 20_000): Promise<Stage> {
    proxy.misbehave(undefined)
    const stage = new Stage({ pocketbase, collection: await setUp(pocketbase, name), url: proxy.url, timeoutMs })
    stage.mirror.start()
    await stage.drained()
    return stage
  }

  /** Does harm to the first `times` requests that the condition picks. */
  function harm(mischief: Mischief, times: number, picks: (passing: Passing) => boolean = ({ writes }) => writes > 0): { count: number } {
    const harmed = { count: 0 }
    proxy.misbehave((passing) => {
      if (harmed.count >= times || !picks(passing)) return undefined
      harmed.count += 1
      return mischief
    })
    return harmed
  }

  const rows: readonly (readonly [string, Mischief, string])[] = [
    ['is down', { kind: 'down' }, 'unreachable'],
    ['is too slow', { kind: 'hang' }, 'timed_out'],
    ['refuses the token', { kind: 'answer', status: 401 }, 'http_401'],
    ['asks for patience', { kind: 'answer', status: 429 }, 'http_429'],
    ['fails inside', { kind: 'answer', status: 500 }, 'http_500'],
    ['is behind a gateway that gives up', { kind: 'answer', status: 504 }, 'http_504'],
    ['sends elsewhere', { kind: 'answer', status: 308, headers: { Location: 'http://127.0.0.1:9/' } }, 'redirected'],
    ['answers without an end', { kind: 'endless' }, 'answer_too_large'],
    ['drops the answer after it applied the batch', { kind: 'drop_answer' }, 'unreachable'],
    ['breaks off its answer', { kind: 'cut_answer' }, 'unreadable'],
    [
      'refuses each write within an answer of 200',
      { kind: 'answer_inside', entry: { status: 400, body: { updated: stamp } } },
      'unreadable',
    ],
    ['does not say when it wrote', { kind: 'answer_inside', entry: { status: 200, body: {} } }, 'unreadable'],
    ['applied half of a batch and broke off', { kind: 'half_applied' }, 'unreachable'],
  ]
  test.each(rows)('each run arrives exactly once at a PocketBase that %s', async (name, mischief, word) => {
    await using stage = await openStage(`fault_${name.replaceAll(' ', '_')}`, mischief.kind === 'hang' ? 400 : 20_000)
    const faults = new Set<string | undefined>()
    const harmed = harm(mischief, 4)
    stage.report(Array.from({ length: 70 }, () => report()))
    await stage.drained(() => {
      faults.add(stage.mirror.status().fault)
      return harmed.count === 4 && stage.mirror.status().state === 'ok' && stage.mirror.status().lag === 0
    })
    const ids = (await stage.records()).map(({ execution_id }) => execution_id)
    expect(ids).toHaveLength(70)
    expect(new Set(ids).size).toBe(70)
    expect(stage.store.parkedCount()).toBe(0)
    expect([...faults]).toContain(word)
  })

  test('a PocketBase that was away for a while gets what happened meanwhile, each run as it is by then', async () => {
    await using stage = await openStage('away')
    const run = report()
    stage.report([run])
    await stage.drained()
    await pocketbase.stop()
    stage.report([{ ...run, status: 'configuring' }, ...Array.from({ length: 20 }, () => report())])
    await stage.drained(() => stage.mirror.status().state === 'down')
    expect(stage.mirror.status()).toMatchObject({ fault: 'unreachable', isConnected: false, lag: 21 })
    stage.report([{ ...run, status: 'success', exitCode: 0 }])
    await pocketbase.start()
    await stage.drained()
    const records = await stage.records()
    expect(records).toHaveLength(21)
    expect(records.find(({ execution_id }) => execution_id === run.executionId)?.['status']).toBe('success')
  })

  test('the pause that PocketBase asks for is kept', async () => {
    await using stage = await openStage('patience')
    const at: number[] = []
    proxy.misbehave(({ writes }) => {
      if (writes === 0) return undefined
      at.push(performance.now())
      return at.length === 1 ? { kind: 'answer', status: 429, headers: { 'Retry-After': '2' } } : undefined
    })
    stage.report([report()])
    await stage.drained()
    const [refusedAt = 0, triedAt = 0] = at
    expect(triedAt - refusedAt).toBeGreaterThan(1_950)
  })

  test('a token that is revoked between batches is renewed, and neither a run nor a deletion is lost', async () => {
    await using stage = await openStage('revoked')
    const runs = Array.from({ length: 30 }, () => report())
    stage.report(runs)
    await stage.drained()
    const found = await pocketbase.ask('GET', `/api/collections/${authCollection}/records`)
    const [member] = found['items'] as readonly { id: string }[]
    const secrets = { password: account.password, passwordConfirm: account.password } // Setting a password revokes every token.
    await pocketbase.ask('PATCH', `/api/collections/${authCollection}/records/${member?.id}`, secrets)
    const signIns = () => proxy.passed.filter(({ path }) => path.endsWith('/auth-with-password')).length
    const before = signIns()
    stage.remove(runs.slice(0, 10))
    stage.report([report()])
    await stage.drained()
    expect(await stage.records()).toHaveLength(21)
    expect(stage.store.parkedCount()).toBe(0)
    expect(signIns()).toBeGreaterThan(before)
  })

  test('an answer of 400 that also meets a good record parks nothing', async () => {
    await using stage = await openStage('all_refused')
    const harmed = harm({ kind: 'answer', status: 400, body: { data: {}, message: 'Failed to create record.', status: 400 } }, 40)
    stage.report(Array.from({ length: 10 }, () => report()))
    await stage.drained(() => stage.mirror.status().fault === 'http_400')
    expect(stage.store.parkedCount()).toBe(0)
    harmed.count = 40
    await stage.drained()
    expect(await stage.records()).toHaveLength(10)
  })

  test('rules that shut the service out are waited out', async () => {
    await using stage = await openStage('shut_out')
    const rule = `@request.auth.collectionName = "${authCollection}"`
    await pocketbase.ask('PATCH', '/api/collections/shut_out', { createRule: null, updateRule: null })
    stage.report([report(), report()])
    await stage.drained(() => stage.mirror.status().state === 'down')
    await pocketbase.ask('PATCH', '/api/collections/shut_out', { createRule: rule, updateRule: rule })
    await stage.drained()
    expect(await stage.records()).toHaveLength(2)
    expect(stage.store.parkedCount()).toBe(0)
  })

  test('stop ends at once, also while PocketBase holds a request', async () => {
    const stage = await openStage('held')
    const harmed = harm({ kind: 'hang' }, 9)
    stage.report([report()])
    await until(() => harmed.count > 0)
    const before = performance.now()
    await stage[Symbol.asyncDispose]()
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})

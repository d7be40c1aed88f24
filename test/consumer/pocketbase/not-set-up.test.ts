import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { account, hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../../part/pocketbase.ts'
import { startRunning } from '../../part/running.ts'
import { until } from '../../wait.ts'

describe.if(hasPocketBase('a PocketBase that was not set up'))('a PocketBase that was not set up', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase[Symbol.asyncDispose]())

  test.each([
    ['has no auth collection', { ...account, collection: 'telemetry_service' }, 'http_404', 'telemetry-service setup pocketbase'],
    ['has no collection of runs', { ...superuser, collection: '_superusers' }, 'http_404', 'telemetry-service setup pocketbase'],
    ['does not know the account', { ...account, collection: 'users' }, 'sign_in_refused', 'Check PB_IDENTITY and PB_PASSWORD'],
  ])('and %s is told in the log, with what to run, and in /healthz', async (_, { identity, password, collection }, fault, advice) => {
    const env = { PB_URL: pocketbase.url, PB_IDENTITY: identity, PB_PASSWORD: password, PB_AUTH_COLLECTION: collection }
    await using service = await startRunning(env)
    const told = () => service.lines.find(({ message }) => message.startsWith('PocketBase does not take runs'))
    await until(() => told() !== undefined, 'the mirror says why')
    expect(told()).toMatchObject({ code: fault, message: expect.stringContaining(advice) })
    const health = async () => (await service.ask('/healthz')).json() as Promise<Readonly<Record<string, unknown>>>
    await until(async () => (await health())['pocketbase_fault'] === fault, '/healthz says why')
    expect(await health()).toMatchObject({ status: 'degraded', pocketbase: 'disconnected' })
  })
})

test('a PB_URL that answers with a redirect is told in the log and in /healthz, and gets the password to no other address', async () => {
  const reached: string[] = []
  const fetch = (request: Request) => {
    reached.push(request.url)
    return new Response('{}')
  }
  using elsewhere = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
  const location = `http://localhost:${elsewhere.port}/marker`
  using redirecting = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => new Response(null, { status: 307, headers: { Location: location } }),
  })
  const { identity, password } = account
  await using service = await startRunning({ PB_URL: `http://127.0.0.1:${redirecting.port}`, PB_IDENTITY: identity, PB_PASSWORD: password })
  const told = () => service.lines.find(({ message }) => message.startsWith('PocketBase does not take runs'))
  await until(() => told() !== undefined, 'the mirror says why')
  expect(told()).toMatchObject({ code: 'redirected', message: expect.stringContaining('set PB_URL to') })
  const health = async () => (await service.ask('/healthz')).json() as Promise<Readonly<Record<string, unknown>>>
  await until(async () => (await health())['pocketbase_fault'] === 'redirected', '/healthz says why')
  expect(reached).toEqual([])
  for (const secret of [identity, password, 'marker', String(elsewhere.port)]) expect(JSON.stringify(service.lines)).not.toContain(secret)
})

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

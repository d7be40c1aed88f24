import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { report, Stage, setUp } from './stage.ts'

describe.if(hasPocketBase('records that PocketBase refuses'))('records that PocketBase refuses', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase?.[Symbol.asyncDispose]())

  /** PocketBase takes no script name longer than `max`. */
  async function limitNames(collection: string, max: number): Promise<void> {
    const { fields } = (await pocketbase.ask('GET', `/api/collections/${collection}`)) as { fields: { name: string }[] }
    const limited = fields.map((field) => (field.name === 'nsapp' ? { ...field, max } : field))
    await pocketbase.ask('PATCH', `/api/collections/${collection}`, { fields: limited })
  }

  test.each([
    ['in batches', true],
    ['one by one, where batches are off', false],
  ])('bad records are parked alone and the rest arrives %s; replayed they arrive once PocketBase takes them', async (_, hasBatches) => {
    const collection = await setUp(pocketbase, hasBatches ? 'poison' : 'poison_singly')
    await limitNames(collection, 10)
    await pocketbase.ask('PATCH', '/api/settings', { batch: { enabled: hasBatches, maxRequests: 100, timeout: 3 } })
    await using stage = new Stage({ pocketbase, collection })
    const good = Array.from({ length: 40 }, () => report())
    const bad = [7, 8, 31].map((at) => ({ at, run: report({ nsapp: 'a-name-that-is-too-long' }) }))
    const all = bad.reduce((runs, { at, run }) => runs.toSpliced(at, 0, run), good)
    stage.report(all)
    stage.mirror.start()
    await stage.drained()
    expect(await stage.records()).toHaveLength(40)
    const parked = stage.store.parked(10)
    expect(parked.map(({ reason }) => reason)).toEqual(Array(3).fill('http_400 nsapp:validation_max_text_constraint'))

    await limitNames(collection, 64)
    expect(stage.store.replay()).toBe(3)
    stage.mirror.wake()
    await stage.drained()
    expect(await stage.records()).toHaveLength(43)
    expect(stage.store.parkedCount()).toBe(0)
  })

  test('without batches runs change and go, and nothing of the probe stays', async () => {
    const collection = await setUp(pocketbase, 'singly')
    await pocketbase.ask('PATCH', '/api/settings', { batch: { enabled: false, maxRequests: 100, timeout: 3 } })
    await using stage = new Stage({ pocketbase, collection })
    stage.mirror.start()
    const [first = report(), second = report()] = [report(), report()]
    stage.report([first, second])
    await stage.drained()
    stage.report([{ ...first, status: 'success', exitCode: 0 }])
    stage.remove([second])
    await stage.drained()
    expect((await stage.records()).map(({ execution_id, status }) => [execution_id, status])).toEqual([[first.executionId, 'success']])
  })

  test('batches larger than PocketBase takes are sent in parts', async () => {
    const collection = await setUp(pocketbase, 'small_batches')
    await pocketbase.ask('PATCH', '/api/settings', { batch: { enabled: true, maxRequests: 7, timeout: 3 } })
    await using stage = new Stage({ pocketbase, collection })
    stage.report(Array.from({ length: 60 }, () => report()))
    stage.mirror.start()
    await stage.drained()
    expect(await stage.records()).toHaveLength(60)
    expect(stage.store.parkedCount()).toBe(0)
  })
})

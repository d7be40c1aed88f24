import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { LogFacts } from '../../../src/base/log.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { report, Stage, setUp } from './stage.ts'

describe.if(hasPocketBase('mirror to PocketBase'))('mirror to PocketBase', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase?.[Symbol.asyncDispose]())

  async function openStage(name: string): Promise<Stage> {
    const stage = new Stage({ pocketbase, collection: await setUp(pocketbase, name) })
    stage.mirror.start()
    return stage
  }

  test('P12 runs arrive in the collection as people read them, once each, however often they change', async () => {
    await using stage = await openStage('runs')
    const run = report({ nsapp: 'jellyfin', status: 'installing', diskSize: 8 })
    stage.report([run, ...Array.from({ length: 120 }, () => report())])
    await stage.drained()
    stage.report([{ ...run, status: 'failed', exitCode: 100, error: 'exit 100', trace: 'E: no such package' }], 1_767_225_660_000)
    await stage.drained()
    const records = await stage.records()
    expect(records).toHaveLength(121)
    const [record] = records.filter(({ execution_id }) => execution_id === run.executionId)
    expect(record).toMatchObject({
      ...{ nsapp: 'jellyfin', status: 'failed', exit_code: 100, error: 'exit 100', trace: 'E: no such package', error_category: 'unknown' },
      ...{ disk_size: 8, repo_source: 'ProxmoxVE', tenant: '', instance: 'instance-a', received_at: '2026-01-01 00:00:00.000Z' },
    })
  })

  test('what breaks inside a round is waited out, and the log names the place but not the message', async () => {
    const lines: LogFacts[] = []
    const write = (facts: LogFacts) => void lines.push(facts)
    let failures = 2
    const disturb = (store: StoreWriter): StoreWriter =>
      withOther(store, {
        changes: (revision, limit) => {
          if (failures-- > 0) throw new TypeError('marker')
          return store.changes(revision, limit)
        },
      })
    const log = { debug: write, info: write, warn: write, error: write }
    await using stage = new Stage({ pocketbase, collection: await setUp(pocketbase, 'broken'), log, disturb })
    stage.report([report()])
    stage.mirror.start()
    await stage.drained()
    expect(await stage.records()).toHaveLength(1)
    expect(lines).toContainEqual({ code: 'TypeError', at: expect.stringMatching(/^mirror\.test\.ts:\d+$/) })
    expect(JSON.stringify(lines)).not.toContain('marker')
  })

  test('runs that go are deleted, also those that never came', async () => {
    await using stage = await openStage('deleted')
    const runs = Array.from({ length: 60 }, () => report())
    stage.report(runs)
    await stage.drained()
    const brief = report()
    stage.report([brief])
    stage.remove([brief, ...runs.slice(0, 55)])
    await stage.drained()
    expect(await stage.records()).toHaveLength(5)
    await pocketbase.ask('DELETE', `/api/collections/deleted/records/${(await stage.records())[0]?.['id']}`)
    stage.remove(runs.slice(55))
    await stage.drained()
    expect(await stage.records()).toEqual([])
    expect(stage.store.parkedCount()).toBe(0)
  })

  test('a record is written once a run however often it changed before it was sent, and not again when nothing changed', async () => {
    await using stage = new Stage({ pocketbase, collection: await setUp(pocketbase, 'coalesced') })
    const run = report()
    for (const status of ['installing', 'validation', 'configuring', 'success'] as const) stage.report([{ ...run, status }])
    stage.mirror.start()
    await stage.drained()
    expect(stage.mirror.status()).toMatchObject({ state: 'ok', isConnected: true, pushed: 1, lag: 0 })
    expect((await stage.records()).map(({ status }) => status)).toEqual(['success'])
  })
})

/** A store that does some things otherwise. */
function withOther(store: StoreWriter, other: Partial<StoreWriter>): StoreWriter {
  return new Proxy(store, {
    get: (whole, name) => {
      if (name in other) return Reflect.get(other, name)
      const value = Reflect.get(whole, name)
      return typeof value === 'function' ? value.bind(whole) : value
    },
  })
}

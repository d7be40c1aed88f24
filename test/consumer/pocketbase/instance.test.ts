import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { systemClock } from '../../../src/base/clock.ts'
import { silentLog } from '../../../src/base/log.ts'
import { copyDatabase } from '../../../src/base/sqlite-copy.ts'
import { createPocketBaseClient } from '../../../src/consumer/pocketbase/client.ts'
import { noteRestored } from '../../../src/consumer/pocketbase/contact.ts'
import { rebuildFromPocketBase } from '../../../src/consumer/pocketbase/rebuild.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { accessTo, prepare, report, Stage, setUp } from './stage.ts'

describe.if(hasPocketBase('stores and instances of a mirror'))('stores and instances of a mirror', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase?.[Symbol.asyncDispose]())

  /** A collection with runs of every kind, and the reports they came from. */
  async function fill(collection: string) {
    await setUp(pocketbase, collection)
    await using stage = new Stage({ pocketbase, collection })
    const reports = Array.from({ length: 1_200 }, (_, index) => {
      const status = (['success', 'failed', 'aborted', 'installing'] as const)[index % 4] ?? 'unknown'
      const isFailed = status === 'failed'
      return report({ nsapp: `app-${index % 7}`, status, ...(isFailed && { exitCode: 100, error: 'exit 100', trace: `E: ${index}` }) })
    })
    stage.report(reports)
    stage.report(reports.slice(0, 3), undefined, 'tenant-b')
    stage.mirror.start()
    await stage.drained()
    return { reports, states: stage.states(reports) }
  }

  test("another installation's collection gets nothing, and the status says why", async () => {
    const collection = await setUp(pocketbase, 'two_owners')
    await using first = new Stage({ pocketbase, collection, instance: 'instance-a' })
    first.report([report()])
    first.mirror.start()
    await first.drained()
    await using second = new Stage({ pocketbase, collection, instance: 'instance-b' })
    second.report([report()])
    second.mirror.start()
    await second.drained(() => second.mirror.status().state === 'stopped')
    expect(second.mirror.status()).toMatchObject({ fault: 'foreign_instance', pushed: 0 })
    expect(await first.records()).toHaveLength(1)
  })

  test('P27 a store from a backup first joins what PocketBase has, however many changes it made of its own since, and sends nothing older over it', async () => {
    const collection = await setUp(pocketbase, 'from_backup')
    using folder = temporaryFolder()
    using copies = temporaryFolder()
    const [early, late] = [report({ status: 'installing' }), report({ status: 'success' })]
    await using live = new Stage({ pocketbase, collection, storePath: folder.file('store.db') })
    live.report([early, ...Array.from({ length: 20 }, () => report())])
    live.mirror.start()
    await live.drained()
    copyDatabase(folder.file('store.db'), copies.file('store.db')) // The backup.
    live.report([{ ...early, status: 'success' }, late])
    await live.drained()
    await live.mirror.stop()

    await using restored = new Stage({ pocketbase, collection, storePath: copies.file('store.db') })
    noteRestored(restored.store)
    const own = Array.from({ length: 40 }, () => report()) // More than the live one ever counted: its revisions say nothing any more.
    restored.report([...own, { ...early, status: 'configuring' }])
    restored.mirror.start()
    await restored.drained()
    expect(restored.states([early, late]).map((state) => state.outcome?.status)).toEqual(['success', 'success'])
    const records = await restored.records()
    expect(records).toHaveLength(62)
    expect(
      records
        .filter((record) => [early.executionId, late.executionId].includes(String(record['execution_id'])))
        .map(({ status }) => status),
    ).toEqual(['success', 'success'])
    expect(restored.store.fact('pocketbase.restored')).toBe('')
  })

  test('an installation that comes later stops the one that was alone', async () => {
    const collection = await setUp(pocketbase, 'later_owner')
    await using stage = new Stage({ pocketbase, collection })
    stage.mirror.start()
    await stage.drained()
    await pocketbase.ask('POST', `/api/collections/${collection}/records`, {
      random_id: report().randomId,
      type: 'lxc',
      nsapp: 'x',
      status: 'success',
      instance: 'z',
    })
    await stage.drained(() => stage.mirror.status().state === 'stopped')
    const { retryAt = 0 } = stage.mirror.status()
    stage.report([report()])
    await stage.drained(() => (stage.mirror.status().retryAt ?? 0) > retryAt)
    expect(stage.mirror.status()).toMatchObject({ state: 'stopped', pushed: 0 })
  })

  test('two tenants with one execution id have a record each', async () => {
    const collection = await setUp(pocketbase, 'tenants')
    await using stage = new Stage({ pocketbase, collection })
    const run = report()
    stage.report([run])
    stage.report([{ ...run, status: 'success' }], undefined, 'tenant-b')
    stage.mirror.start()
    await stage.drained()
    const records = (await stage.records()).map(({ tenant, status }) => `${tenant}:${status}`).sort()
    expect(records).toEqual([':installing', 'tenant-b:success'])
    expect(stage.store.parkedCount()).toBe(0)
  })

  test('two hosts with one weak id have a record each', async () => {
    const collection = await setUp(pocketbase, 'weak_ids')
    await using stage = new Stage({ pocketbase, collection })
    const weak = { executionId: 'tool-1767225600', randomId: 'tool-1767225600', type: 'tool' } as const
    stage.report([report({ ...weak, nsapp: 'clean' }), report({ ...weak, nsapp: 'update' })])
    stage.mirror.start()
    await stage.drained()
    stage.report([report({ ...weak, nsapp: 'update', status: 'success' })])
    await stage.drained()
    const records = (await stage.records()).map(({ nsapp, status, random_id }) => [nsapp, status, random_id].join()).sort()
    expect(records).toEqual(['clean,installing,tool-1767225600', 'update,success,tool-1767225600'])
    expect(stage.store.parkedCount()).toBe(0)
  })

  test('an emptied store takes back what PocketBase has before it sends anything', async () => {
    const { reports, states } = await fill('emptied')
    await using stage = new Stage({ pocketbase, collection: 'emptied' })
    const [known = report()] = reports
    const news = report()
    stage.report([news, { ...known, status: 'configuring' }]) // Came in before PocketBase was asked.
    stage.mirror.start()
    await stage.drained()
    expect(stage.states(reports.slice(1))).toEqual(states.slice(1))
    expect(stage.states([known])[0]?.outcome).toEqual(states[0]?.outcome as never)
    expect(await stage.records()).toHaveLength(1_204)
    expect(stage.mirror.status().pushed).toBeLessThan(10)
  })

  test('a restored store first takes back what it wrote after its backup was made', async () => {
    using folder = temporaryFolder()
    const collection = await setUp(pocketbase, 'restored')
    const run = report()
    {
      await using before = new Stage({ pocketbase, collection, storePath: folder.file('backup.db') })
      before.report([run])
      before.mirror.start()
      await before.drained()
    }
    await Bun.write(folder.file('store.db'), Bun.file(folder.file('backup.db')))
    {
      await using lived = new Stage({ pocketbase, collection, storePath: folder.file('store.db') })
      lived.mirror.start()
      lived.report([{ ...run, status: 'success', exitCode: 0 }, ...Array.from({ length: 5 }, () => report())])
      await lived.drained()
    }
    await using restored = new Stage({ pocketbase, collection, storePath: folder.file('backup.db') })
    restored.mirror.start()
    await restored.drained()
    expect(restored.states([run])[0]?.outcome?.status).toBe('success')
    expect(restored.store.revision()).toBeGreaterThanOrEqual(6)
    expect(await restored.records()).toHaveLength(6)
  })

  function rebuild(store: StoreWriter, collection: string, onProgress: (done: number, total: number) => void) {
    return rebuildFromPocketBase({
      store,
      client: createPocketBaseClient(accessTo(pocketbase.url), systemClock, silentLog),
      place: { url: pocketbase.url, collection },
      prepare,
      newId: () => 'instance-new',
      clock: systemClock,
      onProgress,
    })
  }

  test('a rebuild of what two installations filled takes nothing in, wherever the record of the other one stands', async () => {
    await fill('filled_by_two')
    const other = {
      id: 'zzzzzzzzzzzzzzz',
      random_id: report().randomId,
      type: 'lxc',
      nsapp: 'x',
      status: 'success',
      instance: 'instance-z',
    }
    await pocketbase.ask('POST', '/api/collections/filled_by_two/records', other)
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const message = 'The collection holds runs of two installations; none of them can take over both.'
    expect(await rebuild(store, 'filled_by_two', () => undefined)).toEqual({ ok: false, fault: { code: 'foreign_instance', message } })
    expect(store.revision()).toBe(0)
    store.close()
  })

  test('a rebuild restores every run exactly, says how far it is, and leaves nothing to send', async () => {
    const { reports, states } = await fill('rebuilt')
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const progress: string[] = []
    const rebuilt = await rebuild(store, 'rebuilt', (done, total) => progress.push(`${done}/${total}`))
    expect(rebuilt).toEqual({ ok: true, value: { done: 1_203, unreadable: 0 } })
    expect(progress).toEqual(['0/1203', '500/1203', '1000/1203', '1203/1203'])
    store.close()
    await using stage = new Stage({ pocketbase, collection: 'rebuilt', storePath: folder.file('store.db') })
    expect(stage.store.fact('instance')).toBe('instance-a')
    expect(stage.states(reports)).toEqual(states)
    stage.mirror.start()
    await stage.drained()
    expect(stage.mirror.status()).toMatchObject({ pushed: 0, lag: 0 })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readRun } from '../../../src/event/reading.ts'
import { hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { until } from '../../wait.ts'
import { createEarlierCollection } from './earlier-service.ts'
import { report, Stage, setUp } from './stage.ts'

describe.if(hasPocketBase('mirror beside an earlier service'))('mirror beside an earlier service', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase?.[Symbol.asyncDispose]())

  async function openStage(collection: string, ...before: readonly Record<string, unknown>[]): Promise<Stage> {
    await createEarlierCollection(pocketbase, collection)
    for (const record of before) await write(collection, record)
    const stage = new Stage({ pocketbase, collection: await setUp(pocketbase, collection) })
    stage.mirror.start()
    return stage
  }

  /** What the earlier service does for a report. */
  async function write(collection: string, fields: Record<string, unknown>, id?: string): Promise<string> {
    const path = `/api/collections/${collection}/records`
    const record = id === undefined ? await pocketbase.ask('POST', path, fields) : await pocketbase.ask('PATCH', `${path}/${id}`, fields)
    return String(record['id'])
  }

  function wireOf(run: { randomId?: string; executionId?: string }, fields: Record<string, unknown> = {}) {
    return { random_id: run.randomId, execution_id: run.executionId ?? '', type: 'lxc', nsapp: 'docker', status: 'installing', ...fields }
  }

  test('its records come into the store cloaked, and are left as they are', async () => {
    const run = report()
    const log = 'exit_code=1 | Operation not permitted\n---\nroot@pve-home: cannot reach 203.0.113.77'
    const wire = wireOf(run, { status: 'failed', exit_code: 1, error: log, disk_size: 8, os_version: '12' })
    await using stage = await openStage('neighbour_pull', wire)
    await stage.drained()
    const [state] = stage.states([run])
    expect(state && readRun(state)).toMatchObject({ status: 'failed', exitCode: 1, diskSize: 8, osVersion: '12' })
    expect(JSON.stringify(state)).not.toContain('203.0.113.77')
    const [record, ...others] = await stage.records()
    expect(others).toEqual([])
    expect(record).toMatchObject({ ...wire, state: null, instance: '' })
  })

  test('a time that cannot be is not taken over: the record counts when PocketBase says that it was made', async () => {
    const collection = await setUp(pocketbase, 'neighbour_far')
    const runs = [report(), report()]
    for (const [run, received_at] of [
      [runs[0], '9999-12-31 00:00:00.000Z'],
      [runs[1], '0001-01-01 00:00:00.000Z'],
    ] as const)
      await write(collection, wireOf(run ?? {}, { received_at }))
    await using stage = new Stage({ pocketbase, collection })
    stage.mirror.start()
    await stage.drained()
    const madeAt = (await stage.records()).map(({ created }) => Date.parse(String(created)))
    const days = (times: readonly number[]) => times.map((at) => Math.floor(at / 86_400_000)).sort()
    expect(days(stage.states(runs).map((state) => readRun(state).firstAt))).toEqual(days(madeAt))
  })

  test('records so large that a page of them is longer than an answer may be come in smaller pages, each of them', async () => {
    const collection = 'neighbour_large'
    await createEarlierCollection(pocketbase, collection)
    // 300 records of 131,072 characters: more than 32 MB in one page.
    pocketbase.sql(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
       INSERT INTO ${collection} (id, execution_id, type, nsapp, status, error, created, updated)
       SELECT printf('large%010d', i), printf('00000000-0000-4000-8000-%012d', i), 'lxc', 'docker', 'failed', hex(zeroblob(65536)),
              '2026-03-01 12:00:00.000Z', '2026-03-01 12:00:00.000Z' FROM n`,
    )
    await using stage = new Stage({ pocketbase, collection: await setUp(pocketbase, collection) })
    stage.mirror.start()
    await stage.drained()
    expect(stage.mirror.status()).toMatchObject({ pulled: 300, unreadable: 0 })
    expect(stage.store.revision()).toBe(300)
  })

  test('a run that it began is continued in its record, not in a second one', async () => {
    const run = report()
    await using stage = await openStage('neighbour_continue', wireOf(run, { disk_size: 8 }), wireOf(report()))
    stage.report([{ ...run, status: 'success', exitCode: 0, coreCount: 4 }])
    await stage.drained()
    const records = await stage.records()
    expect(records).toHaveLength(2)
    expect(records.find(({ execution_id }) => execution_id === run.executionId)).toMatchObject({
      status: 'success',
      disk_size: 8,
      core_count: 4,
    })
    stage.remove([run])
    await stage.drained()
    expect(await stage.records()).toHaveLength(1)
  })

  test('a record that it makes between pull and push is found by its execution id', async () => {
    await using stage = await openStage('neighbour_race')
    await stage.drained()
    const runs = Array.from({ length: 30 }, () => report())
    await stage.mirror.stop() // Nothing is pulled any more; the delivery alone must find the records.
    for (const run of runs.slice(0, 12)) await write('neighbour_race', wireOf(run, { ram_size: 512 }))
    await using second = new Stage({ pocketbase, collection: 'neighbour_race' })
    second.store.setFact('pocketbase.pulled_until', '2099-01-01 00:00:00.000Z')
    for (const fact of ['pocketbase.synced', 'pocketbase.seen_revision']) second.store.setFact(fact, stage.store.fact(fact) ?? '')
    second.report(runs)
    second.mirror.start()
    await second.drained()
    const records = await second.records()
    expect(records).toHaveLength(30)
    expect(new Set(records.map(({ execution_id }) => execution_id)).size).toBe(30)
    expect(second.store.parkedCount()).toBe(0)
  })

  test('what it writes into a continued record is joined, and what it spoils is put right', async () => {
    const run = report()
    await using stage = await openStage('neighbour_beside', wireOf(run))
    stage.report([{ ...run, status: 'configuring', method: 'default' }])
    await stage.drained()
    const [record] = await stage.records()
    const id = String(record?.['id'])
    await write('neighbour_beside', { status: 'success', exit_code: 0, install_duration: 77 }, id)
    await stage.drained(() => stage.states([run]).some((state) => readRun(state).status === 'success'))
    const [joined] = stage.states([run])
    expect(joined && readRun(joined)).toMatchObject({ status: 'success', installDuration: 77, method: 'default' })

    await write('neighbour_beside', { status: 'configuring' }, id) // A late report over a finished run.
    const shown = async () => (await stage.records()).map(({ status }) => status)
    await until(
      async () => {
        stage.mirror.wake() // What was read before the late report is read again, so that no count tells when that was.
        return (await shown())[0] === 'success'
      },
      'the record is put right',
      20_000,
    )
    await stage.drained()
    expect(await shown()).toEqual(['success'])
  })

  test('a run without execution id ends in one record, whoever wrote first', async () => {
    const randomId = String(report().randomId)
    const own = { randomId, type: 'lxc', nsapp: 'docker', status: 'installing' } as const
    await using stage = await openStage('neighbour_nameless')
    stage.report([own])
    await stage.drained()
    await write('neighbour_nameless', wireOf({ randomId }, { status: 'success' }))
    await stage.drained(() => stage.states([own]).some((state) => readRun(state).status === 'success'))
    await stage.drained()
    const records = await stage.records()
    expect(records.map(({ status, random_id }) => [status, random_id])).toEqual([['success', randomId]])
  })

  test('a record dated into the future hides no later change', async () => {
    await using stage = await openStage('neighbour_future', wireOf(report(), { status: 'success' }))
    await stage.drained()
    const run = report()
    const id = await write('neighbour_future', wireOf(report()))
    pocketbase.sql("UPDATE neighbour_future SET updated = '2099-01-01 00:00:00.000Z' WHERE id = ?", id)
    const { pulled } = stage.mirror.status()
    await stage.drained(() => stage.mirror.status().pulled > pulled)
    await write('neighbour_future', wireOf(run))
    await stage.drained(() => stage.states([run]).length === 1)
    expect(stage.store.fact('pocketbase.pulled_until') ?? '').toMatch(/^20[2-8]/)
  })

  test('an id with quotes stays a value in every filter', async () => {
    await using stage = await openStage('neighbour_quotes', wireOf(report()), wireOf(report()))
    await stage.drained()
    for (const id of ['" || 1 = 1 || "" = "', "' || 1 = 1 || '' = '", 'a\\', 'a\\" || id != "', '{:id1}']) {
      const filter = stage.client.bind('execution_id = {:id0} || execution_id = {:id1}', { id0: id, id1: 'b' })
      const answer = await stage.client.send({ method: 'GET', path: '/api/collections/neighbour_quotes/records', query: { filter } })
      expect(answer.ok && answer.value, id).toMatchObject({ items: [] })
    }
    const hostile = `x" || random_id != "`
    await write('neighbour_quotes', wireOf({ randomId: hostile, executionId: hostile }))
    stage.report([report({ executionId: hostile, randomId: hostile, status: 'success' })])
    await stage.drained()
    expect((await stage.records()).map(({ status }) => status).sort()).toEqual(['installing', 'installing', 'success'])
    expect(stage.store.parkedCount()).toBe(0)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { dayMs } from '../../../src/base/clock.ts'
import { retireRuns } from '../../../src/consumer/retention.ts'
import { removeOldTraces } from '../../../src/consumer/trace-age.ts'
import { hasPocketBase, type PocketBasePart, startPocketBase } from '../../part/pocketbase.ts'
import { report, Stage, setUp } from './stage.ts'

describe.if(hasPocketBase('retention in PocketBase'))('P7 retention is carried to PocketBase', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase?.[Symbol.asyncDispose]())

  const day = 20_000
  const failure = { status: 'failed', exitCode: 100, error: 'exit 100', trace: 'E: no such package' } as const

  test('records of runs that are too old go, in steps, and no other record does', async () => {
    await using stage = new Stage({ pocketbase, collection: await setUp(pocketbase, 'retired') })
    const [old, young] = [130, 20].map((count) => Array.from({ length: count }, () => report({ status: 'success' })))
    stage.report(old ?? [], day * dayMs)
    stage.report(young ?? [], (day + 1) * dayMs)
    stage.mirror.start()
    await stage.drained()
    expect(await stage.records()).toHaveLength(150)

    stage.store.moveCursor('retention', day)
    const steps = [1, 2].map(() => retireRuns(stage.store, { lastDay: day }))
    expect(steps).toEqual([
      { changed: 100, isDone: false },
      { changed: 30, isDone: true },
    ])
    await stage.drained()
    const left = (await stage.records()).map((record) => record['execution_id'])
    expect(left.toSorted()).toEqual((young ?? []).map(({ executionId }) => executionId).toSorted())

    // A report that comes late for a run that went does not bring it back.
    stage.report((old ?? []).slice(0, 5), (day + 1) * dayMs)
    await stage.drained()
    expect(await stage.records()).toHaveLength(20)
  })

  test('a log that is too old goes from its record, which stays as it is otherwise', async () => {
    await using stage = new Stage({ pocketbase, collection: await setUp(pocketbase, 'untraced') })
    const [old, young] = [report(failure), report(failure)]
    stage.report([old], day * dayMs)
    stage.report([young], (day + 1) * dayMs)
    stage.mirror.start()
    await stage.drained()
    expect(removeOldTraces(stage.store, { before: (day + 1) * dayMs, after: 0 }).changed).toBe(1)
    await stage.drained()
    const traces = new Map((await stage.records()).map((record) => [record['execution_id'], record]))
    expect(traces.get(old.executionId)).toMatchObject({ status: 'failed', exit_code: 100, error: 'exit 100', trace: '' })
    expect(traces.get(young.executionId)).toMatchObject({ status: 'failed', trace: 'E: no such package' })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
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
})

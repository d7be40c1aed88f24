import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkRollups, checkSegments, rebuildFromPocketBase } from '../../src/app/command.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { readSettings } from '../../src/config.ts'
import { sampleContext } from '../cli/desk-sample.ts'
import { setUp } from '../consumer/pocketbase/stage.ts'
import { account, hasPocketBase, startPocketBase } from '../part/pocketbase.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'
import { restore, settingsOf } from './sample-backup.ts'

const uuid = '0190a5f3-7c1e-4abc-8def-00000000002a'
const plain = 'host-of-somebody-42'
const texts = ['quaggaerror', 'quaggatrace', 'quaggacpu', 'quaggascript', 'quaggaversion']

/** A failed run with a text of its own in every field that takes one. */
function telling(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return eventBody({
    ...{ random_id: id, status: 'failed', nsapp: 'quaggascript', exit_code: 77, os_version: 'quaggaversion', cpu_model: 'quaggacpu' },
    ...{ error: `exit_code=77 | quaggaerror\n---\nquaggatrace ${'line of the log\n'.repeat(400)}`, ...more },
  })
}

async function erase(folder: string, id: string, tenant = 'default') {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(['erase', '--random-id', id, '--tenant', tenant], context)
  return { code, said: context.told() }
}

/** Which of the needles stand in which file of a folder, in any form in which they are stored. */
function findIn(folder: string, needles: readonly string[], leaveOut: readonly string[] = ['backup']): readonly string[] {
  const names = readdirSync(folder).filter((name) => !leaveOut.includes(name) && statSync(join(folder, name)).isFile())
  return names.flatMap((name) => {
    const bytes = readFileSync(join(folder, name))
    return needles
      .filter((needle) => {
        const isUuid = /^[0-9a-f-]{36}$/.test(needle)
        return bytes.includes(needle) || (isUuid && bytes.includes(Buffer.from(needle.replaceAll('-', ''), 'hex')))
      })
      .map((needle) => `${needle} in ${name}`)
  })
}

async function listRuns(service: Running, key: string): Promise<number> {
  const answer = (await (await service.ask('/api/records?repo=all&limit=100', { key })).json()) as { total: number }
  return answer.total
}

describe('an erasure', () => {
  test('takes all runs of an id and every byte of them, here and after a restore of an older backup, and nothing of anybody else', async () => {
    await using service = await startRunning()
    using other = temporaryFolder()
    const key = await service.makeKey('read')
    const otherTenant = await service.makeKey('ingest', { tenant: 'tenant-b' })
    const readB = await service.makeKey('read', { tenant: 'tenant-b' })
    for (const id of [uuid, plain]) {
      await service.ask('/telemetry', { body: telling(id) })
      await service.ask('/telemetry', { body: telling(id, { execution_id: crypto.randomUUID() }) })
    }
    for (let n = 0; n < 3; n += 1)
      await service.ask('/telemetry', { body: eventBody({ status: 'failed', exit_code: 77, error: 'exit_code=77 | known' }) })
    await service.ask('/telemetry', { body: eventBody({ random_id: uuid, nsapp: 'kept' }), key: otherTenant })
    await service.settle()
    expect(await listRuns(service, key)).toBe(7)
    const made = await runCommandLine(['backup', 'create', '--json'], sampleContext({ DATA_DIR: service.folder }))
    expect(made).toBe(0)
    const name = readdirSync(join(service.folder, 'backup')).find((one) => one.endsWith('Z')) ?? ''

    const answers = [await erase(service.folder, uuid), await erase(service.folder, plain), await erase(service.folder, 'nobody')]
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(new Set(answers.map(({ said }) => said)).size).toBe(1)
    expect(await listRuns(service, key)).toBe(3)
    expect(await listRuns(service, readB)).toBe(1)
    // The tenant that still has a run of the id keeps it: everything else is gone.
    expect(findIn(service.folder, [plain, ...texts])).toEqual([])
    expect(await erase(service.folder, uuid, 'tenant-b')).toMatchObject({ code: 0 })
    expect(findIn(service.folder, [uuid, plain, ...texts])).toEqual([])
    expect((await checkRollups(settingsOf(service.folder))).differing).toBe(0)
    expect((await checkSegments(settingsOf(service.folder))).differing).toBe(0)
    expect((await service.ask('/dashboard', { key })).status).toBe(200)
    expect((await service.ask('/error-analysis', { key })).status).toBe(200)

    await service.ask('/telemetry', { body: eventBody({ random_id: uuid, nsapp: 'quaggascript' }) })
    await service.settle()
    expect(await listRuns(service, key)).toBe(4) // Later events are accepted.
    expect(await (await service.ask('/records?app=quaggascript', { key })).text()).toContain('quaggascript')
    await service.stop()

    const restored = await restore({ ...other, path: service.folder } as typeof other, name, other.path)
    expect([restored.held.runs, restored.counts.runs]).toEqual([8, 3])
    expect(findIn(other.path, [uuid, plain, ...texts])).toEqual([])
    expect((await checkRollups(settingsOf(other.path))).differing).toBe(0)
  })

  test('without a running service is done at once, also of what waits in the journal', async () => {
    using folder = temporaryFolder()
    const service = await startRunning({ DATA_DIR: folder.path })
    await service.ask('/telemetry', { body: telling(uuid) })
    await service.stop()
    const { openDesk } = await import('../../src/app/command.ts')
    await using desk = await openDesk(settingsOf(folder.path))
    await desk.eraseRuns({ tenant: 'default', randomId: uuid })
    expect(findIn(folder.path, [uuid, ...texts])).toEqual([])
  })

  test('is written down before it is done: one that the end of the process cut off is done after the next start', async () => {
    using folder = temporaryFolder()
    const first = await startRunning({ DATA_DIR: folder.path })
    await first.ask('/telemetry', { body: telling(uuid) })
    await first.settle()
    await first.stop()
    const { openAccessDatabase } = await import('../../src/access/database.ts')
    const { openErasureBook } = await import('../../src/access/erasure.ts')
    const { readIdSecret } = await import('../../src/access/restored.ts')
    const { erasuresOf } = await import('../../src/archive/erasure-hash.ts')
    const access = openAccessDatabase(folder.file('access.db'))
    const secret = readIdSecret(folder.file('access.db'))
    openErasureBook(access).add(erasuresOf('default', uuid, { secret, at: Date.now() }), { actor: 'cli', tenant: 'default' })
    expect(access.query(`SELECT subject FROM audit WHERE act = 'erase'`).all()).toEqual([
      { subject: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ])
    access.close()
    await using service = await startRunning({ DATA_DIR: folder.path })
    await until(() => findIn(folder.path, [uuid, ...texts]).length === 0, 'the erasure is done', 30_000)
    expect(service.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('keeps events that are sent meanwhile', async () => {
    await using service = await startRunning()
    const key = await service.makeKey('read')
    await service.ask('/telemetry', { body: telling(uuid) })
    let sent = 0
    let isStopping = false
    const load = (async () => {
      while (!isStopping) {
        const { status } = await service.ask('/telemetry', { body: eventBody() })
        expect(status).toBe(202)
        sent += 1
      }
    })()
    for (let round = 0; round < 3; round += 1) expect(await erase(service.folder, uuid)).toMatchObject({ code: 0 })
    isStopping = true
    await load
    await service.settle()
    expect(await listRuns(service, key)).toBe(sent)
    expect(findIn(service.folder, [uuid, ...texts])).toEqual([])
  })

  test.if(hasPocketBase('an erasure that PocketBase has to follow'))(
    'reaches PocketBase, after which no tombstone spells the id any more',
    async () => {
      await using pocketbase = await startPocketBase()
      const collection = await setUp(pocketbase, 'erased')
      await using service = await startRunning({
        ...{ PB_URL: pocketbase.url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password, PB_TARGET_COLLECTION: collection },
      })
      await service.ask('/telemetry', { body: telling(uuid) })
      await service.ask('/telemetry', { body: eventBody() })
      await until(async () => (await pocketbase.records(collection)).length === 2, 'PocketBase has both', 30_000)
      expect(await erase(service.folder, uuid)).toMatchObject({ code: 0 })
      await until(async () => (await pocketbase.records(collection)).length === 1, 'PocketBase has lost one', 30_000)
      expect(JSON.stringify(await pocketbase.records(collection))).not.toContain(uuid)
      await until(() => findIn(service.folder, [uuid, ...texts]).length === 0, 'the tombstone is gone', 100_000)
    },
    150_000,
  )

  test.if(hasPocketBase('an erasure of what comes back from PocketBase'))(
    'is repeated after a rebuild from PocketBase, which is told of it again',
    async () => {
      await using pocketbase = await startPocketBase()
      using folder = temporaryFolder()
      const collection = await setUp(pocketbase, 'returned')
      const access = { PB_URL: pocketbase.url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password }
      const env = { DATA_DIR: folder.path, ...access, PB_TARGET_COLLECTION: collection }
      const first = await startRunning(env)
      await first.ask('/telemetry', { body: telling(uuid) })
      await first.ask('/telemetry', { body: eventBody() })
      await until(async () => (await pocketbase.records(collection)).length === 2, 'PocketBase has both', 30_000)
      await first.stop()
      {
        const { openDesk } = await import('../../src/app/command.ts')
        await using desk = await openDesk(settingsOf(folder.path)) // Without PocketBase: it keeps its record, as one from a copy of its own would.
        await desk.eraseRuns({ tenant: 'default', randomId: uuid })
      }
      expect(findIn(folder.path, [uuid, ...texts])).toEqual([])
      const config = readSettings(env)
      if (!config.ok) throw new Error('settings')
      expect(await rebuildFromPocketBase(config.value.settings, () => undefined)).toMatchObject({ done: 2 })
      expect(findIn(folder.path, texts)).toEqual([])
      await using second = await startRunning(env)
      expect(await listRuns(second, await second.makeKey('read'))).toBe(1)
      await until(async () => (await pocketbase.records(collection)).length === 1, 'PocketBase has lost one', 30_000)
      await until(() => findIn(folder.path, [uuid, ...texts]).length === 0, 'the tombstone is gone', 100_000)
    },
    150_000,
  )
})

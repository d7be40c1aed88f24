import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { countRuns, makeKey, proveStored, readRun } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { createIds, Ledger, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const env = { RATE_LIMIT_RPM: '0' }

/** Sends `count` runs, one after the other. */
async function send(url: string, count: number, ledger: Ledger, ids: () => string): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) expect((await sendReport(url, { id: ids(), stage: 'success' }, ledger)).status).toBe(202)
}

describe('a data folder', () => {
  test(
    'has one service: a second is refused by name while the first goes on, and takes over once the first was killed',
    async () => {
      using folder = temporaryFolder()
      const command = [await builtBinary()]
      const ids = createIds(41)
      const ledger = new Ledger()
      const first = await startServiceProcess({ command, folder: folder.path, env })
      await send(first.url, 20, ledger, ids)
      const [refusal] = await Promise.all([
        startServiceProcess({ command, folder: folder.path, env }).catch((fault: Error) => fault.message),
        send(first.url, 200, ledger, ids),
      ])
      expect(refusal).toContain(`the data folder ${folder.path} is in use by another process`)
      await send(first.url, 20, ledger, ids)
      await first.end('SIGKILL')

      const second = await startServiceProcess({ command, folder: folder.path, env })
      const { key } = await makeKey(command[0] ?? '', folder.path, ['--scope', 'read'])
      await proveStored({ url: second.url, key }, ledger)
      await second.dispose()
    },
    testMs,
  )

  test(
    'whose journal is gone begins another: the store stays, and no event of the new journal is taken for an old one',
    async () => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
      const ids = createIds(42)
      const ledger = new Ledger()
      const first = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await send(first.url, 50, ledger, ids)
      await proveStored({ url: first.url, key }, ledger)
      await first.end('SIGKILL')
      rmSync(folder.file('journal.db'))

      const second = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await send(second.url, 10, ledger, ids)
      await proveStored({ url: second.url, key }, ledger)
      await second.dispose()
    },
    testMs,
  )

  test(
    'whose journal was put back to an earlier copy loses nothing that comes from then on',
    async () => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
      const ids = createIds(47)
      const ledger = new Ledger()
      const copy = folder.file('copy')
      for (const count of [10, 30]) {
        const service = await startServiceProcess({ command: [binary], folder: folder.path, env })
        await send(service.url, count, ledger, ids)
        expect(await service.end('SIGTERM')).toBe(0)
        if (!existsSync(copy)) copyFileSync(folder.file('journal.db'), copy)
      }
      copyFileSync(copy, folder.file('journal.db'))

      const last = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await send(last.url, 5, ledger, ids)
      await proveStored({ url: last.url, key }, ledger)
      await last.dispose()
    },
    testMs,
  )

  test(
    'whose store is gone has what the journal still holds, and shows no backlog for what it does not',
    async () => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
      const ids = createIds(43)
      const old = new Ledger()
      const first = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await send(first.url, 5, old, ids)
      await until(() => waiting(folder.file('journal.db')) === 0, 'everything is trimmed')
      const kept = new Ledger()
      const holder = new Database(folder.file('store.db'))
      holder.run('BEGIN IMMEDIATE') // The store takes nothing: what comes now waits in the journal.
      await send(first.url, 30, kept, ids)
      await first.end('SIGKILL')
      holder.close()
      for (const ending of ['', '-wal', '-shm']) rmSync(`${folder.file('store.db')}${ending}`, { force: true })

      const second = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await proveStored({ url: second.url, key }, kept)
      await until(async () => /^telemetry_store_lag_events 0$/m.test(await metricsOf(second.url)), 'no backlog')
      for (const id of old.sent.keys()) expect(await readRun({ url: second.url, key }, id)).toBeUndefined()
      await second.dispose()
    },
    testMs,
  )

  test(
    'keeps the rate limits over a restart',
    async () => {
      using folder = temporaryFolder()
      const command = [await builtBinary()]
      const ids = createIds(44)
      const limits = { RATE_LIMIT_RPM: '1', RATE_BURST: '5' }
      const first = await startServiceProcess({ command, folder: folder.path, env: limits })
      const ledger = new Ledger()
      const client = { 'X-Forwarded-For': '198.51.100.7' }
      await sendWith(first.url, 5, client, 202)
      await sendWith(first.url, 1, client, 429)
      expect(await first.end('SIGTERM')).toBe(0)
      const second = await startServiceProcess({ command, folder: folder.path, env: limits })
      await sendWith(second.url, 1, client, 429)
      await sendWith(second.url, 5, { 'X-Forwarded-For': '198.51.100.8' }, 202)
      await second.dispose()

      async function sendWith(url: string, count: number, headers: Readonly<Record<string, string>>, status: number): Promise<void> {
        for (let sent = 0; sent < count; sent += 1) {
          const answer = await sendReport(url, { id: ids(), stage: 'success' }, ledger, headers)
          expect(answer.status).toBe(status)
          if (status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
        }
      }
    },
    testMs,
  )
})

describe('two tenants', () => {
  test(
    'that send the same execution_id never meet: each has its own run and its own total',
    async () => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const service = await startServiceProcess({ command: [binary], folder: folder.path, env })
      const make = async (tenant: string, scope: string) => (await makeKey(binary, folder.path, ['--scope', scope, '--tenant', tenant])).key
      const [aliceIngest, bobIngest] = [await make('alice', 'ingest'), await make('bob', 'ingest')]
      const [alice, bob] = [await make('alice', 'read'), await make('bob', 'read')]
      const stranger = { url: service.url, key: await make('default', 'read') }
      const ids = createIds(45)
      const shared = ids()
      const ofAlice = new Ledger()
      const ofBob = new Ledger()
      await sendReport(service.url, { id: shared, stage: 'failed' }, ofAlice, { authorization: `Bearer ${aliceIngest}` })
      await sendReport(service.url, { id: shared, stage: 'installing' }, ofBob, { authorization: `Bearer ${bobIngest}` })
      await sendReport(service.url, { id: ids(), stage: 'success' }, ofAlice, { authorization: `Bearer ${aliceIngest}` })

      await proveStored({ url: service.url, key: alice }, ofAlice)
      await proveStored({ url: service.url, key: bob }, ofBob)
      const read = async (key: string) => (await readRun({ url: service.url, key }, shared))?.record.status
      expect([await read(alice), await read(bob)]).toEqual(['failed', 'installing'])
      expect(await readRun(stranger, shared)).toBeUndefined()
      expect(await countRuns(stranger)).toBe(0)
      await service.dispose()
    },
    testMs,
  )
})

test(
  'a key that is revoked while the service runs opens nothing from that moment on, and its tenant keeps its runs',
  async () => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    const service = await startServiceProcess({ command: [binary], folder: folder.path, env: { ...env, INGEST_ACCESS: 'key' } })
    const ingest = await makeKey(binary, folder.path, ['--scope', 'ingest'])
    const read = await makeKey(binary, folder.path, ['--scope', 'read'])
    const ids = createIds(46)
    const ledger = new Ledger()
    const send = async () =>
      (await sendReport(service.url, { id: ids(), stage: 'success' }, ledger, { authorization: `Bearer ${ingest.key}` })).status
    expect(await send()).toBe(202)
    const revoked = Bun.spawnSync([binary, 'key', 'revoke', ingest.id], { env: { DATA_DIR: folder.path } })
    expect(revoked.exitCode).toBe(0)
    expect(await send()).toBe(401)
    await proveStored({ url: service.url, key: read.key }, ledger)
    await service.dispose()
  },
  testMs,
)

function waiting(journal: string): number {
  using file = new Database(journal, { readonly: true })
  return file.query<{ groups: number }, []>('SELECT count(*) AS groups FROM entry_group').get()?.groups ?? 0
}

async function metricsOf(url: string): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text()
}

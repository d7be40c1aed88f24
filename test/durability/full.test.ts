import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { hasMeans } from '../part/means.ts'
import { createIds, Ledger, type Report, sendBatch, sendReport } from '../part/reporter.ts'
import { type ServiceProcess, startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const recoverMs = 30_000
const canMount = hasMeans('a full disk', 'right to mount a disk', process.getuid?.() === 0)
const trace = `exit_code=1 | failed\n---\n${'a line of the log that takes its room in the journal\n'.repeat(150)}`
const env = { RATE_LIMIT_RPM: '0', JOURNAL_MAX_MB: '8' }

describe('a journal at its limit', () => {
  test.each([
    ['the store is locked by another program', 'BEGIN IMMEDIATE'],
    ['a reader of the store keeps checkpoints from finishing', 'BEGIN; SELECT count(*) FROM run'],
  ])(
    'answers 503 while %s, and recovers by itself without new events',
    async (_, hold) => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      await using service = await start(binary, folder.path, env)
      const ids = createIds(21)
      const ledger = new Ledger()
      await sendReport(service.url, { id: ids(), stage: 'success' }, ledger)
      const key = await service.readKey()
      await proveStored({ url: service.url, key }, ledger)

      const holder = new Database(folder.file('store.db'))
      for (const statement of hold.split(';')) holder.query(statement).all()
      await fill(service.url, { ledger, ids })
      await proveBusy(service.url, ledger, ids)
      expect(await healthOf(service.url)).toMatchObject({ code: 503, status: 'degraded', ingest: 'limit' })

      holder.close()
      await until(async () => (await healthOf(service.url)).code === 200, 'room again', recoverMs)
      expect((await sendReport(service.url, { id: ids(), stage: 'success' }, ledger)).status).toBe(202)
      await proveStored({ url: service.url, key }, ledger)
    },
    testMs,
  )

  test('is free again as soon as all is consumed, however large the last group of events was', async () => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    await using service = await start(binary, folder.path, env)
    const ids = createIds(22)
    const ledger = new Ledger()
    const large = Array.from({ length: 880 }, (): Report => ({ id: ids(), stage: 'failed', trace }))
    expect((await sendBatch(service.url, large, ledger)).status).toBe(202)
    await until(async () => (await sendBatch(service.url, large, ledger)).status === 202, 'room for the same again', recoverMs)
    await proveStored({ url: service.url, key: await service.readKey() }, ledger)
  })
})

test.skipIf(!canMount)(
  'on a full disk it answers 503, keeps what it acknowledged, and recovers by itself once there is space',
  async () => {
    using folder = temporaryFolder()
    const data = folder.file('data')
    mkdirSync(data)
    const binary = await builtBinary()
    const command = [
      'unshare',
      '--mount',
      '--',
      'sh',
      '-c',
      `mount -t tmpfs -o size=${diskBytes} none "$DATA_DIR" && exec "$@"`,
      'sh',
      binary,
    ]
    await using service = await start(command, data, { RATE_LIMIT_RPM: '0' })
    const inside = join('/proc', String(service.pid), 'root', data)
    const { key } = await makeKey(binary, inside, ['--scope', 'read'])
    const ids = createIds(23)
    const ledger = new Ledger()
    await sendReport(service.url, { id: ids(), stage: 'success' }, ledger)

    occupy(inside)
    await fill(service.url, { ledger, ids })
    await proveBusy(service.url, ledger, ids)
    expect(await healthOf(service.url)).toMatchObject({ code: 503, status: 'degraded', ingest: 'disk' })

    expect(await makeKeysUntilRefused(binary, inside)).toContain(
      `error: the disk of the data folder ${inside} is full (SQLITE_FULL): make room`,
    )

    rmSync(join(inside, 'ballast'))
    await until(async () => (await healthOf(service.url)).code === 200, 'space again', recoverMs)
    expect((await sendReport(service.url, { id: ids(), stage: 'success' }, ledger)).status).toBe(202)
    await proveStored({ url: service.url, key }, ledger)
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

test.skipIf(!canMount)(
  'a start without room on the disk says which folder and what to do, whatever was there before; with room it starts and has everything',
  async () => {
    using folder = temporaryFolder()
    const data = folder.file('data')
    mkdirSync(data)
    const binary = await builtBinary()
    // The holder keeps the disk while no service runs.
    await using holder = holdDisk(data)
    const inside = join('/proc', String(holder.pid), 'root', data)
    const command = ['nsenter', '--mount', '--target', String(holder.pid), '--', binary]
    await until(() => statfsSync(inside).bsize * statfsSync(inside).blocks === diskBytes, 'the disk')
    const ids = createIds(24)
    const ledger = new Ledger()
    const words: string[] = []
    for (const end of ['SIGTERM', 'SIGKILL'] as const) {
      {
        await using service = await start(command, data, { RATE_LIMIT_RPM: '0' })
        await sendReport(service.url, { id: ids(), stage: 'success' }, ledger)
        await service.end(end)
      }
      for (const leave of [0, 4_096, 16_384]) {
        occupy(inside, leave)
        words.push(await start(command, data, {}).then(() => 'it started', String))
        rmSync(join(inside, 'ballast'))
      }
    }
    for (const said of words) {
      expect(said).toContain(`error: the disk of the data folder ${data} is full (`)
      expect(said).toContain('make room there')
    }
    await using service = await start(command, data, { RATE_LIMIT_RPM: '0' })
    const { key } = await makeKey(binary, inside, ['--scope', 'read'])
    await proveStored({ url: service.url, key }, ledger)
  },
  testMs,
)

/** A process whose namespace has a small disk in place of the folder, for as long as it lives. */
function holdDisk(folder: string) {
  const script = `mount -t tmpfs -o size=${diskBytes} none "$1" && exec sleep 600`
  const child = Bun.spawn(['unshare', '--mount', '--', 'sh', '-c', script, 'sh', folder])
  return {
    pid: child.pid,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await child.exited
    },
  }
}

const diskBytes = 24 * 1024 * 1024
/** What the ballast leaves free: a few events find room, then none does. */
const freeBytes = 256 * 1024

function occupy(folder: string, leave = freeBytes): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - leave, 1))
}

/** What the command says once there is no room for another key. */
async function makeKeysUntilRefused(binary: string, folder: string): Promise<string> {
  for (let n = 0; n < 200; n += 1) {
    const said = await makeKey(binary, folder, ['--scope', 'read']).then(
      () => undefined,
      (fault: Error) => fault.message,
    )
    if (said !== undefined) return said
  }
  throw new Error('there was room for 200 keys')
}

type Started = ServiceProcess & AsyncDisposable & { readKey(): Promise<string> }

async function start(command: string | readonly string[], folder: string, settings: Readonly<Record<string, string>>): Promise<Started> {
  const words = typeof command === 'string' ? [command] : command
  const service = await startServiceProcess({ command: words, folder, env: settings })
  const readKey = async () => (await makeKey(words.at(-1) ?? '', folder, ['--scope', 'read'])).key
  return { ...service, readKey, [Symbol.asyncDispose]: () => service.dispose() }
}

type Source = { readonly ledger: Ledger; readonly ids: () => string }

/** Sends batches, then single events, until one is refused. */
async function fill(url: string, { ledger, ids }: Source): Promise<void> {
  const batch = () => Array.from({ length: 100 }, (): Report => ({ id: ids(), stage: 'failed', trace }))
  let batches = 0
  while ((await sendBatch(url, batch(), ledger)).status === 202) expect(++batches).toBeLessThan(100)
  let events = 0
  while ((await sendReport(url, { id: ids(), stage: 'failed', trace }, ledger)).status === 202) expect(++events).toBeLessThan(1_000)
}

async function proveBusy(url: string, ledger: Ledger, ids: () => string): Promise<void> {
  const one = await sendReport(url, { id: ids(), stage: 'failed', trace }, ledger)
  expect([one.status, one.text]).toEqual([503, 'server busy\n'])
  expect(Number(one.headers.get('retry-after'))).toBeGreaterThan(0)
  const batch = await sendBatch(url, [{ id: ids(), stage: 'failed', trace }], ledger)
  expect(batch.status).toBe(503)
  expect(JSON.parse(batch.text)).toMatchObject({ error: { code: 'journal_full', message: 'server busy' } })
  expect(Number(batch.headers.get('retry-after'))).toBeGreaterThan(0)
}

async function healthOf(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/healthz`)
  return { code: response.status, ...((await response.json()) as object) }
}

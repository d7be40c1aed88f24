import { describe, expect, test } from 'bun:test'
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyOfId } from '../../src/event/identity.ts'
import type { StoredRun } from '../../src/store/port.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { fillFolder } from '../archive/sample-backup.ts'
import { makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { hasMeans } from '../part/means.ts'
import { createIds, Ledger, type Report, sendBatch, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const clients = 4
const trace = `exit_code=1 | failed\n---\n${'a line of the log\n'.repeat(40)}`
const canMount = hasMeans('a backup on a full disk', 'right to mount a disk', process.getuid?.() === 0)

type Run = { readonly code: number | null; readonly out: string; readonly told: string }

function spawn(binary: string, folder: string, words: readonly string[]) {
  return Bun.spawn([binary, ...words], { env: { DATA_DIR: folder }, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
}

async function run(binary: string, folder: string, words: readonly string[]): Promise<Run> {
  const child = spawn(binary, folder, words)
  const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return { code, out, told }
}

async function makeBackup(binary: string, folder: string): Promise<string> {
  const made = await run(binary, folder, ['backup', 'create', '--json'])
  if (made.code !== 0) throw new Error(made.told)
  return JSON.parse(made.out).name
}

/** Clients that send failed runs with a log, single and in batches, until they are stopped. */
function startLoad(url: string, ids: () => string, ledger: Ledger, batch = 50) {
  let isStopping = false
  const send = async (client: number) => {
    while (!isStopping) {
      const reports = Array.from({ length: client % 2 === 0 ? 1 : batch }, (): Report => ({ id: ids(), stage: 'failed', trace }))
      const [first] = reports
      if (reports.length === 1 && first !== undefined) await sendReport(url, first, ledger)
      else await sendBatch(url, reports, ledger)
    }
  }
  const running = Promise.all(Array.from({ length: clients }, (_, client) => send(client)))
  return {
    stop: async () => {
      isStopping = true
      await running
    },
  }
}

/** The runs of some ids as a store has them, without the number of their last change. */
function runsOf(path: string, ids: Iterable<string>): ReadonlyMap<string, StoredRun['state']> {
  const store = openStoreWriter(path)
  try {
    const keys = [...ids].map((id) => ({ tenant: 'default', key: keyOfId(id) ?? new Uint8Array() }))
    return new Map(store.load(keys).map(({ key, state }) => [key.toHex(), state]))
  } finally {
    store.close()
  }
}

test(
  'P27 a backup under full load holds all that was acknowledged before it, row by row, and ingest never waits for it',
  async () => {
    using folder = temporaryFolder()
    using other = temporaryFolder()
    const binary = await builtBinary()
    const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
    const env = { RATE_LIMIT_RPM: '0' }
    const service = await startServiceProcess({ command: [binary], folder: folder.path, env })
    const ids = createIds(31)
    const [before, during] = [new Ledger(), new Ledger()]
    const first = startLoad(service.url, ids, before)
    await until(() => before.count > 2_000, 'load before the backup', testMs)
    await first.stop()
    const second = startLoad(service.url, ids, during, 5) // Every event is asked for twice afterwards.
    const atBegin = during.count
    const name = await makeBackup(binary, folder.path)
    const atEnd = during.count
    await second.stop()
    expect(atEnd).toBeGreaterThan(atBegin) // Events were acknowledged while it was made.
    const verified = await run(binary, folder.path, ['backup', 'verify', name])
    expect(verified).toMatchObject({ code: 0, told: expect.stringContaining('is whole') })
    expect((await run(binary, folder.path, ['backup', 'list'])).out).toContain(name)
    const refused = await run(binary, folder.path, ['backup', 'restore', name])
    expect(refused).toMatchObject({ code: 1, told: expect.stringContaining('is in use by another process') })
    await proveStored({ url: service.url, key }, mergeLedgers(before, during))
    expect(await service.end('SIGTERM')).toBe(0)

    const restored = await run(binary, folder.path, ['backup', 'restore', name, '--data-dir', other.path])
    expect(restored).toMatchObject({ code: 0 })
    const [was, is] = [folder, other].map((place) => runsOf(place.file('store.db'), before.acknowledged.keys()))
    expect(is?.size).toBe(before.acknowledged.size)
    expect(is).toEqual(was as NonNullable<typeof is>)
    const [wasLater, isLater] = [folder, other].map((place) => runsOf(place.file('store.db'), during.sent.keys()))
    for (const [id, state] of isLater ?? []) expect(state).toEqual(wasLater?.get(id) as typeof state)

    const again = await startServiceProcess({ command: [binary], folder: other.path, env })
    const present = new Ledger()
    for (const id of before.sent.keys()) present.noteSent({ id, stage: 'failed' })
    for (const id of before.acknowledged.keys()) present.noteAcknowledged({ id, stage: 'failed' })
    for (const id of during.sent.keys()) present.noteSent({ id, stage: 'failed' })
    await proveStored({ url: again.url, key }, present)
    expect(await again.end('SIGTERM')).toBe(0)
    expect((await run(binary, other.path, ['doctor', 'rollups'])).code).toBe(0)
  },
  testMs,
)

function mergeLedgers(...ledgers: readonly Ledger[]): Ledger {
  const merged = new Ledger()
  for (const { sent, acknowledged } of ledgers) {
    for (const [id, stages] of sent) for (const stage of stages) merged.noteSent({ id, stage })
    for (const [id, stages] of acknowledged) for (const stage of stages) merged.noteAcknowledged({ id, stage })
  }
  return merged
}

describe('killed in the middle', () => {
  /** A data folder with some thousand runs, at rest. */
  async function fill(folder: string, binary: string): Promise<void> {
    const service = await startServiceProcess({ command: [binary], folder, env: { RATE_LIMIT_RPM: '0' } })
    const ledger = new Ledger()
    const load = startLoad(service.url, createIds(32), ledger)
    await until(() => ledger.count > 3_000, 'load', testMs)
    await load.stop()
    expect(await service.end('SIGTERM')).toBe(0)
  }

  test(
    'a backup counts for nothing, and the next one is whole; a restore leaves a folder that no service starts in, and is begun anew',
    async () => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      await fill(folder.path, binary)
      const backups = folder.file('backup')
      const inside = (name: string) => existsSync(backups) && readdirSync(backups).some((one) => existsSync(join(backups, one, name)))
      for (const moment of ['journal.db', 'store.db', 'access.db', 'journal.db.zst', 'store.db.zst']) {
        const child = spawn(binary, folder.path, ['backup', 'create'])
        await until(() => inside(moment) || child.exitCode !== null, moment)
        child.kill('SIGKILL')
        await child.exited
        const whole = JSON.parse((await run(binary, folder.path, ['backup', 'list', '--json'])).out) as { fault?: string }[]
        expect(whole.filter(({ fault }) => fault !== undefined)).toEqual([])
        rmSync(backups, { recursive: true, force: true })
        mkdirSync(join(backups, '2020-01-01T00-00-00Z.partial'), { recursive: true })
      }
      const name = await makeBackup(binary, folder.path)
      expect(readdirSync(backups).sort()).toEqual([name, 'erasures.json'])

      using other = temporaryFolder()
      for (const moment of ['restoring', 'restoring/store.db', 'restoring/access.db', 'journal.db']) {
        const child = spawn(binary, folder.path, ['backup', 'restore', name, '--data-dir', other.path])
        await until(() => existsSync(other.file(moment)) || child.exitCode !== null, moment)
        child.kill('SIGKILL')
        await child.exited
        if (existsSync(other.file('restoring'))) {
          const started = await run(binary, other.path, ['serve'])
          expect(started).toMatchObject({ code: 1, told: expect.stringContaining('was broken off') })
        } else if (existsSync(other.file('store.db'))) {
          // It was too fast: the folder is whole, whether the process had ended or not, and the next moment begins with an empty one.
          expect((await run(binary, other.path, ['doctor', 'rollups'])).code).toBe(0)
          for (const file of readdirSync(other.path)) rmSync(other.file(file), { recursive: true })
        }
      }
      expect(await run(binary, folder.path, ['backup', 'restore', name, '--data-dir', other.path])).toMatchObject({ code: 0 })
      expect(existsSync(other.file('restoring'))).toBe(false)
      expect((await run(binary, other.path, ['doctor', 'rollups'])).code).toBe(0)
    },
    testMs,
  )
})

describe('a disk with too little room', () => {
  test.skipIf(!canMount)('is noticed before anything is written', async () => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    const data = folder.file('data')
    mkdirSync(data)
    const service = await startServiceProcess({ command: onSmallDisk(binary), folder: data, env: { RATE_LIMIT_RPM: '0' } })
    try {
      const inside = join('/proc', String(service.pid), 'root', data)
      const { bavail, bsize } = statfsSync(inside)
      writeFileSync(join(inside, 'filler'), new Uint8Array(bavail * bsize - 100_000))
      const refused = await run(binary, inside, ['backup', 'create'])
      expect(refused).toMatchObject({ code: 1, told: expect.stringMatching(/needs \d+ MB of free disk, twice what the databases hold/) })
      expect(readdirSync(join(inside, 'backup'))).toEqual([])
      rmSync(join(inside, 'filler'))
      await makeBackup(binary, inside)
    } finally {
      await service.end('SIGKILL')
    }
  })

  test.skipIf(!canMount)('ends a backup in the middle, which says so and leaves nothing', async () => {
    using folder = temporaryFolder()
    const data = folder.file('data')
    const source = { file: (name: string) => join(data, name), path: data, [Symbol.dispose]: () => undefined }
    mkdirSync(data)
    const script = join(import.meta.dir, 'full-backup-process.ts')
    const [command = '', ...words] = onSmallDisk(process.execPath, `cp -r "$SOURCE"/. "$DATA_DIR" && `)
    const filled = folder.file('source')
    mkdirSync(filled)
    fillFolder({ ...source, path: filled, file: (name: string) => join(filled, name) })
    const child = Bun.spawn([command, ...words, script, data], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: data, SOURCE: filled },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const [out, told] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
    expect(told).toBe('')
    expect(JSON.parse(out)).toEqual({ said: expect.stringContaining('the disk does not take the backup'), left: [] })
  })
})

/** Runs a program with a small disk of its own at DATA_DIR. */
function onSmallDisk(program: string, before = ''): readonly string[] {
  const mount = `mount -t tmpfs -o size=12m none "$DATA_DIR" && ${before}exec "$@"`
  return ['unshare', '--mount', '--', 'sh', '-c', mount, 'sh', program]
}

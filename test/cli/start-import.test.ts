import { expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { listCheckpoints } from '../../migration/import/checkpoint.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { markNameOf } from '../../src/cli/start-import.ts'
import { readWholeRuns } from '../../src/store/whole-runs.ts'
import { eventBody } from '../part/running.ts'
import { type ServiceProcess, startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'
import { sampleContext } from './desk-sample.ts'

setDefaultTimeout(120_000) // Processes are started and take in thousands of records, on a machine that may be busy.

const waitMs = 60_000
const quiet = { CLEANUP_ENABLED: 'false', RETENTION_ENABLED: 'false', BACKUP_CRON: 'off' }
const recordOf = (index: number, more: Readonly<Record<string, unknown>> = {}) => ({
  random_id: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
  created_at: '2026-03-01T10:00:00Z',
  type: 'lxc',
  nsapp: 'immich',
  status: 'done',
  ...more,
})

async function serve(folder: string, env: Readonly<Record<string, string>>) {
  return startServiceProcess({ folder, env: { ...quiet, RUN_MIGRATION: 'true', ...env } })
}

function countRuns(folder: { file(name: string): string }): number {
  const query = { tenant: 'default', from: 0, to: Number.MAX_SAFE_INTEGER }
  return [...readWholeRuns(folder.file('data/store.db'), query)].flat().length
}

const isDone = (service: ServiceProcess) => service.log().includes('the import of RUN_MIGRATION is done')
const imported = (service: ServiceProcess) => until(() => isDone(service), 'the import is done', waitMs)

async function examine(env: Readonly<Record<string, string>>) {
  const context = sampleContext({ ...quiet, ...env })
  await runCommandLine(['doctor', '--json'], context)
  return JSON.parse(context.out()).find(({ name }: { readonly name: string }) => name === 'import')
}

test('RUN_MIGRATION imports a file once: the next start does not, one with a file that changed does', async () => {
  using folder = temporaryFolder()
  const path = folder.file('old.json')
  const data = folder.file('data')
  const write = (count: number) => writeFileSync(path, JSON.stringify(Array.from({ length: count }, (_, index) => recordOf(index))))
  const env = { JSON_FILE: path, DATE_UNTIL: '2026-03-01', REPO_SOURCE: 'Proxmox VE', BATCH_SIZE: '500' }
  async function startOnce(): Promise<string> {
    const service = await serve(data, env)
    await imported(service)
    expect(await service.end('SIGTERM')).toBe(0)
    return service.log() + service.words()
  }
  write(3)
  const first = await startOnce()
  expect(first).toContain('3 of 3 records are in the store')
  expect(first).toContain('BATCH_SIZE has no meaning here')
  expect(first).not.toMatch(/(?:JSON_FILE|DATE_UNTIL|REPO_SOURCE|RUN_MIGRATION) has no/)
  expect(countRuns(folder)).toBe(3)
  expect(await examine({ ...env, DATA_DIR: data, RUN_MIGRATION: 'true' })).toMatchObject({ state: 'good' })
  expect(await examine({ DATA_DIR: data })).toBeUndefined()

  expect(await startOnce()).toContain('is done since an earlier start')
  write(5)
  expect(await startOnce()).toContain('5 of 5 records are in the store')
  expect(countRuns(folder)).toBe(5)
})

/** The paged API of an earlier service, which gives no page beyond `holdsFrom` before it is told to. */
function startEarlier(count: number, holdsFrom: number) {
  const asked: number[] = []
  const held = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 0,
    fetch: async ({ url }) => {
      const { pathname, searchParams } = new URL(url)
      if (pathname === '/data/summary') return Response.json({ total_entries: count })
      const [page, limit] = [Number(searchParams.get('page')), Number(searchParams.get('limit'))]
      asked.push(page)
      if (page > holdsFrom) await held.promise
      const size = Math.max(0, Math.min(limit, count - (page - 1) * limit))
      return Response.json(Array.from({ length: size }, (_, index) => recordOf((page - 1) * limit + index)))
    },
  })
  return { url: `http://127.0.0.1:${server.port}/data`, asked, letGo: held.resolve, [Symbol.asyncDispose]: () => server.stop(true) }
}

/** How many records the one checkpoint in a folder says were read. */
function readOfCheckpoint(folder: string): number {
  const [path = ''] = listCheckpoints(folder)
  return JSON.parse(readFileSync(path, 'utf8')).counts.read
}

test('events are taken while it runs; killed in the middle with the service, it goes on at the next start where it was, and no count differs', async () => {
  using folder = temporaryFolder()
  const data = folder.file('data')
  await using earlier = startEarlier(21_300, 41)
  const env = { MIGRATION_SOURCE_URL: earlier.url }
  const killed = await serve(data, env)
  const send = async (service: ServiceProcess) => (await fetch(`${service.url}/telemetry`, { method: 'POST', body: eventBody() })).status
  await until(
    () => earlier.asked.includes(42) && readOfCheckpoint(folder.file('data/import')) === 20_000,
    'the import waits for a page',
    waitMs,
  )
  expect(await send(killed)).toBe(202)
  expect(await examine({ ...env, DATA_DIR: data, RUN_MIGRATION: 'true' })).toMatchObject({ state: 'off' })
  await killed.end('SIGKILL')
  expect(isDone(killed)).toBe(false)

  earlier.asked.length = 0
  earlier.letGo()
  const next = await serve(data, env)
  expect(await send(next)).toBe(202)
  await imported(next)
  expect(next.log()).toContain('Going on behind 20,000 records')
  expect(Math.min(...earlier.asked)).toBe(41)
  await next.end('SIGTERM')
  expect(countRuns(folder)).toBe(21_302)
})

test('a stop does not wait for it, and is no fault of it', async () => {
  using folder = temporaryFolder()
  await using earlier = startEarlier(1_000, 1)
  const env = { MIGRATION_SOURCE_URL: earlier.url, MIGRATION_REQUIRED: 'true', DATA_DIR: folder.file('data') }
  const service = await serve(folder.file('data'), env)
  await until(() => earlier.asked.includes(2), 'the import waits for a page', waitMs)
  expect(await service.end('SIGTERM')).toBe(0)
  expect(service.log()).not.toContain('"level":"error"')
  expect(await examine({ ...env, RUN_MIGRATION: 'true' })).toMatchObject({ state: 'off' })
})

test('what stands in its way is said by log and doctor, and the service goes on unless MIGRATION_REQUIRED is true', async () => {
  using folder = temporaryFolder()
  const env = { DATA_DIR: folder.file('data'), JSON_FILE: '/nowhere/old.json' }
  const fault = '/nowhere/old.json does not exist'
  const service = await serve(folder.file('data'), env)
  await until(() => service.log().includes('the import of RUN_MIGRATION failed'), 'the fault is logged', waitMs)
  expect(service.log()).toContain(fault)
  expect((await fetch(`${service.url}/telemetry`, { method: 'POST', body: eventBody() })).status).toBe(202)
  expect(await service.end('SIGTERM')).toBe(0)
  const finding = { state: 'bad', text: expect.stringContaining(fault), todo: expect.stringContaining('start the service again') }
  expect(await examine({ ...env, RUN_MIGRATION: 'true' })).toMatchObject(finding)
  const required = await serve(folder.file('data'), { ...env, MIGRATION_REQUIRED: 'true' })
  expect(await required.exited).toBe(1)
  expect(required.log()).toContain('the import of RUN_MIGRATION failed')
})

test('a source that is damaged on its way fails with the words of the command', async () => {
  using folder = temporaryFolder()
  const path = folder.file('old.json.gz')
  const packed = Bun.gzipSync(
    JSON.stringify(Array.from({ length: 4_000 }, (_, index) => recordOf(index, { error: String(Math.sin(index)) }))),
  )
  writeFileSync(path, packed.subarray(0, packed.length / 2))
  const service = await serve(folder.file('data'), { JSON_FILE: path, MIGRATION_REQUIRED: 'true' })
  expect(await service.exited).toBe(1)
  expect(service.log()).toContain(`${path} cannot be read behind element `)
  expect(JSON.parse(readFileSync(folder.file('data/import/at-start.json'), 'utf8'))).toMatchObject({
    failed: expect.stringContaining(path),
  })
})

test('an import of other days, of another source for records without one, or of a file that was written to, is another one', () => {
  const source = { name: 'old.json', noun: 'element', identity: 'a', file: { path: '/old.json', changedAt: 1 }, async *read() {} } as const
  const choice = { tenant: 'default', from: 1 }
  const name = markNameOf({ source, choice })
  expect(markNameOf({ source: { ...source, file: { path: '/moved.json', changedAt: 1 } }, choice })).toBe(name)
  const others = [
    markNameOf({ source: { ...source, file: { path: '/old.json', changedAt: 2 } }, choice }),
    markNameOf({ source: { ...source, identity: 'b' }, choice }),
    markNameOf({ source, choice: { ...choice, from: 2 } }),
    markNameOf({ source, choice: { ...choice, repoSource: 'external' } }),
  ]
  expect(new Set([name, ...others]).size).toBe(5)
})

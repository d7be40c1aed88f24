import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { writeSource } from '../../bench/import-fill.ts'
import { rebuildFromPocketBase, setupPocketBase } from '../../src/app/command.ts'
import { systemClock } from '../../src/base/clock.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { readSettings } from '../../src/config.ts'
import { decodeState, encodeState } from '../../src/event/run-record.ts'
import { createEarlierCollection } from '../consumer/pocketbase/earlier-service.ts'
import { type FaultyProxy, startFaultyProxy } from '../part/faulty-proxy.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../part/pocketbase.ts'
import { type Running, startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'
import { sampleContext } from './desk-sample.ts'

const target = 'telemetry_data'
const earlier = 'telemetry'
const recordsOfFile = 400
const recordsOfApi = 120
const recordsOfCollection = 40
const waitMs = 60_000

type Run = { readonly state: string; readonly [column: string]: unknown }

describe.if(hasPocketBase('the way from an earlier service into PocketBase'))('from an earlier service into PocketBase', () => {
  const folder = temporaryFolder()
  let pocketbase: PocketBasePart
  let proxy: FaultyProxy
  let service: Running

  const envOf = (url: string) => ({
    ...{ PB_URL: url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password, PB_TARGET_COLLECTION: target },
  })

  beforeAll(async () => {
    pocketbase = await startPocketBase()
    proxy = await startFaultyProxy(pocketbase.url)
    const done = await setupPocketBase(settingsOf(envOf(pocketbase.url)), superuser)
    if (!done.ok) throw new Error(done.fault.message)
    service = await startRunning(envOf(proxy.url))
  })
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]()
    await proxy?.[Symbol.asyncDispose]()
    await pocketbase?.[Symbol.asyncDispose]()
    folder[Symbol.dispose]()
  })

  async function run(...words: string[]): Promise<string> {
    const context = sampleContext({ DATA_DIR: service.folder })
    const answers = [superuser.identity, superuser.password]
    const code = await runCommandLine(words, { ...context, clock: systemClock, askLine: async () => answers.shift() ?? '' })
    expect([code, code === 0 ? '' : context.told()]).toEqual([0, ''])
    return context.out()
  }

  const exported = async (): Promise<readonly Run[]> =>
    (await run('export', 'runs'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))

  /** Until the mirror has nothing left to send, and that is all there is. */
  async function mirrored(runs: number): Promise<readonly Record<string, unknown>[]> {
    await until(
      async () => /^telemetry_pocketbase_lag_runs 0$/m.test(await (await service.ask('/metrics')).text()),
      'PocketBase has every run',
      waitMs,
    )
    const records = await pocketbase.records(target)
    expect(records).toHaveLength(runs)
    return records
  }

  test('P17 the records of a file, of a paged API and of another collection reach the collection, each run once and in its state', async () => {
    const source = folder.file('old.json')
    writeSource(source, recordsOfFile, 4)
    await using api = await startEarlierApi(folder.file('api.json'))
    await fillEarlierCollection(pocketbase)
    for (let round = 0; round < 2; round += 1) {
      await run('import', source, '--json')
      await run('import', api.url, '--json')
      await run('import', pocketbase.url, '--collection', earlier, '--json')
    }

    const runs = await exported()
    expect(runs.length).toBeGreaterThan((recordsOfFile + recordsOfApi) * 0.9 + recordsOfCollection)
    const records = await mirrored(runs.length)
    const known = new Set(runs.map(({ state }) => state))
    expect(records.find(({ state }) => !known.has(inOrder(state)))).toBeUndefined()
    for (const name of ['nsapp', 'status', 'os_type', 'error', 'trace'])
      expect(countOf(records.map((record) => record[name] || ''))).toEqual(countOf(runs.map((one) => one[name] ?? '')))
    expect(new Set(records.map(({ received_at }) => String(received_at).slice(0, 7))).size).toBeGreaterThan(12) // Each at its own time.
  })

  test('P17 what PocketBase has of them makes the same runs in an empty service', async () => {
    const before = await exported()
    await rebuildFromPocketBase(settingsOf({ ...envOf(pocketbase.url), DATA_DIR: folder.file('again') }), () => {})
    const context = sampleContext({ DATA_DIR: folder.file('again') })
    expect(await runCommandLine(['export', 'runs', '--out', folder.file('again.jsonl')], context)).toBe(0)
    const again: readonly Run[] = readFileSync(folder.file('again.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const known = new Set(again.map(({ state }) => state))
    expect(again).toHaveLength(before.length)
    expect(before.find(({ state }) => !known.has(state))).toBeUndefined()
  })

  test('the statement of docs/migration.md carries runs back into the collection of the existing service, those that it lacks', async () => {
    const before = await pocketbase.records(earlier)
    const statement = /```sql\n(.*?)```/s.exec(readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8'))?.[1] ?? ''
    for (let round = 0; round < 2; round += 1) pocketbase.sql(statement.replace('2026-03-01', '2000-01-01'))
    const after = await pocketbase.records(earlier)
    const runs = await pocketbase.records(target)
    expect(after).toHaveLength(runs.length) // Those that were there came from there.
    expect(after.slice(0, before.length)).toEqual([...before])
    const logged = runs.find(({ trace, nsapp }) => trace !== '' && !String(nsapp).startsWith('earlier'))
    expect(after.find(({ id }) => id === logged?.['id'])).toMatchObject({
      ...{ created: logged?.['received_at'], status: logged?.['status'], exit_code: logged?.['exit_code'] },
      error: `${logged?.['error']}\n---\n${logged?.['trace']}`,
    })
  })

  test('P12 the service writes with a token that its sign-in gave, and nobody gets at the collection without one', async () => {
    const [signIns, others] = [true, false].map((isSignIn) =>
      proxy.passed.filter(({ path }) => path.endsWith('/auth-with-password') === isSignIn),
    )
    expect(signIns?.length).toBeGreaterThan(0)
    const writes = others?.filter((passing) => passing.writes > 0 && passing.path.includes('batch')) ?? []
    expect(writes.length).toBeGreaterThan(1)
    for (const { token } of writes) expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/) // A JSON Web Token.
    expect(others?.some(({ body }) => body.includes(account.password))).toBe(false)

    const [record] = await pocketbase.records(target)
    const place = `${pocketbase.url}/api/collections/${target}/records`
    const body = JSON.stringify({ nsapp: 'canary', type: 'lxc', status: 'success', random_id: crypto.randomUUID() })
    const headers = { 'Content-Type': 'application/json' }
    for (const [path, method] of [
      ['', 'GET'],
      [`/${record?.['id']}`, 'GET'],
      ['', 'POST'],
      [`/${record?.['id']}`, 'PATCH'],
      [`/${record?.['id']}`, 'DELETE'],
    ] as const) {
      const answer = await fetch(`${place}${path}`, { method, headers, ...(method.startsWith('P') && { body }) })
      const told = await answer.text()
      expect([method, path, answer.ok && !told.includes('"totalItems":0'), told.includes('canary')]).toEqual([method, path, false, false])
    }
    expect((await pocketbase.records(target)).some(({ nsapp }) => nsapp === 'canary')).toBe(false)
  })
})

/** A state as we write it: PocketBase has an order of its own for what is in it. */
function inOrder(state: unknown): string {
  const decoded = decodeState(JSON.stringify(state))
  if (!decoded.ok) throw new Error(decoded.fault.code)
  return encodeState(decoded.value)
}

function settingsOf(env: Readonly<Record<string, string>>) {
  const config = readSettings({ LOG_LEVEL: 'silent', ...env })
  if (!config.ok) throw new Error(config.fault[0]?.message)
  return config.value.settings
}

/** The paged API of the earliest service over records of the same kind. */
async function startEarlierApi(path: string) {
  writeSource(path, recordsOfApi, 9)
  const records = Bun.JSONL.parse(
    readFileSync(path, 'utf8')
      .slice('\uFEFF[\n'.length, -']\n'.length)
      .split(/,\r?\n/)
      .filter((line) => isJson(line))
      .join('\n'),
  )
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => {
      const { pathname, searchParams } = new URL(url)
      if (pathname.endsWith('/summary')) return Response.json({ total_entries: records.length })
      const [page, limit] = [Number(searchParams.get('page')), Number(searchParams.get('limit'))]
      return Response.json(records.slice((page - 1) * limit, page * limit))
    },
  })
  return { url: `http://127.0.0.1:${server.port}/data`, [Symbol.asyncDispose]: () => server.stop(true) }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

/** A collection as the existing service keeps it, filled as it does: without a state, with zeros where nothing was sent. */
async function fillEarlierCollection(pocketbase: PocketBasePart): Promise<void> {
  await createEarlierCollection(pocketbase, earlier)
  for (let index = 0; index < recordsOfCollection; index += 1)
    await pocketbase.ask('POST', `/api/collections/${earlier}/records`, {
      ...{ random_id: crypto.randomUUID(), execution_id: crypto.randomUUID(), type: 'lxc', nsapp: `earlier-${index % 5}` },
      ...{ status: index % 4 === 0 ? 'failed' : 'success', exit_code: index % 4 === 0 ? 100 : 0, ct_type: 1, disk_size: 8 },
      error: index % 4 === 0 ? 'exit_code=100 | apt | at line 3: apt-get\n---\nE: Unable to locate package' : '',
    })
}

function countOf(values: readonly unknown[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(values, String)].map(([value, all]) => [value, all.length] as const).sort())
}

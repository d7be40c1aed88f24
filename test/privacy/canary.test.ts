import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { setupPocketBase } from '../../src/app/command.ts'
import { controlPath } from '../../src/base/control-path.ts'
import { ask } from '../../src/cli/ask.ts'
import { readSettings } from '../../src/config.ts'
import { installFields } from '../../src/event/install.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../part/pocketbase.ts'
import { requestText, sendRaw } from '../part/raw.ts'
import { eventBody } from '../part/running.ts'
import { type ServiceProcess, startServiceProcess } from '../part/service.ts'
import { until } from '../wait.ts'
import { canaries, findCanaries, plainCanaries, spokenCanaries, veils } from './canary.ts'

const target = 'telemetry_data'
/** What clients were answered and what readers are shown. */
const answers: string[] = []
let service: ServiceProcess
let pocketbase: PocketBasePart | undefined
let read = ''
let sent = 0

beforeAll(async () => {
  pocketbase = hasPocketBase('canaries in PocketBase') ? await startPocketBase() : undefined
  service = await startServiceProcess({
    env: { LOG_LEVEL: 'debug', ENABLE_REQUEST_LOGGING: 'true', RATE_LIMIT_RPM: '60', RATE_BURST: '20', ...(await attach()) },
  })
  read = await makeKey('read')
})
afterAll(async () => {
  await service.dispose()
  await pocketbase?.[Symbol.asyncDispose]()
})

/** The settings that attach PocketBase, once it is set up. */
async function attach(): Promise<Readonly<Record<string, string>>> {
  if (pocketbase === undefined) return {}
  const env = { PB_URL: pocketbase.url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password, PB_TARGET_COLLECTION: target }
  const config = readSettings({ ...env, LOG_LEVEL: 'silent' })
  if (!config.ok) throw new Error(config.fault[0]?.message)
  const done = await setupPocketBase(config.value.settings, superuser)
  if (!done.ok) throw new Error(done.fault.message)
  return env
}

async function makeKey(scope: string): Promise<string> {
  const reply = await ask({
    to: { socketPath: controlPath(service.folder) },
    method: 'POST',
    path: '/keys',
    body: { scope, tenant: 'default' },
    timeoutMs: 5_000,
  })
  if (!reply.ok) throw new Error(reply.fault)
  return (JSON.parse(reply.value.text) as { key: string }).key
}

type Sending = {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Sends from an address of its own, so that no limit is met, and keeps what came back. */
async function send({ path = '/telemetry', method = 'POST', headers, body }: Sending): Promise<number> {
  sent += 1
  const from = `203.0.${113 + (sent >> 8)}.${sent & 255}`
  const answer = await fetch(`${service.url}${path}`, {
    method,
    headers: { 'X-Forwarded-For': from, ...headers },
    ...(body !== undefined && { body }),
  })
  answers.push(JSON.stringify([...answer.headers]), await answer.text())
  return answer.status
}

const everywhere = [...canaries, ...plainCanaries]
const spoken = [...canaries, ...spokenCanaries]

describe('P1 P2 P3 what is sent with', () => {
  for (const field of installFields) {
    const isFree = field.kind === 'text' && (field.profile === 'full' || field.profile === 'value')
    const isShort = field.kind === 'text' && field.profile === 'field' && field.wire !== 'repo_slug'
    const chosen = isFree ? spoken : isShort ? canaries : everywhere
    test(`the field ${field.wire}`, async () => {
      for (const { text } of chosen) {
        const failure = { status: 'failed', exit_code: 1 }
        const forms: unknown[] = isFree
          ? [text, `exit_code=1 | ${text}\n---\nline\n${text}\nlast ${text}`]
          : [text, `${text} x`, `v1 ${text}`, `${'v'.repeat(60)} ${text}`]
        for (const value of [...forms, [text], { [text]: text }]) await send({ body: eventBody({ ...failure, [field.wire]: value }) })
      }
    })
  }

  test.each(veils)('%s around it', async (_, wrap) => {
    for (const { text } of canaries) {
      const value = wrap(text)
      const fields = { nsapp: value, cpu_model: value, os_version: value, error: `exit_code=1 | ${value}\n---\nline\n${value}\nlast` }
      const body = eventBody({ status: 'failed', exit_code: 1, ...fields })
      await send({ body })
      // As clients write it that escape nothing.
      await send({ body: body.replaceAll('\\u001b', '\x1b').replaceAll('\\u0007', '\x07') })
      await send({ path: '/telemetry?dry_run=1', body })
    }
  })

  test('all fields at once', async () => {
    for (const { text } of canaries) {
      const all = Object.fromEntries(installFields.map(({ wire }) => [wire, text]))
      await send({ body: JSON.stringify({ ...all, type: 'lxc', status: 'failed' }) })
      await send({ body: JSON.stringify({ ...all, type: 'lxc', status: 'success' }) })
    }
  })

  test('unknown keys and their names', async () => {
    for (const { text } of everywhere) await send({ body: eventBody({ [text]: text, hostname: text, at: text, deep: { [text]: [text] } }) })
  })

  test('headers', async () => {
    for (const { text } of everywhere) {
      const names = [
        'User-Agent',
        'Referer',
        'Cookie',
        'Origin',
        'X-Forwarded-For',
        'X-Real-IP',
        'Forwarded',
        'Via',
        'X-Telemetry-Key',
        'Content-Type',
        'Content-Encoding',
        'X-Any',
      ]
      for (const name of names) await send({ body: eventBody(), headers: { [name]: text } })
      for (const authorization of [`Basic ${text}`, `Bearer ${text}`, text]) {
        await send({ body: eventBody(), headers: { Authorization: authorization } })
        await send({ path: '/api/records', method: 'GET', headers: { Authorization: authorization } })
      }
      const raw = await sendRaw(service.port, requestText('POST /telemetry', [`Host: ${text}`], eventBody()))
      answers.push(raw.body)
    }
  })

  test('paths and queries', async () => {
    for (const { text } of everywhere) {
      const escaped = encodeURIComponent(text)
      for (const path of [`/telemetry?${escaped}`, `/telemetry?dry_run=1&x=${escaped}`, `/telemetry/${escaped}`])
        await send({ path, body: eventBody() })
      for (const path of [`/${escaped}`, `/api/${escaped}`, `/?${escaped}`, `/metrics?${escaped}`]) await send({ path, method: 'GET' })
      await send({
        path: `/api/records?app=${escaped}&status=${escaped}&sort=${escaped}&days=${escaped}`,
        method: 'GET',
        headers: { Authorization: `Bearer ${read}` },
      })
      await send({ path: `/api/records/${escaped}`, method: 'GET', headers: { Authorization: `Bearer ${read}` } })
    }
  })

  test('broken bodies and batches', async () => {
    for (const { text } of everywhere) {
      const broken = [text, `{"random_id":"${text}`, `{"nsapp":${text}}`, `["${text}"]`, `{"${text}":1}`, eventBody({ type: text })]
      for (const body of broken) await send({ body })
      await send({ path: '/telemetry/batch', body: `${broken.join('\n')}\n${eventBody()}` })
      await send({ path: '/telemetry/batch?dry_run=1', body: `${broken.join('\n')}\n${eventBody()}` })
      await send({ body: gzipSync(text), headers: { 'Content-Encoding': 'gzip' } })
      await send({ body: text, headers: { 'Content-Encoding': 'gzip' } })
      await send({ body: eventBody({ padding: text.repeat(20_000) }) })
    }
  })

  test('requests over the limit', async () => {
    const statuses = new Set<number>()
    for (const { text } of everywhere)
      for (let index = 0; index < 25; index += 1)
        statuses.add(
          await send({
            path: `/telemetry?${encodeURIComponent(text)}`,
            body: eventBody({ nsapp: text, [text]: text }),
            headers: { 'X-Forwarded-For': '198.51.100.214', 'User-Agent': text },
          }),
        )
    expect(statuses).toContain(429)
  })

  test('dry runs', async () => {
    for (const { text } of canaries) {
      const body = eventBody({ random_id: text, nsapp: text, os_type: text, error: text, status: 'failed', [text]: text })
      expect(await send({ path: '/telemetry?dry_run=1', body })).toBe(200)
    }
  })
})

describe('P1 P2 P3 P6 no canary', () => {
  beforeAll(async () => {
    const metrics = async () => (await fetch(`${service.url}/metrics`)).text()
    await until(async () => /^telemetry_store_lag_events 0$/m.test(await metrics()), 'the store has every event', 30_000)
    if (pocketbase !== undefined)
      await until(async () => /^telemetry_pocketbase_lag_runs 0$/m.test(await metrics()), 'PocketBase has every run', 60_000)
  })

  test('is in an answer, a page, the metrics or what readers are shown', async () => {
    const ids: string[] = []
    for (let page = 1; ; page += 1) {
      const answer = await show(`/api/records?repo=all&limit=100&page=${page}`)
      const { records } = JSON.parse(answer) as { records: { execution_id?: string; random_id: string }[] }
      ids.push(...records.map((record) => record.execution_id ?? record.random_id))
      if (records.length < 100) break
    }
    expect(ids.length).toBeGreaterThan(500)
    for (const id of ids) await show(`/api/records/${encodeURIComponent(id)}`)
    await show('/')
    await show('/metrics')
    await show('/healthz')
    expect(findLeaks(answers)).toEqual([])
  }, 60_000)

  test('is in the log, nor an address of any client', () => {
    const log = `${service.log()}\n${service.words()}`
    expect(log.split('\n').length).toBeGreaterThan(1_000)
    expect(findLeaks(log.split('\n'))).toEqual([])
    expect(log).not.toMatch(/203\.0\.1\d\d/)
  })

  test('is in PocketBase', async () => {
    if (pocketbase === undefined) return
    const records = await pocketbase.records(target)
    expect(records.length).toBeGreaterThan(500)
    expect(findLeaks(records.map((record) => JSON.stringify(record)))).toEqual([])
  })

  test('is in any byte of the data folder, before and after the end of the service', async () => {
    expect(leaksInFiles()).toEqual([])
    expect(await service.end('SIGTERM')).toBe(0)
    expect(leaksInFiles()).toEqual([])
  })

  test('would be overlooked: what may be stored is found in each of these places, and each canary where it stands', () => {
    expect(readFileSync(join(service.folder, 'store.db'), 'latin1') + readFileSync(join(service.folder, 'journal.db'), 'latin1')).toContain(
      'docker',
    )
    expect(answers.join()).toContain('docker')
    for (const { name, text } of [...spoken, ...plainCanaries]) expect(findCanaries(`x${text.toUpperCase()}y`)).toContain(name)
  })
})

async function show(path: string): Promise<string> {
  const answer = await fetch(`${service.url}${path}`, { headers: { Authorization: `Bearer ${read}` } })
  const text = await answer.text()
  answers.push(text)
  return text
}

/** The canaries found, each with the first text that holds it. */
function findLeaks(texts: readonly string[]): readonly string[] {
  const found = new Map<string, string>()
  for (const text of texts) for (const name of findCanaries(text)) if (!found.has(name)) found.set(name, text.slice(0, 400))
  return [...found].map(([name, text]) => `${name}: ${text}`)
}

function leaksInFiles(): readonly string[] {
  const files = readdirSync(service.folder).filter((name) => !name.endsWith('.sock'))
  expect(files).toEqual(expect.arrayContaining(['journal.db', 'store.db', 'access.db', 'rate.db']))
  return files.flatMap((name) => findCanaries(readFileSync(join(service.folder, name), 'latin1')).map((canary) => `${name}: ${canary}`))
}

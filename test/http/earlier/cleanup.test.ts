import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { CleanupRun, CleanupStatus } from '../../../src/http/earlier/schema.ts'
import { type Running, startRunning } from '../../part/running.ts'
import { findSchemaFaults } from '../../part/schema-fault.ts'
import { uuidOf } from '../../part/uuid.ts'
import { until } from '../../wait.ts'

const password = 'correct horse battery'
const hourMs = 3_600_000
let service: Running
let read: string
let ingest: string
let admin: string
let sent = 0

beforeAll(async () => {
  service = await startRunning({ ADMIN_PASSWORD: password, CLEANUP_INTERVAL_MIN: '90', CLEANUP_STUCK_HOURS: '2' })
  read = await service.makeKey('read')
  ingest = await service.makeKey('ingest')
  admin = await service.makeKey('admin')
})
afterAll(() => service[Symbol.asyncDispose]())

/** Sends a run that began three hours ago and did not end. */
async function sendStuck(key = ingest): Promise<void> {
  const body = { type: 'lxc', nsapp: 'docker', status: 'installing', execution_id: uuidOf(++sent), random_id: uuidOf(9_000) }
  const at = Math.floor((Date.now() - 3 * hourMs) / 1_000)
  expect((await service.ask('/telemetry', { key, body: JSON.stringify({ ...body, at }) })).status).toBe(202)
  await service.settle()
}

async function status(): Promise<CleanupStatus> {
  const body: unknown = await (await service.ask('/api/cleanup/status', { key: read })).json()
  expect(findSchemaFaults(CleanupStatus, body)).toEqual([])
  return body as CleanupStatus
}

const run = (init: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly key?: string }) =>
  service.ask('/api/cleanup/run', { method: 'POST', ...init })

describe('/api/cleanup', () => {
  test('status says how many runs of the own tenant are stuck, and when that is looked for', async () => {
    await sendStuck()
    await sendStuck(await service.makeKey('ingest', { tenant: 'other' }))
    expect(await status()).toEqual({
      stuck_count: 1,
      stuck_after_hours: 2,
      check_interval: '1h30m0s',
      enabled: false,
      retention: { enabled: false },
    })
    expect((await service.ask('/api/cleanup/status')).status).toBe(401)
  })

  test.each([
    ['the header', () => ({ headers: { 'X-Admin-Password': password } })],
    ['the body', () => ({ body: JSON.stringify({ password }) })],
    ['an admin key', () => ({ key: admin })],
  ])('run is opened by %s', async (_, init) => {
    await sendStuck()
    const answer = await run(init())
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as CleanupRun
    expect(findSchemaFaults(CleanupRun, body)).toEqual([])
    expect(body.updated).toBeGreaterThanOrEqual(1)
    await until(async () => (await status()).stuck_count === 0, 'none is stuck any more')
    const record = (await (await service.ask(`/api/records/${uuidOf(sent)}`, { key: read })).json()) as { record: object; stuck: boolean }
    expect(record).toMatchObject({ stuck: true, record: { status: 'unknown', error_category: 'timeout' } })
  })

  test.each([
    ['nothing', {}],
    ['a wrong password', { headers: { 'X-Admin-Password': `${password}!` } }],
    ['a body that is no JSON', { body: password }],
    ['a password that is no text', { body: '{"password":true}' }],
  ])(
    'run is refused to who gives %s, in the words of the earlier service',
    async (_, init) => {
      const answer = await run(init)
      expect([answer.status, await answer.text()]).toEqual([401, 'unauthorized\n'])
    },
    30_000,
  )

  test('run is refused to a key that only reads', async () => {
    expect((await run({ key: read })).status).toBe(401)
  }, 30_000)

  test('run without ADMIN_PASSWORD is for admin keys alone', async () => {
    await using bare = await startRunning({})
    const answer = await bare.ask('/api/cleanup/run', { method: 'POST', headers: { 'X-Admin-Password': '' } })
    expect([answer.status, await answer.text()]).toEqual([503, 'ADMIN_PASSWORD is not set\n'])
    const key = await bare.makeKey('admin')
    expect((await bare.ask('/api/cleanup/run', { method: 'POST', key })).status).toBe(200)
  })

  test('run is for the admins of the first tenant, since it changes runs of all of them; the audit names who had it done', async () => {
    await using bare = await startRunning({ ADMIN_PASSWORD: password })
    const post = (init: { readonly key?: string; readonly headers?: Readonly<Record<string, string>> }) =>
      bare.ask('/api/cleanup/run', { method: 'POST', ...init })
    expect((await post({ key: await bare.makeKey('admin', { tenant: 'other' }) })).status).toBe(401)
    expect((await post({ key: await bare.makeKey('admin') })).status).toBe(200)
    expect((await post({ headers: { 'X-Admin-Password': password } })).status).toBe(200)
    const lines = (await (await bare.ask('/audit?format=jsonl', { key: await bare.makeKey('admin') })).text()).trim().split('\n')
    const rows = lines.map((line) => JSON.parse(line)).filter(({ act }) => act === 'cleanup_run')
    expect(rows.map(({ actor }) => String(actor).replace(/:.*/, '')).sort()).toEqual(['admin_password', 'key'])
  })

  test('the timer gives stuck runs up by itself, and says so on the System page and in /metrics', async () => {
    await using own = await startRunning({ CLEANUP_ENABLED: 'true' })
    const key = await own.makeKey('read')
    const body = { type: 'lxc', nsapp: 'docker', status: 'validation', execution_id: uuidOf(1), random_id: uuidOf(2) }
    const at = Math.floor((Date.now() - 3 * hourMs) / 1_000)
    await own.ask('/telemetry', { key: await own.makeKey('ingest'), body: JSON.stringify({ ...body, at }) })
    await own.settle()
    await until(async () => /telemetry_timer_ok\{timer="stuck"\} 1/.test(await (await own.ask('/metrics')).text()), 'the timer ran')
    const page = await (await own.ask('/system', { key })).text()
    expect(page).toContain('gives up runs of which nothing was heard for 1 h')
  })
})

test('status and System say of each tenant what retention removes of it, and nothing of another', async () => {
  await using other = await startRunning({ RETENTION_ENABLED: 'true', RETENTION_DAYS: '365', RETENTION_TRACE_DAYS: '90' })
  const key = await other.makeKey('read')
  const logsOf = async (reader: string) =>
    ((await (await other.ask('/api/cleanup/status', { key: reader })).json()) as CleanupStatus).retention.logs
  await until(async () => /telemetry_timer_ok\{timer="traces"\} 1/.test(await (await other.ask('/metrics')).text()), 'the timer ran')
  const at = Math.floor(Date.now() / 1_000) - 100 * 86_400
  const error = 'exit_code=1 | failed\n---\na line of the log\n'
  const body = { type: 'lxc', nsapp: 'docker', status: 'failed', exit_code: 1, error, random_id: uuidOf(1), at }
  const ingestKey = await other.makeKey('ingest', { tenant: 'other' })
  expect((await other.ask('/telemetry', { key: ingestKey, body: JSON.stringify(body) })).status).toBe(202)
  await other.settle()
  const theirs = await other.makeKey('read', { tenant: 'other' })
  expect([await logsOf(theirs), await logsOf(key)]).toEqual([1, 0])
  const shows = (reader: string, text: string) =>
    until(async () => (await (await other.ask('/system', { key: reader })).text()).includes(text), text)
  await shows(theirs, '1 log of before') // The page does not wait for a count that takes long.
  await shows(key, '0 logs of before')
})

test('status says what retention removes next, in days and numbers', async () => {
  await using other = await startRunning({ RETENTION_ENABLED: 'true', RETENTION_DAYS: '365', RETENTION_TRACE_DAYS: '90' })
  const key = await other.makeKey('read')
  const ask = async () => (await (await other.ask('/api/cleanup/status', { key })).json()) as CleanupStatus
  const tomorrow = Date.now() + 24 * hourMs
  await until(async () => (await ask()).retention.next_run?.slice(0, 10) === new Date(tomorrow).toISOString().slice(0, 10), 'both ran once')
  const { retention } = await ask()
  const last = new Date(tomorrow - 366 * 24 * hourMs).toISOString().slice(0, 10)
  expect(retention).toMatchObject({ enabled: true, runs: 0, logs: 0, runs_through: last, logs_before: expect.stringMatching(/Z$/) })
  expect(findSchemaFaults(CleanupStatus, await ask())).toEqual([])
  const page = async () => (await other.ask('/system', { key })).text()
  expect(await page()).toContain('Retention removes next')
  await until(async () => (await page()).includes(`0 runs up to ${last}`), 'the count, which a page of a busy machine does not wait for')
})

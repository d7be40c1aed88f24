import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { adminName, adminPassword, type Browser, openBrowser, setUp, signIn } from '../../part/sign-in.ts'

let service: Running
let admin: Browser

beforeAll(async () => {
  service = await startRunning({ RATE_LIMIT_RPM: '60', RATE_BURST: '1', ADMIN_PASSWORD: 'an old password' })
  admin = await setUp(service)
})
afterAll(async () => service[Symbol.asyncDispose]())

type Entry = {
  readonly actor: string
  readonly act: string
  readonly subject: string
  readonly count: number
  readonly tenant: string
  readonly actor_name?: string
  readonly subject_name?: string
}

async function entries(): Promise<readonly Entry[]> {
  const text = await (await admin.get('/audit?format=jsonl')).text()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const foreign = { 'X-Forwarded-For': '203.0.113.77' }

describe('P11 P27 every security-relevant act stands in the audit', () => {
  test.each([
    ['a sign-in', () => signIn(openBrowser(service), adminName, adminPassword), 'session_start', /^[0-9A-Za-z]{12}$/],
    ['a wrong password', () => signIn(openBrowser(service), adminName, 'not the password'), 'sign_in_refuse', /^user:[0-9A-Za-z]{12}$/],
    ['a wrong name', () => signIn(openBrowser(service), 'nobody.here', adminPassword), 'sign_in_refuse', /^name_unknown$/],
    ['a wrong key at the sign-in', () => openBrowser(service).submit('/sign-in', { key: 'ts_r_x' }), 'sign_in_refuse', /^key_unknown$/],
    [
      'a wrong ADMIN_PASSWORD',
      () => service.ask('/api/cleanup/run', { method: 'POST', headers: { ...foreign, 'X-Admin-Password': 'wrong' } }),
      'sign_in_refuse',
      /^admin_password$/,
    ],
    ['a wrong key at an API', () => service.ask('/api/records', { key: 'ts_r_x', headers: foreign }), 'request_refuse', /^key_unknown$/],
    ['no key at an API', () => service.ask('/api/records', { headers: foreign }), 'request_refuse', /^key_missing$/],
    ['a key made', () => service.makeKey('read'), 'key_create', /^[0-9A-Za-z]{12}$/],
    ['an export', () => admin.get('/export/scripts.csv'), 'export', /^scripts\.csv$/],
    [
      'an event that could not be used',
      () => service.ask('/telemetry', { body: '{}', headers: foreign }),
      'event_refuse',
      /^payload_unusable /,
    ],
    [
      'a burst over the limit',
      () => Promise.all([1, 2, 3].map(() => service.ask('/telemetry', { body: eventBody(), headers: foreign }))),
      'rate_limit',
      /^rate$/,
    ],
    ['a start', async () => undefined, 'service_start', /^\d+\.\d+\.\d+/],
    ['the audit taken away', () => admin.get('/audit?format=csv'), 'export', /^audit\.csv$/],
  ])('%s', async (_, act, name, subject) => {
    await act()
    expect((await entries()).filter((entry) => entry.act === name && subject.test(entry.subject)).length).toBeGreaterThan(0)
  })

  test('without an address, a name or a key of anybody', async () => {
    const database = new Database(join(service.folder, 'access.db'), { readonly: true })
    const kept = JSON.stringify(database.query('SELECT * FROM audit').all())
    database.close()
    expect(kept).not.toContain(adminName)
    const text = JSON.stringify((await entries()).map(({ actor_name: _who, subject_name: _whom, ...entry }) => entry))
    for (const word of ['203.0.113.77', '198.51.', '127.0.0.1', adminName, 'nobody.here', 'ts_r_']) expect(text).not.toContain(word)
  })
})

describe('the page', () => {
  test('shows admins who did what, by names that are still there and the id beside', async () => {
    const html = await (await admin.get('/audit')).text()
    expect(html).toContain('key create')
    expect(html).toMatch(new RegExp(`${adminName}<.{0,200}<span class="muted under">user:[0-9A-Za-z]{12}<`, 's'))
    expect(html).toContain('href="/audit?format=csv"')
  })

  test('and its files call a user by name, with the id beside, until the user is gone', async () => {
    await admin.submit('/users', { name: 'gone.soon', role: 'viewer', password: 'a long enough password' })
    const made = async () => (await entries()).find(({ act }) => act === 'user_create')
    expect(await made()).toMatchObject({
      actor_name: adminName,
      subject_name: 'gone.soon',
      subject: expect.stringMatching(/^[0-9A-Za-z]{12}$/),
    })
    await admin.submit('/users', { act: 'delete', sure: 'yes' }, '/users/gone.soon')
    expect(await made()).not.toHaveProperty('subject_name')
  })

  test('hands all of it out as CSV', async () => {
    const answer = await admin.get('/audit?format=csv')
    expect(answer.headers.get('content-type')).toStartWith('text/csv')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toStartWith('id,at,actor,act,subject,tenant,count,actor_name,subject_name\r\n')
  })

  test.each([
    ['read', 403],
    ['ingest', 403],
    ['admin', 200],
  ] as const)('is not for a key of scope %s (%d)', async (scope, status) => {
    expect((await service.ask('/audit', { key: await service.makeKey(scope) })).status).toBe(status)
  })

  test('shows an admin of another tenant nothing of this one', async () => {
    const key = await service.makeKey('admin', { tenant: 'acme' })
    const text = await (await service.ask('/audit?format=jsonl', { key })).text()
    const rows: readonly Entry[] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(new Set(rows.map(({ tenant }) => tenant))).toEqual(new Set(['acme']))
  })

  test('refuses another format', async () => {
    expect((await admin.get('/audit?format=xml')).status).toBe(400)
  })
})

test('a setting that is another at the next start is named, and sums outlive the end', async () => {
  const folder = service.folder
  await service.ask('/api/records', { headers: foreign })
  await service.stop()
  await using next = await startRunning({ DATA_DIR: folder, RATE_BURST: '2', RATE_LIMIT_RPM: '60' })
  const key = await next.makeKey('admin')
  const text = await (await next.ask('/audit?format=jsonl', { key })).text()
  expect(text).toContain('"act":"setting_change","subject":"RATE_BURST"')
  expect(text).toContain('"act":"setting_change","subject":"ADMIN_PASSWORD"')
  expect(text).not.toContain('"subject":"PB_URL"')
})

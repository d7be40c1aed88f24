import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAlertMessageBook } from '../../../src/access/alert-message-book.ts'
import type { Act } from '../../../src/access/audit.ts'
import { openAccessDatabase } from '../../../src/access/database.ts'
import * as command from '../../../src/app/command.ts'
import * as app from '../../../src/app.ts'
import { commandsOf } from '../../../src/cli/help.ts'
import { runCommandLine } from '../../../src/cli/program.ts'
import { permissions } from '../../../src/http/guard/permission.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { sampleContext } from '../../cli/desk-sample.ts'
import { allCommands } from '../../docs/command.ts'
import { startFakeGithub } from '../../issue/fake-github.ts'
import { mailbox } from '../../part/mailbox.ts'
import { account, hasPocketBase, startPocketBase, superuser } from '../../part/pocketbase.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { adminName, adminPassword, type Browser, openBrowser, setUp, setupPathOf, signIn } from '../../part/sign-in.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { put, stateOf } from '../../store/run-fixture.ts'

const password = 'a long enough pass-phrase'
const servicePassword = 'the password of the operator'
const foreign = '203.0.113.77'
let github: ReturnType<typeof startFakeGithub>
let mail: Awaited<ReturnType<typeof mailbox>>
let folder: ReturnType<typeof temporaryFolder>
let service: Running
let admin: Browser
let adminKey: string
let fingerprint = ''

beforeAll(async () => {
  github = startFakeGithub()
  mail = await mailbox()
  folder = temporaryFolder()
  fillStore()
  service = await startRunning({
    ...{ DATA_DIR: folder.path, ADMIN_PASSWORD: servicePassword },
    ...{ ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_PORT: String(mail.port), SMTP_TO: 'a@b.test' },
    ...{ SMTP_CA_FILE: 'test/fixture/tls/localhost.crt' },
    ...{ GITHUB_TOKEN: 'a-token', GITHUB_OWNER: 'an-owner', GITHUB_REPO: 'a-repo', GITHUB_API_URL: github.origin },
    ...{ GITHUB_API_PRIVATE: 'true' },
  })
  admin = await setUp(service)
  adminKey = await service.makeKey('admin')
  await service.ask('/telemetry', { body: failing('cannot prune alder') })
  await service.ask('/telemetry', { body: failing('cannot prune birch') })
  await service.settle()
  const answer = await service.ask('/api/v1/errors', { key: adminKey })
  const { errors } = (await answer.json()) as { errors: readonly { fingerprint: string; title: string }[] }
  fingerprint = errors.find(({ title }) => title.includes('alder'))?.fingerprint ?? ''
})
afterAll(async () => {
  await service[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** A store with a run that PocketBase refused. */
function fillStore(): void {
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ status: 'failed', exitCode: 1 }))
  const [change] = store.changes(0, 1)
  if (change === undefined) throw new Error('no run')
  store.park([{ tenant: change.tenant, key: change.key, revision: change.revision, reason: 'nsapp: required', parkedAt: Date.now() }])
  store.close()
}

const failing = (error: string) => eventBody({ nsapp: `app-${error.slice(-5)}`, status: 'failed', exit_code: 1, error })

type Entry = { readonly id: number; readonly actor: string; readonly act: string; readonly subject: string; readonly tenant: string }

function entriesIn(path: string, after = 0): readonly Entry[] {
  const database = new Database(join(path, 'access.db'), { readonly: true })
  try {
    return database.query<Entry, [number]>('SELECT * FROM audit WHERE id > ? ORDER BY id').all(after)
  } finally {
    database.close()
  }
}

const lastId = () => entriesIn(folder.path).at(-1)?.id ?? 0

/** Puts a message into the file of the service that mail gave up; gives its id. */
function giveUp(): string {
  const database = openAccessDatabase(join(folder.path, 'access.db'))
  const book = openAlertMessageBook(database)
  const at = Date.now()
  const message = { id: 'lost', tenant: 'default', rule: 'disk-full', thread: 'lost', at, body: '{}' }
  book.record({ states: [], messages: [message], channels: ['mail'] })
  book.markFailed('lost', 'mail', { at, fault: 'refused' })
  database.close()
  return 'lost'
}

/** Sends a form as an admin's key does. */
function form(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Forwarded-For': foreign }
  return service.ask(path, { key: adminKey, body: new URLSearchParams(fields).toString(), headers })
}

function json(path: string, body: unknown): Promise<Response> {
  return service.ask(path, { key: adminKey, body: JSON.stringify(body), headers: { 'X-Forwarded-For': foreign } })
}

const get = (path: string) => service.ask(path, { key: adminKey, headers: { 'X-Forwarded-For': foreign } })
const newUser = (name: string) => form('/users', { name, role: 'viewer', password })

/** Who is signed in as a user of their own. */
async function browserOf(name: string): Promise<Browser> {
  await newUser(name)
  const browser = openBrowser(service)
  await signIn(browser, name, password)
  return browser
}

/** One act of the audit for each row, and how it is brought about; a text says why a route writes none. */
type RouteRow = readonly [act: Act, bring: () => Promise<unknown>] | string

const events = 'an event is data, and what is refused is kept in sum'
const routes: Readonly<Record<string, RouteRow>> = {
  'POST /telemetry': events,
  'POST /telemetry/batch': events,
  'POST /theme': 'a cookie of the own browser',
  'POST /errors/:fingerprint': ['error_mute', () => form(`/errors/${fingerprint}`, { state: 'muted' })],
  'POST /errors/:fingerprint (open)': ['error_unmute', () => form(`/errors/${fingerprint}`, { state: 'open' })],
  'POST /errors/:fingerprint/issue': ['issue_create', () => form(`/errors/${fingerprint}/issue`, {})],
  'POST /api/github/create-issue': [
    'issue_create',
    () => json('/api/github/create-issue', { app_name: 'app-birch', error_text: 'cannot prune birch', exit_code: 1 }),
  ],
  'POST /alerts': ['alert_add', () => form('/alerts', { act: 'add', kind: 'failure_rate', script: 'docker' })],
  'POST /alerts (again)': ['alert_resend', () => form('/alerts', { act: 'again', message: giveUp(), channel: 'mail' })],
  'POST /alerts (preview)': 'nothing is stored',
  'POST /analyze': 'nothing is stored',
  'POST /anonymize': 'nothing is stored',
  'POST /anonymize/docx': 'nothing is stored',
  'POST /anonymize/batch': 'nothing is stored',
  'POST /alerts/:id (preview)': 'nothing is stored',
  'POST /alerts (test)': ['alert_test', () => form('/alerts', { act: 'test' })],
  'POST /alerts/:id': ['alert_change', () => form('/alerts/disk-full', { act: 'change', threshold: '7' })],
  'POST /alerts/:id (mute)': ['alert_mute', () => form('/alerts/disk-full', { act: 'mute', hours: '1' })],
  'POST /alerts/:id (unmute)': ['alert_unmute', () => form('/alerts/disk-full', { act: 'unmute' })],
  'POST /alerts/:id (remove)': ['alert_remove', () => form('/alerts/stuck-runs', { act: 'remove' })],
  'POST /api/alerts/test': ['alert_test', () => json('/api/alerts/test', {})],
  'POST /api/cleanup/run': ['cleanup_run', () => json('/api/cleanup/run', {})],
  'POST /api/cleanup/run (password)': [
    'cleanup_run',
    () => service.ask('/api/cleanup/run', { method: 'POST', headers: { 'X-Admin-Password': servicePassword, 'X-Forwarded-For': foreign } }),
  ],
  'POST /api/v1/erasures': ['erase', () => json('/api/v1/erasures', { random_id: 'nobody' })],
  'GET /export/:file': ['export', () => get('/export/runs.csv')],
  'GET /records (as a file)': ['export', () => get('/records?format=csv')],
  'GET /script-analysis (as a file)': ['export', () => get('/script-analysis?format=jsonl')],
  'GET /audit (as a file)': ['export', () => get('/audit?format=csv')],
  'POST /setup/:token': [
    'user_create',
    async () => {
      await using fresh = await startRunning()
      const fields = { name: adminName, password: adminPassword, repeat: adminPassword }
      await openBrowser(fresh).submit(setupPathOf(fresh.folder), fields)
      return entriesIn(fresh.folder)
    },
  ],
  'POST /sign-in': ['session_start', () => signIn(openBrowser(service), adminName, adminPassword)],
  'POST /sign-out': ['session_end', async () => (await browserOf('leaving')).submit('/account', {}, '/sign-out')],
  'POST /account/password': [
    'user_password',
    async () =>
      (await browserOf('changing')).submit(
        '/account',
        { current: password, password: `${password}!`, repeat: `${password}!` },
        '/account/password',
      ),
  ],
  'POST /sessions/:id': [
    'session_end',
    async () => {
      const id = /action="\/sessions\/(\w+)"/.exec(await (await admin.get('/account')).text())?.[1]
      return admin.submit('/account', { from: 'account' }, `/sessions/${id}`)
    },
  ],
  'POST /users': ['user_create', () => newUser('grace')],
  'POST /users/:name': ['user_role', () => form('/users/grace', { act: 'role', role: 'maintainer' })],
  'POST /users/:name (disable)': ['user_disable', () => form('/users/grace', { act: 'disable' })],
  'POST /users/:name (enable)': ['user_enable', () => form('/users/grace', { act: 'enable' })],
  'POST /users/:name (password)': ['user_password', () => form('/users/grace', { act: 'password', password: `${password}?` })],
  'POST /users/:name (delete)': ['user_delete', () => form('/users/grace', { act: 'delete', sure: 'yes' })],
  'POST /keys': ['key_create', () => form('/keys', { scope: 'read', life: '30', label: 'a note' })],
  'POST /keys/:id': ['key_revoke', async () => form(`/keys/${(await service.makeKey('read')).split('_')[2]}`, {})],
}

const plain = (route: string) => route.replace(/ \(.*\)$/, '')

describe('P27 each act by a route stands in the audit', () => {
  test('and no route that takes something is forgotten', () => {
    const taking = Object.keys(permissions).filter((route) => route.startsWith('POST ') || route === 'GET /export/:file')
    expect(taking.filter((route) => !Object.keys(routes).map(plain).includes(route))).toEqual([])
  })

  const rows = Object.entries(routes).flatMap(([route, row]) => (typeof row === 'string' ? [] : [[route, ...row] as const]))
  test.each(rows)('%s: %s', async (_, act, bring) => {
    const before = lastId()
    const brought = await bring()
    const found = Array.isArray(brought) ? (brought as readonly Entry[]) : entriesIn(folder.path, before)
    const entry = found.findLast((one) => one.act === act)
    expect(entry).toBeDefined()
    expect(entry?.actor).toMatch(/^(?:key|user):\w{12}$|^admin_password$|^setup$/)
  })
})

/** Runs one command beside the service, as `main.ts` does. Gives its exit code. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}, answer = password): Promise<number> {
  const context = sampleContext({ DATA_DIR: folder.path, ...env })
  return runCommandLine(words, { ...context, askLine: async () => answer, loadService: async () => ({ ...app, ...command }) })
}

const backupName = () => readdirSync(folder.file('backup')).findLast((name) => /^\d{4}-.*Z$/.test(name)) ?? ''
const reads = 'it only reads'
const outside = 'it touches neither access nor data'
const withPocketBase = 'it needs a PocketBase: see below'
/** The words of each command, by its name, with the act and what it was done to; a text says why it writes none. */
const commands: Readonly<Record<string, readonly [act: Act, subject: RegExp, words: () => readonly string[]] | string>> = {
  serve: 'its start is an entry of the service',
  'setup pocketbase': withPocketBase,
  rebuild: withPocketBase,
  'user create': ['user_create', /^user:|^\w{12}$/, () => ['user', 'create', 'hopper', '--role', 'viewer']],
  'user role': ['user_role', /^\w{12}$/, () => ['user', 'role', 'hopper', '--role', 'maintainer']],
  'user disable': ['user_disable', /^\w{12}$/, () => ['user', 'disable', 'hopper']],
  'user enable': ['user_enable', /^\w{12}$/, () => ['user', 'enable', 'hopper']],
  'user password': ['user_password', /^\w{12}$/, () => ['user', 'password', 'hopper']],
  'user delete': ['user_delete', /^\w{12}$/, () => ['user', 'delete', 'hopper']],
  'user list': reads,
  'user setup-link': 'there is an admin: test/access/setup.test.ts has the entry of a folder without one',
  'key create': ['key_create', /^\w{12}$/, () => ['key', 'create', '--scope', 'read']],
  'key list': reads,
  'key revoke': ['key_revoke', /^\w{12}$/, () => ['key', 'revoke', lastKeyId()]],
  'parked list': reads,
  'parked replay': ['parked_replay', /^pocketbase$/, () => ['parked', 'replay']],
  import: ['import', /^records$/, () => ['import', recordsFile()]],
  'export runs': ['export', /^runs\.jsonl$/, () => ['export', 'runs']],
  'export rollups': ['export', /^rollups\.csv$/, () => ['export', 'rollups', '--format', 'csv']],
  'export errors': ['export', /^errors\.jsonl$/, () => ['export', 'errors']],
  'export audit': ['export', /^audit\.jsonl$/, () => ['export', 'audit']],
  'backup create': ['backup_create', /^\d{4}-[\dTZ-]+$/, () => ['backup', 'create']],
  'backup list': reads,
  'backup verify': ['backup_verify', /^\d{4}-[\dTZ-]+:whole$/, () => ['backup', 'verify', backupName()]],
  'backup restore': 'the entry lies in the folder it restores into: see below',
  erase: ['erase', /^[\w-]{16}$/, () => ['erase', '--random-id', 'nobody']],
  'retention preview': reads,
  'alert list': reads,
  'alert add': ['alert_add', /^failure-rate-[0-9a-f]{16}$/, () => ['alert', 'add', 'failure_rate', '--script', 'plex']],
  'alert mute': ['alert_mute', /^script-worse$/, () => ['alert', 'mute', 'script-worse', '--until', '2099-01-01']],
  'alert remove': ['alert_remove', /^script-worse$/, () => ['alert', 'remove', 'script-worse']],
  'alert test': ['alert_test', /^mail$/, () => ['alert', 'test']],
  'audit list': reads,
  'audit export': ['export', /^audit\.csv$/, () => ['audit', 'export']],
  doctor: reads,
  'doctor rollups': reads,
  'doctor segments': reads,
  'install-service': outside,
  cloak: outside,
  'config check': outside,
  'config print': outside,
  health: reads,
  version: outside,
  help: outside,
  'help settings': outside,
}

function recordsFile(): string {
  const path = folder.file('records.jsonl')
  writeFileSync(path, '{"random_id":"nobody","type":"lxc","nsapp":"plex","status":"success","created":"2026-03-01 12:00:00.000Z"}\n')
  return path
}

function lastKeyId(): string {
  return entriesIn(folder.path).findLast(({ act }) => act === 'key_create')?.subject ?? ''
}

describe('P27 each act by a command stands in the audit', () => {
  test('and no command is forgotten', () => {
    const names = commandsOf(allCommands())
      .filter(([, inner]) => inner.commands.length === 0 || inner.name() === 'doctor')
      .map(([name]) => name)
    expect(names.filter((name) => commands[name] === undefined)).toEqual([])
  })

  const rows = Object.entries(commands).flatMap(([name, row]) => (typeof row === 'string' ? [] : [[name, ...row] as const]))
  test.each(rows)('%s: %s', async (_, act, subject, words) => {
    const before = lastId()
    expect(await run(words())).toBe(0)
    const entry = entriesIn(folder.path, before).find((one) => one.act === act)
    expect(entry).toMatchObject({ actor: 'cli', subject: expect.stringMatching(subject) })
  })

  test('backup verify of one that is damaged, in a folder of another name', async () => {
    const copy = folder.file(`of ${foreign}`)
    Bun.spawnSync(['cp', '-r', folder.file(join('backup', backupName())), copy])
    rmSync(join(copy, 'store.db.zst'))
    const before = lastId()
    expect(await run(['backup', 'verify', copy])).toBe(1)
    rmSync(copy, { recursive: true })
    expect(entriesIn(folder.path, before)).toMatchObject([{ actor: 'cli', act: 'backup_verify', subject: 'elsewhere:damaged' }])
  })

  test('backup verify in a folder without an audit makes none', async () => {
    using empty = temporaryFolder()
    expect(await run(['backup', 'verify', folder.file(join('backup', backupName()))], { DATA_DIR: empty.path })).toBe(0)
    expect(existsSync(empty.file('access.db'))).toBe(false)
  })

  test('backup restore: backup_restore, in the folder it restores into', async () => {
    using empty = temporaryFolder()
    const name = backupName()
    expect(await run(['backup', 'restore', name, '--data-dir', empty.path])).toBe(0)
    expect(entriesIn(empty.path).at(-1)).toMatchObject({ actor: 'cli', act: 'backup_restore', subject: name })
  })
})

describe.if(hasPocketBase('the audit of commands about PocketBase'))('with a real PocketBase', () => {
  test('setup pocketbase and rebuild stand in the audit', async () => {
    await using pocketbase = await startPocketBase()
    using own = temporaryFolder()
    const env = { DATA_DIR: own.path, PB_URL: pocketbase.url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password }
    expect(await run(['key', 'create', '--scope', 'read'], env)).toBe(0) // A folder that was used before.
    expect(await run(['setup', 'pocketbase', '--superuser', superuser.identity], env, superuser.password)).toBe(0)
    expect(await run(['rebuild', '--from', 'pocketbase'], env)).toBe(0)
    expect(entriesIn(own.path).map(({ actor, act, subject }) => [actor, act, subject])).toEqual([
      ['cli', 'key_create', expect.any(String)],
      ['cli', 'pocketbase_setup', 'pocketbase'],
      ['cli', 'store_rebuild', 'pocketbase'],
    ])
  })
})

test('P2 P27 no entry of them all holds an address', () => {
  const text = JSON.stringify(entriesIn(folder.path))
  for (const word of [foreign, '198.51.', '127.0.0.1', 'a@b.test', adminName]) expect(text).not.toContain(word)
})

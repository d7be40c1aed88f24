import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openTimerStates } from '../../src/access/timer-state.ts'
import { openDesk } from '../../src/app/command.ts'
import { Backups } from '../../src/archive/backups.ts'
import { readManifest, writeManifest } from '../../src/archive/manifest.ts'
import { foldLog } from '../../src/base/sqlite-copy.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { settingsOf } from '../archive/sample-backup.ts'
import { makeCertificate } from '../part/certificate.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

const made = temporaryFolder()
const files = ['access.db', 'journal.db', 'rate.db', 'store.db']

beforeAll(async () => {
  const service = await startRunning({ DATA_DIR: made.path })
  await service.stop()
})
afterAll(() => made[Symbol.dispose]())

type Finding = { readonly name: string; readonly state: string; readonly text: string; readonly todo?: string }

/** A copy of the folder that a test may spoil. */
function copy(): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder()
  for (const name of files) {
    for (const end of ['', '-wal']) if (existsSync(made.file(name + end))) copyFileSync(made.file(name + end), folder.file(name + end))
    foldLog(folder.file(name))
  }
  for (const name of files) chmodSync(folder.file(name), 0o600)
  return folder
}

async function examine(env: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly findings: readonly Finding[] }> {
  const context = sampleContext(env)
  const code = await runCommandLine(['doctor', '--json'], context)
  if (context.out() === '') throw new Error(context.told())
  return { code, findings: JSON.parse(context.out()) }
}

const stateOf = async (name: string, env: Readonly<Record<string, string>>) =>
  (await examine(env)).findings.find((finding) => finding.name === name)?.state

const wrongIn = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'bad').map(({ name }) => name)

describe('doctor', () => {
  test('finds nothing wrong with a folder in order, and says so in words as well', async () => {
    using folder = copy()
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    expect([code, wrongIn(findings)]).toEqual([0, []])
    const context = sampleContext({ DATA_DIR: folder.path })
    expect(await runCommandLine(['doctor'], context)).toBe(0)
    expect(context.out()).toMatch(/^STATE +WHAT +HOW IT IS +TO DO\n/)
  })

  test('finds what others may read, with the command that mends it', async () => {
    using folder = copy()
    chmodSync(folder.file('access.db'), 0o644)
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    expect(code).toBe(1)
    expect(findings.find(({ state }) => state === 'bad')).toMatchObject({
      name: 'permissions',
      todo: `chmod go= ${folder.file('access.db')}`,
    })
  })

  test('finds a file of another user; to who may not open it, it is not damaged', async () => {
    using folder = copy()
    const isRoot = process.geteuid?.() === 0 // Nobody else may give a file away, and nothing is closed to root.
    if (isRoot) chownSync(folder.file('journal.db'), 12_345, 12_345)
    else chmodSync(folder.file('journal.db'), 0)
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    const found = findings.find(({ state, name }) => state === 'bad' && name === (isRoot ? 'permissions' : 'integrity'))
    expect([code, found?.text]).toEqual([
      1,
      `${folder.file('journal.db')} ${isRoot ? 'belongs to another user than its folder' : 'cannot be opened by this user'}`,
    ])
    if (isRoot) expect(found?.todo).toBe(`As root: chown 0:0 ${folder.file('journal.db')}`)
  })

  test.each(['access.db', 'journal.db', 'store.db'])('finds that %s is gone from a folder in use', async (file) => {
    using folder = copy()
    for (const end of ['', '-wal', '-shm']) rmSync(folder.file(file + end), { force: true })
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    expect([code, findings.filter(({ state }) => state === 'bad')]).toEqual([
      1,
      [{ name: 'files', state: 'bad', text: `${folder.file(file)} is gone`, todo: expect.stringContaining('ut a backup back') }],
    ])
  })

  /** What a start says of databases that are gone, by their names. */
  async function toldByStart(folder: ReturnType<typeof temporaryFolder>): Promise<readonly string[]> {
    await using service = await startRunning({ DATA_DIR: folder.path })
    const told = service.lines.filter(({ level, message }) => level === 'error' && message.startsWith('a database is gone'))
    return told.map(({ path }) => String(path).slice(folder.path.length + 1)).sort()
  }

  const together = [
    ['access.db', 'journal.db'],
    ['access.db', 'store.db'],
    ['journal.db', 'store.db'],
    ['access.db', 'journal.db', 'store.db'],
  ]

  test.each([[[]], [['store.db']], ...together.map((gone) => [gone])])(
    'and a start find that %j are gone together',
    async (gone: readonly string[]) => {
      using folder = copy()
      for (const name of gone) rmSync(folder.file(name))
      const { findings } = await examine({ DATA_DIR: folder.path })
      const found = findings.filter(({ name }) => name === 'files').map(({ text }) => text)
      expect(found.sort()).toEqual(gone.map((name) => `${folder.file(name)} is gone`))
      expect(await toldByStart(folder)).toEqual([...gone])
      expect(await toldByStart(folder)).toEqual([]) // Once: then they are there, and empty.
    },
  )

  test('and a start know by backups alone that a folder was in use', async () => {
    using folder = copy()
    const backup = await new Backups({ folder: folder.path, whileHeld: (work) => work() }).create()
    expect(backup.ok).toBe(true)
    for (const name of files) rmSync(folder.file(name))
    const { findings } = await examine({ DATA_DIR: folder.path })
    expect(findings.filter(({ name }) => name === 'files')).toHaveLength(3)
    expect(await toldByStart(folder)).toEqual(['access.db', 'journal.db', 'store.db'])
  })

  test('and a start find nothing gone from a folder that is new, or that commands alone have opened', async () => {
    using fresh = temporaryFolder()
    expect(await toldByStart(fresh)).toEqual([])
    using opened = temporaryFolder()
    await (await openDesk(settingsOf(opened.path)))[Symbol.asyncDispose]()
    expect((await examine({ DATA_DIR: opened.path })).findings.filter(({ name }) => name === 'files')).toEqual([])
    expect(await toldByStart(opened)).toEqual([])
  })

  test('says of a folder that it may not look into who may', async () => {
    using folder = temporaryFolder()
    const path = folder.file('closed')
    if (process.geteuid?.() === 0)
      symlinkSync('closed', path) // Nothing else is closed to root.
    else mkdirSync(path, { mode: 0 })
    const { code, findings } = await examine({ DATA_DIR: path })
    expect([code, findings.find(({ state }) => state === 'bad')]).toEqual([
      1,
      {
        ...{ name: 'permissions', state: 'bad', text: expect.stringContaining(`${path} cannot be looked into by this user (E`) },
        todo: 'Run this as the user who runs the service, or as root.',
      },
    ])
  })

  test('finds a folder of logs that is none', async () => {
    using folder = copy()
    const env = (path: string) => ({ DATA_DIR: folder.path, LOG_DIR: folder.file(path) })
    writeFileSync(folder.file('a-file'), '')
    mkdirSync(folder.file('logs'))
    expect(await stateOf('log files', { DATA_DIR: folder.path })).toBe('off')
    expect(await stateOf('log files', env('logs'))).toBe('good')
    expect(await stateOf('log files', env('none'))).toBe('odd')
    expect(wrongIn((await examine(env('a-file'))).findings)).toEqual(['log files'])
  })

  test('finds a damaged file', async () => {
    using folder = copy()
    writeSync(openSync(folder.file('access.db'), 'r+'), Buffer.alloc(6_000, 0x5a), 0, 6_000, 4_200)
    const { findings } = await examine({ DATA_DIR: folder.path })
    expect(
      findings
        .filter(({ name }) => name === 'integrity')
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['bad', 'good', 'good', 'good'])
  })

  test.each([
    ['holds long enough', 60, 'good'],
    ['ends within two weeks', 5, 'odd'],
  ])('tells of a certificate that %s', async (_, days, state) => {
    using folder = copy()
    const { certFile, keyFile } = makeCertificate(folder.path, 'own', days)
    const { findings } = await examine({ DATA_DIR: folder.path, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile })
    expect(findings.find(({ name }) => name === 'TLS')?.state).toBe(state)
  })

  test('finds a clock that went back behind what was noted', async () => {
    using folder = copy()
    expect(await stateOf('clock', { DATA_DIR: folder.path })).toBe('good')
    const database = openAccessDatabase(folder.file('access.db'))
    openAudit(database).add({ at: Date.now() + 3_600_000, actor: 'service', act: 'service_start', subject: '0.1.0' })
    database.close()
    expect(await stateOf('clock', { DATA_DIR: folder.path })).toBe('bad')
  })

  test('finds it by the files as well, of which the service writes one each minute', async () => {
    using folder = copy()
    const ahead = Date.now() / 1_000 + 3_600
    utimesSync(folder.file('store.db'), ahead, ahead)
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    expect([code, wrongIn(findings)]).toEqual([1, ['clock']])
  })

  test('knows of the proxy that a running service did not believe, until the next start', async () => {
    await using service = await startRunning()
    const env = { DATA_DIR: service.folder }
    expect(await stateOf('proxy', env)).toBe('good')
    const access = openAccessDatabase(`${service.folder}/access.db`)
    openAudit(access).add({ at: Date.now(), actor: 'service', act: 'proxy_unlisted', subject: '10.0.0.0/8' })
    expect((await examine(env)).findings.find(({ name }) => name === 'proxy')?.text).toContain('10.0.0.0/8')
    openAudit(access).add({ at: Date.now(), actor: 'service', act: 'service_start', subject: '0.1.0' })
    access.close()
    expect(await stateOf('proxy', env)).toBe('good')
    await service.stop() // From here on the settings of the command count.
    expect(await stateOf('proxy', { ...env, REQUIRE_HTTPS: 'true' })).toBe('odd')
    expect(await stateOf('proxy', { ...env, REQUIRE_HTTPS: 'true', TRUSTED_PROXIES_CIDR: '10.0.0.7/32' })).toBe('good')
  })

  test('of a store whose pages are spoilt it says how to put a backup back, and of no sum to start once', async () => {
    using folder = copy()
    const bytes = readFileSync(folder.file('store.db'))
    bytes.fill(0x5a, 4_096) // The first page says that it is a database of ours.
    writeFileSync(folder.file('store.db'), bytes)
    rmSync(folder.file('store.db-wal'), { force: true })
    const { findings } = await examine({ DATA_DIR: folder.path })
    const integrity = findings.find(({ name, text }) => name === 'integrity' && text.includes('store.db'))
    expect([integrity?.state, integrity?.todo]).toEqual(['bad', expect.stringContaining('telemetry-service backup restore NAME')])
    expect(findings.find(({ name }) => name === 'roll-ups')?.todo).toBe('The file is damaged: see integrity.')
  })

  test('finds no backup, a good one, one that is overdue and one that is damaged', async () => {
    using folder = copy()
    const env = { DATA_DIR: folder.path, BACKUP_CRON: '40 2 * * *' }
    expect(await stateOf('backups', env)).toBe('odd')
    expect(await stateOf('backups', { ...env, BACKUP_CRON: 'off' })).toBe('off')
    const made = await new Backups({ folder: folder.path, whileHeld: (work) => work() }).create()
    if (!made.ok) throw new Error(made.fault)
    expect(await stateOf('backups', env)).toBe('good')
    const path = folder.file(`backup/${made.value.name}`)
    const manifest = readManifest(readFileSync(`${path}/manifest.json`, 'utf8'))
    if (!manifest.ok) throw new Error(manifest.fault)
    const old = { ...manifest.value, done_at: '2026-01-01T02:40:00Z' }
    writeFileSync(`${path}/manifest.json`, writeManifest(old))
    expect(await stateOf('backups', env)).toBe('odd')
    const [file] = readdirSync(path).filter((name) => name !== 'manifest.json')
    writeFileSync(`${path}/${file}`, 'spoilt')
    expect((await examine(env)).findings.find(({ name }) => name === 'backups')).toMatchObject({
      state: 'bad',
      text: `${made.value.name}: ${file} is damaged: its checksum differs`,
    })
  })

  test('finds a folder of backups that is none, and says what to do', async () => {
    using folder = copy()
    writeFileSync(folder.file('backup'), '')
    const { code, findings } = await examine({ DATA_DIR: folder.path })
    expect([code, findings.find(({ name }) => name === 'backups')]).toEqual([
      1,
      {
        ...{ name: 'backups', state: 'bad', text: `${folder.file('backup')} is no folder` },
        todo: 'Move it away: the next backup makes the folder.',
      },
    ])
  })

  test('knows how the last scheduled backup went', async () => {
    using folder = copy()
    const env = { DATA_DIR: folder.path }
    const made = await new Backups({ folder: folder.path, whileHeld: (work) => work() }).create()
    if (!made.ok) throw new Error(made.fault)
    const timer = { name: 'backup', beganAt: Date.now(), tookMs: 1, changed: 1, dueAt: Date.now() + 1, doneAt: Date.now(), failedRuns: 0 }
    for (const [result, state, words] of [
      ['done', 'good', `the newest is ${made.value.name}, proved`],
      ['failed', 'bad', `the newest is ${made.value.name}; the last scheduled one failed`],
    ] as const) {
      const database = openAccessDatabase(folder.file('access.db'))
      openTimerStates(database).put({ ...timer, result })
      database.close()
      expect((await examine(env)).findings.find(({ name }) => name === 'backups')).toMatchObject({ state, text: words })
    }
  })

  test.each([
    ['a setting that is none', { JOURNAL_MAX_MB: 'much' }, [], 'JOURNAL_MAX_MB'],
    ['a superuser without a password', {}, ['--superuser', 'root@b.test'], 'the password of the superuser is needed'],
  ])('ends with 2 for %s, and says so', async (_, env, flags, words) => {
    const context = sampleContext(env)
    expect(await runCommandLine(['doctor', ...flags], context)).toBe(2)
    expect([context.out(), context.told()]).toEqual(['', expect.stringContaining(words)])
  })

  test('has a short look for the System page, in the same words', async () => {
    await using service = await startRunning()
    const page = await (await service.ask('/system', { key: await service.makeKey('admin') })).text()
    const { findings } = await examine({ DATA_DIR: service.folder })
    for (const name of ['permissions', 'clock', 'backups', 'TLS', 'proxy', 'alerts', 'recipient'])
      expect(page).toContain(findings.find((finding) => finding.name === name)?.text ?? 'nothing was found')
    expect(await (await service.ask('/system', { key: await service.makeKey('read') })).text()).not.toContain('nothing is sent')
  })

  test('tells of a PocketBase that does not answer', async () => {
    using folder = copy()
    const env = { PB_URL: 'http://127.0.0.1:9', PB_IDENTITY: 'a@b.test', PB_PASSWORD: 'not a password' }
    const { code, findings } = await examine({ DATA_DIR: folder.path, ...env })
    expect([code, wrongIn(findings)]).toEqual([1, ['PocketBase']])
  })

  test('P8 names everybody that anything is sent to; nobody by default', async () => {
    using folder = copy()
    const recipients = async (env: Readonly<Record<string, string>>) =>
      (await examine({ DATA_DIR: folder.path, ...env })).findings
        .filter(({ name }) => name === 'recipient')
        .map(({ state, text }) => [state, text])
    expect(await recipients({})).toEqual([
      ['off', 'PB_URL: nothing is sent'],
      ['off', 'SMTP_HOST: nothing is sent'],
      ['off', 'ALERT_WEBHOOK_URL: nothing is sent'],
      ['off', 'GITHUB_TOKEN: nothing is sent'],
    ])
    const mail = { SMTP_HOST: 'mail.example.org', SMTP_TO: 'ops@example.org' }
    const hook = { ALERT_WEBHOOK_URL: 'https://hook.example.org/x', ALERT_WEBHOOK_SECRET: 'a secret of some length' }
    expect((await recipients({ ALERT_ENABLED: 'true', ...mail, ...hook, GITHUB_TOKEN: 'a-token' })).slice(1)).toEqual([
      ['good', 'SMTP_HOST: alerts by mail.example.org to 1 addresses'],
      ['good', 'ALERT_WEBHOOK_URL: alerts to hook.example.org'],
      ['good', 'GITHUB_TOKEN: issues that a maintainer opens to community-scripts/ProxmoxVE at api.github.com'],
    ])
  })
})

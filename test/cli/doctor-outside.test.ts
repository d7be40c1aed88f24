import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { setupPocketBase } from '../../src/app/command.ts'
import { examine, examineOutside } from '../../src/app/doctor.ts'
import { readSettings, type Settings } from '../../src/config.ts'
import { startFakeGithub } from '../issue/fake-github.ts'
import { certificatePath, mailbox } from '../part/mailbox.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../part/pocketbase.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'

function settingsOf(env: Readonly<Record<string, string>>): Settings {
  const read = readSettings(env)
  if (!read.ok) throw new Error(read.fault.map(({ message }) => message).join('; '))
  return read.value.settings
}

/** What is said of one thing. */
async function look(name: string, env: Readonly<Record<string, string>>, by?: typeof superuser) {
  using folder = temporaryFolder()
  const settings = settingsOf({ DATA_DIR: folder.path, ...env })
  const findings = await examine(settings, () => examineOutside(settings, by))
  return findings.filter((finding) => finding.name === name).map(({ state, text }) => [state, text])
}

const alerts = { ALERT_ENABLED: 'true' }

describe('doctor and the mail server', () => {
  const mail = (port: number) => ({
    ...alerts,
    ...{ SMTP_HOST: 'localhost', SMTP_PORT: String(port), SMTP_TO: 'ops@b.test', SMTP_CA_FILE: certificatePath, SMTP_STARTTLS: 'required' },
  })

  test('shakes hands up to the sign-in and sends nothing', async () => {
    await using there = await mailbox()
    expect(await look('mail server', mail(there.port))).toEqual([['good', 'answers, and takes the sign-in']])
    expect(there.got).toEqual([])
  })

  test('says by a code why a sign-in is refused', async () => {
    await using there = await mailbox({ authOptional: false, onAuth: (_auth, _session, done) => done(new Error('no')) })
    const found = await look('mail server', { ...mail(there.port), SMTP_USER: 'ada', SMTP_PASSWORD: 'a wrong one' })
    expect(found).toEqual([['bad', 'cannot be used (EAUTH 535)']])
  })

  test('finds that nobody listens, and a server without TLS where it is required', async () => {
    const closed = await mailbox()
    await closed[Symbol.asyncDispose]()
    expect((await look('mail server', mail(closed.port)))[0]?.[0]).toBe('bad')
    await using bare = await mailbox({ disabledCommands: ['STARTTLS'] })
    expect((await look('mail server', mail(bare.port)))[0]?.[0]).toBe('bad')
  })

  test('is off by default', async () => {
    expect(await look('mail server', {})).toEqual([['off', 'no mail is sent']])
  })
})

describe('doctor and the webhook', () => {
  const hook = (port: number) => ({
    ...{ ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, ALERT_WEBHOOK_SECRET: 'a secret of some length' },
    ...{ ...alerts, ALERT_WEBHOOK_PRIVATE: 'true' },
  })

  test('connects and sends nothing', async () => {
    const asked: string[] = []
    const opened: string[] = []
    const server = Bun.listen({
      ...{ hostname: '127.0.0.1', port: 0 },
      socket: { open: ({ remoteAddress }) => void opened.push(remoteAddress), data: (_socket, data) => void asked.push(data.toString()) },
    })
    expect(await look('webhook', hook(server.port))).toEqual([['good', 'can be reached']])
    expect([opened, asked]).toEqual([['127.0.0.1'], []])
    server.stop(true)
    expect(await look('webhook', hook(server.port))).toEqual([['bad', 'cannot be used (connection_refused)']])
  })

  test('reaches no private address unless that is allowed', async () => {
    const found = await look('webhook', { ...hook(9), ALERT_WEBHOOK_PRIVATE: 'false' })
    expect(found).toEqual([['bad', 'cannot be used (address_private)']])
  })
})

describe('doctor and GitHub', () => {
  const env = (origin: string) => ({
    ...{ GITHUB_TOKEN: 'a-token', GITHUB_OWNER: 'an-owner', GITHUB_REPO: 'a-repo', GITHUB_API_URL: origin, GITHUB_API_PRIVATE: 'true' },
  })

  test('asks whether the token is taken and the repository is there, and changes nothing', async () => {
    await using there = startFakeGithub()
    expect(await look('GitHub', env(there.origin))).toEqual([['good', 'takes the token, and shows an-owner/a-repo']])
    expect(await look('GitHub', { ...env(there.origin), GITHUB_TOKEN: 'canary' })).toEqual([['bad', 'cannot be used (token_refused)']])
    expect(await look('GitHub', { ...env(there.origin), GITHUB_REPO: 'none' })).toEqual([['bad', 'cannot be used (repository_unknown)']])
    expect(await look('GitHub', { ...env(there.origin), GITHUB_API_PRIVATE: 'false' })).toEqual([
      ['bad', 'cannot be used (address_private)'],
    ])
    expect(there.asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET'])
  })

  test('finds a GitHub that does not answer, and is off by default', async () => {
    const gone = startFakeGithub()
    await gone[Symbol.asyncDispose]()
    expect(await look('GitHub', env(gone.origin))).toEqual([['bad', 'cannot be used (connection_refused)']])
    expect(await look('GitHub', {})).toEqual([['off', 'no issues are opened']])
  })
})

test('doctor says of a PB_URL that redirects what to set, and follows it nowhere', async () => {
  let asked = 0
  const fetch = () => {
    asked += 1
    return new Response(null, { status: 302, headers: { Location: '/marker' } })
  }
  using there = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
  const settings = settingsOf({ PB_URL: `http://127.0.0.1:${there.port}`, PB_IDENTITY: account.identity, PB_PASSWORD: account.password })
  const [found] = (await examineOutside(settings)).filter(({ name }) => name === 'PocketBase')
  expect(found).toMatchObject({ state: 'bad', text: 'does not let us in (redirected)', todo: expect.stringContaining('set PB_URL to') })
  expect(asked).toBe(1)
})

describe('doctor and alerts', () => {
  const mail = { SMTP_HOST: 'localhost', SMTP_PORT: '9', SMTP_TO: 'ops@b.test' }
  const hook = { ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/hook', ALERT_WEBHOOK_SECRET: 'a secret of some length' }
  /** Where links lead, and who writes: the public knows both. */
  const known = { PUBLIC_URL: 'https://telemetry.example.org', SMTP_FROM: 'telemetry@example.org' }

  test.each<[name: string, env: Readonly<Record<string, string>>, found: readonly string[]]>([
    ['that are off', {}, ['off', 'are off']],
    ['that are off though they have a way', { ...mail, ...hook }, ['odd', 'are off, so that no mail and no webhook is sent']],
    ['that are off under a report', { WEEKLY_REPORT_ENABLED: 'true' }, ['odd', 'are off, so that no weekly report is sent']],
    ['without a way', alerts, ['odd', 'have nowhere to go: they stand on the page Alerts alone']],
    ['with two ways', { ...alerts, ...mail, ...hook, ...known }, ['good', 'are told by mail and webhook']],
    [
      'that wait for a file',
      { ...alerts, ...mail, ...known, SMTP_CA_FILE: '/nowhere/ca.pem' },
      ['bad', 'Mails wait: SMTP_CA_FILE, the file cannot be read (ENOENT).'],
    ],
    [
      'whose links lead nowhere',
      { ...alerts, ...mail },
      [
        'odd',
        'PUBLIC_URL is not set: links in messages lead to localhost, which opens on this machine alone. SMTP_FROM has no domain of the public DNS: many mail servers refuse such a sender, or sort its mails out.',
      ],
    ],
  ])('%s', async (_, env, found) => {
    expect(await look('alerts', env)).toEqual([[...found]])
  })
})

describe.if(hasPocketBase('doctor and PocketBase'))('doctor and PocketBase', () => {
  let pocketbase: PocketBasePart
  const env = (collection: string) => ({
    ...{ PB_URL: pocketbase.url, PB_IDENTITY: account.identity, PB_PASSWORD: account.password },
    ...{ PB_TARGET_COLLECTION: collection },
  })
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase[Symbol.asyncDispose]())

  async function setUp(collection: string): Promise<void> {
    const done = await setupPocketBase(settingsOf(env(collection)), superuser)
    if (!done.ok) throw new Error(done.fault.message)
  }

  test('sees a collection in order, its clock, and who writes to it', async () => {
    await setUp('good')
    await using service = await startRunning()
    const settings = settingsOf({ DATA_DIR: service.folder, ...env('good') })
    const found = async () => (await examineOutside(settings, superuser)).filter(({ name }) => name.startsWith('PocketBase'))
    expect((await found()).map(({ name, state }) => [name, state])).toEqual([
      ['PocketBase', 'good'],
      ['PocketBase fields', 'good'],
      ['PocketBase writer', 'good'],
      ['PocketBase clock', 'good'],
      ['PocketBase setup', 'good'],
    ])
    await pocketbase.ask('POST', '/api/collections/good/records', { instance: 'f'.repeat(32), type: 'lxc', nsapp: 'docker' })
    expect((await found()).filter(({ state }) => state === 'bad').map(({ name }) => name)).toEqual(['PocketBase writer'])
  })

  test('names fields that are not there, and with a superuser every change of a setup, which it leaves undone', async () => {
    await setUp('poor')
    const before = await pocketbase.ask('GET', '/api/collections/poor')
    const fields = (before['fields'] as { name: string }[]).filter(({ name }) => name !== 'gpu_model')
    const indexes = (before['indexes'] as string[]).filter((index) => !index.includes('random_id'))
    await pocketbase.ask('PATCH', '/api/collections/poor', { fields, indexes, listRule: before['listRule'] })
    expect(await look('PocketBase fields', env('poor'))).toEqual([['bad', 'gpu_model not there']])
    expect(await look('PocketBase setup', env('poor'))).toEqual([])
    const words = 'would change: Added the fields gpu_model. Added indexes on random_id.'
    expect(await look('PocketBase setup', env('poor'), superuser)).toEqual([['odd', words]])
    expect(await look('PocketBase setup', env('poor'), superuser)).toEqual([['odd', words]])
  })

  test('finds members beside the account who may get to the runs: with a superuser by the rules, else as far as the account sees them', async () => {
    await setUp('shared')
    const other = { email: 'joe@example.test', password: 'the-password-of-joe', passwordConfirm: 'the-password-of-joe' }
    const auth = '/api/collections/telemetry_service'
    const { id } = await pocketbase.ask('POST', `${auth}/records`, other)
    expect(await look('PocketBase members', env('shared'))).toEqual([])
    expect(await look('PocketBase members', env('shared'), superuser)).toEqual([]) // The rules admit the account alone.
    const rule = '@request.auth.collectionName = "telemetry_service"'
    await pocketbase.ask('PATCH', '/api/collections/shared', { listRule: rule })
    await pocketbase.ask('PATCH', auth, { listRule: '' })
    const seen = [['odd', '1 beside the account are in PB_AUTH_COLLECTION']]
    expect(await look('PocketBase members', env('shared'))).toEqual(seen)
    const found = await look('PocketBase members', env('shared'), superuser)
    expect(found).toEqual([['odd', expect.stringContaining('telemetry_service has one other member')]])
    await pocketbase.ask('PATCH', auth, { listRule: 'id = @request.auth.id' })
    await pocketbase.ask('DELETE', `${auth}/records/${id}`)
  })

  test('tells a collection that is not there from a sign-in that is refused', async () => {
    await setUp('there')
    expect(await look('PocketBase', env('absent'))).toEqual([['bad', 'lets us in, but not to the collection (http_404)']])
    const refused = await look('PocketBase', { ...env('there'), PB_PASSWORD: 'another password' })
    expect(refused).toEqual([['bad', 'does not let us in (sign_in_refused)']])
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { CreatedIssue, IssueRefusal } from '../../../src/http/earlier/schema.ts'
import { type FakeGithub, startFakeGithub } from '../../issue/fake-github.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { findSchemaFaults } from '../../part/schema-fault.ts'
import { type Browser, openBrowser, setUp, signIn, tokenIn } from '../../part/sign-in.ts'

const password = 'correct horse battery staple'
const path = '/api/github/create-issue'
const userPassword = 'a long enough pass-phrase'
let github: FakeGithub
let service: Running
let admin: Browser
let adminKey: string
let sent = 0
/** Issues so far. */
let opened = 0

const settingsFor = (origin: string) => ({
  ...{ GITHUB_TOKEN: 'a-token', GITHUB_OWNER: 'an-owner', GITHUB_REPO: 'a-repo', GITHUB_API_URL: origin, GITHUB_API_PRIVATE: 'true' },
})

beforeAll(async () => {
  github = startFakeGithub()
  service = await startRunning({ ADMIN_PASSWORD: password, ...settingsFor(github.origin) })
  admin = await setUp(service)
  adminKey = await service.makeKey('admin')
})
afterAll(async () => {
  await service[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
})
beforeEach(() => {
  github.twist(() => undefined)
  opened = github.issues.length
})

/** Words that make a new error of each number: numbers alone would fall into one group. */
const words = [
  'alder',
  'birch',
  'cedar',
  'dogwood',
  'elm',
  'fir',
  'gum',
  'hazel',
  'ivy',
  'juniper',
  'kapok',
  'larch',
  'maple',
  'nutmeg',
  'oak',
  'pine',
]

/** Sends a run that failed in a new way, and gives how. */
async function fail({
  at = service,
  tenant = 'default',
  log = '',
}: {
  readonly tenant?: string
  readonly at?: Running
  readonly log?: string
} = {}) {
  const word = words[sent++] ?? 'none'
  const failed = {
    nsapp: `app-${word}`,
    exit_code: 1,
    error: `cannot prune ${word} @${word} for admin@example.org${log}`,
    trace: 'SECRET-LINE',
  }
  const key = await at.makeKey('ingest', { tenant })
  const answer = await at.ask('/telemetry', { key, body: eventBody({ ...failed, status: 'failed', execution_id: crypto.randomUUID() }) })
  expect(answer.status).toBe(202)
  await at.settle()
  const list = await at.ask('/api/v1/errors?limit=100', { key: await at.makeKey('read', { tenant }) })
  const { errors } = (await list.json()) as { errors: { fingerprint: string; title: string }[] }
  const group = errors.find(({ title }) => title.includes(word))
  if (group === undefined) throw new Error('the group is not there')
  const runs = await at.ask(`/api/records?repo=all&app=${failed.nsapp}`, { key: await at.makeKey('read', { tenant }) })
  const { records } = (await runs.json()) as { records: { error: string }[] }
  return { ...failed, ...group, stored: records[0]?.error ?? '' }
}

async function create(
  body: unknown,
  init: { readonly key?: string; readonly headers?: Readonly<Record<string, string>>; readonly at?: Running } = {},
) {
  const { at = service, ...rest } = init
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await at.ask(path, { method: 'POST', body: text, ...rest })
  const json: unknown = await answer.json()
  expect(findSchemaFaults(answer.status === 200 ? CreatedIssue : IssueRefusal, json)).toEqual([])
  return { status: answer.status, json, retry: answer.headers.get('retry-after') }
}

const made = (number: number) => ({ status: 200, json: { success: true, issue_url: `${github.origin}/an-owner/a-repo/issues/${number}` } })

describe('POST /api/github/create-issue', () => {
  test('opens an issue of the group by the password, with its cloaked text alone, once', async () => {
    const { nsapp, fingerprint } = await fail()
    const body = {
      ...{ password, app_name: nsapp, exit_code: 1, error_text: '', failure_rate: 31.3, labels: [] },
      ...{ title: '@everyone', body: 'what a client says' },
    }
    expect(await create(body)).toMatchObject(made(++opened))
    const [post] = github.posts().slice(-1)
    const issue = JSON.parse(post?.body ?? '') as { title: string; body: string; labels: string[] }
    expect(issue.labels).toEqual(['bug', 'telemetry'])
    expect(issue.title).toStartWith(`[Telemetry] ${nsapp}: cannot prune alder`)
    expect(issue.body).toContain(fingerprint)
    expect(JSON.stringify(issue)).not.toMatch(/SECRET-LINE|example\.org|everyone|what a client says|default/)
    const posts = github.posts().length
    expect(await create(body)).toMatchObject(made(opened))
    expect(github.posts()).toHaveLength(posts)
  })

  test.each([
    ['its fingerprint', ({ fingerprint }: Failed) => ({ fingerprint })],
    ['the name of the group', ({ nsapp, title }: Failed) => ({ app_name: nsapp, error_text: title })],
    ['the text of a run', ({ stored }: Failed) => ({ error_text: stored })],
    ['its script and exit code', ({ nsapp }: Failed) => ({ app_name: nsapp, exit_code: 1 })],
  ])('knows a group by %s, and takes an admin key for the password', async (_, nameIt) => {
    const failed = await fail()
    expect(await create({ ...nameIt(failed), labels: ['a label'] }, { key: adminKey })).toMatchObject(made(++opened))
    const issue = JSON.parse(github.posts().at(-1)?.body ?? '') as { body: string; labels: string[] }
    expect([issue.labels, issue.body.includes(failed.fingerprint)]).toEqual([['a label'], true])
  })

  test('knows a group by the text of a run and its script, also where the log tells it apart', async () => {
    const { nsapp, stored, fingerprint, title } = await fail({ log: '\n---\nNo space left on device' })
    expect(title).toEndWith(', No space left on device')
    expect(await create({ password, app_name: nsapp, error_text: stored })).toMatchObject(made(++opened))
    expect((JSON.parse(github.posts().at(-1)?.body ?? '') as { body: string }).body).toContain(fingerprint)
  })

  test.each<[name: string, body: unknown, error: string]>([
    ['no JSON', '{', 'invalid JSON'],
    ['no object', '[]', 'invalid JSON'],
    ['a label with a line break', { labels: ['a\nb'] }, 'invalid labels'],
    ['labels without end', { labels: Array<string>(11).fill('a') }, 'invalid labels'],
    ['a fingerprint of another form', { fingerprint: '../1' }, 'invalid fingerprint'],
    ['a code that is no number', { exit_code: '1' }, 'invalid exit_code'],
    ['a body without end', { error_text: 'x'.repeat(70_000) }, 'invalid JSON'],
    ['nothing that names a group', {}, 'There is no such group of errors.'],
    ['a script that never failed', { app_name: 'never' }, 'There is no such group of errors.'],
    ['a group that never was', { fingerprint: '0123456789abcdef' }, 'There is no such group of errors.'],
  ])('refuses %s', async (_, body, error) => {
    expect(await create(body, { key: adminKey })).toMatchObject({ status: 400, json: { error } })
  })

  test.each([
    ['no password', {}, {}],
    ['a wrong password', { password: `${password}!` }, {}],
    ['the password in a header', {}, { headers: { 'X-Admin-Password': password } }],
  ])(
    'refuses %s',
    async (_, body, init) => {
      expect(await create(body, init)).toMatchObject({ status: 401, json: { error: 'incorrect password' } })
    },
    30_000,
  )

  test.each([['read'], ['ingest']] as const)(
    'refuses a key of scope %s',
    async (scope) => {
      const { fingerprint } = await fail()
      expect((await create({ fingerprint }, { key: await service.makeKey(scope) })).status).toBe(401)
    },
    60_000,
  )

  test('a group of another tenant is not there, for the password neither', async () => {
    const { fingerprint } = await fail({ tenant: 'other' })
    expect((await create({ fingerprint, password })).status).toBe(400)
    expect((await create({ fingerprint }, { key: adminKey })).status).toBe(400)
    const own = await service.makeKey('admin', { tenant: 'other' })
    expect((await create({ fingerprint }, { key: own })).status).toBe(200)
  }, 60_000)

  test('tells what GitHub said by a word of ours, and when to come again', async () => {
    const { fingerprint } = await fail()
    github.twist(({ method }) => (method === 'POST' ? Response.json({ message: 'a-token' }, { status: 404 }) : undefined))
    const unknown = await create({ fingerprint }, { key: adminKey })
    expect(unknown).toMatchObject({ status: 500, retry: null })
    expect(JSON.stringify(unknown.json)).toContain('GITHUB_REPO')
    github.twist(() => new Response('', { status: 429, headers: { 'Retry-After': '1' } }))
    expect(await create({ fingerprint }, { key: adminKey })).toMatchObject({ status: 503, retry: '1' })
    expect(JSON.stringify(service.lines)).not.toContain('a-token')
  })
})

type Failed = Awaited<ReturnType<typeof fail>>

test('without GITHUB_TOKEN the route and the page say so, and without ADMIN_PASSWORD a password opens nothing', async () => {
  await using bare = await startRunning()
  expect(await create({ password }, { at: bare })).toMatchObject({ status: 503, json: { error: 'GITHUB_TOKEN is not set' } })
  const browser = await setUp(bare)
  const { fingerprint } = await fail({ at: bare })
  expect(await (await browser.get(`/errors/${fingerprint}`)).text()).toContain('No issue can be opened: GITHUB_TOKEN is not set.')
  const refused = await browser.submit(`/errors/${fingerprint}`, {}, `/errors/${fingerprint}/issue`)
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('GITHUB_TOKEN is not set')])
  await using keyed = await startRunning(settingsFor(github.origin))
  expect(await create({ password: '' }, { at: keyed })).toMatchObject({ status: 503, json: { error: 'ADMIN_PASSWORD is not set' } })
})

describe('the page of a group', () => {
  async function browserOf(role: string): Promise<Browser> {
    await admin.submit('/users', { name: role, role, password: userPassword, repeat: userPassword })
    const browser = openBrowser(service)
    expect((await signIn(browser, role, userPassword)).status).toBe(303)
    return browser
  }

  test('has a button for maintainers, and the link once the issue is there', async () => {
    const { fingerprint } = await fail()
    const page = `/errors/${fingerprint}`
    const maintainer = await browserOf('maintainer')
    const viewer = await browserOf('viewer')
    expect(await (await viewer.get(page)).text()).not.toContain('/issue"')
    expect((await viewer.submit(page, {}, `${page}/issue`)).status).toBe(403)
    expect(await (await maintainer.get(page)).text()).toContain(`action="${page}/issue"`)
    expect((await maintainer.post(`${page}/issue`, {})).status).toBe(403)
    expect((await maintainer.post(`${page}/issue`, { token: 'forged' })).status).toBe(403)
    const token = tokenIn(await (await maintainer.get(page)).text())
    expect((await maintainer.post(`${page}/issue`, { token }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    const posts = github.posts().length
    const answer = await maintainer.submit(page, {}, `${page}/issue`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page])
    expect(github.posts()).toHaveLength(posts + 1)
    const url = `${github.origin}/an-owner/a-repo/issues/${github.issues.length}`
    for (const browser of [maintainer, viewer]) {
      const html = await (await browser.get(page)).text()
      expect(html).toContain(`<a href="${url}"`)
      expect(html).not.toContain('/issue"')
    }
    const audit = await (await admin.get('/audit?format=jsonl')).text()
    expect(audit).toMatch(new RegExp(`"actor":"user:[^"]+","act":"issue_create","subject":"default/${fingerprint}"`))
    expect((await maintainer.submit(page, {}, '/errors/0123456789abcdef/issue')).status).toBe(404)
  }, 60_000)

  test('says why there is none, and that the next try looks for it', async () => {
    const { fingerprint } = await fail()
    const page = `/errors/${fingerprint}`
    github.twist(({ method }) => (method === 'POST' ? new Response('', { status: 500 }) : undefined))
    const failed = await admin.submit(page, {}, `${page}/issue`)
    expect([failed.status, await failed.text()]).toEqual([502, expect.stringContaining('No issue was opened')])
    expect(await (await admin.get(page)).text()).toContain('Look for its issue')
    const early = await admin.submit(page, {}, `${page}/issue`)
    expect([early.status, Number(early.headers.get('retry-after')) > 0]).toEqual([503, true])
  })

  test('a session may use the API too, with the token of its forms', async () => {
    const { fingerprint } = await fail()
    const token = tokenIn(await (await admin.get(`/errors/${fingerprint}`)).text())
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await create({ fingerprint }, { headers: { Cookie: cookie } })).status).toBe(401)
    const elsewhere = { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' }
    expect((await create({ fingerprint, token }, { headers: elsewhere })).status).toBe(403)
    expect((await create({ fingerprint, token }, { headers: { Cookie: cookie } })).status).toBe(200)
  }, 60_000)
})

test('a wrong password is slowed like those to sign in, and too many at once are turned away', async () => {
  const tries = Array.from({ length: 24 }, () => create({ password: 'wrong' }, { headers: { 'X-Forwarded-For': '203.0.113.77' } }))
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
}, 60_000)

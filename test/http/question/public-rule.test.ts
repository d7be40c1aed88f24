import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { permissions } from '../../../src/http/guard/permission.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

const runsMin = 4
/** What no public answer may hold: in the log of a run, in its ids, or in names of which there are too few. */
const canary = {
  trace: 'canary-of-a-log',
  names: ['rarelinux', 'seldom', 'rare-method', 'gpu-model-of-one', 'community-scripts/rare-one'],
} as const
const ids: string[] = []
let service: Running
let fingerprint = ''

beforeAll(async () => {
  service = await startRunning({ PUBLIC_DASHBOARD: 'true', PUBLIC_MIN_RUNS: String(runsMin), RATE_LIMIT_RPM: '0' })
  const error = `exit_code=100 | E: Unable to locate package foo\n${canary.trace}\n${'line of a log\n'.repeat(20)}`
  const usual = { nsapp: 'docker', os_type: 'debian', os_version: '12', method: 'default', repo_source: 'ProxmoxVE', type: 'lxc' }
  const rare = {
    nsapp: 'seldom',
    os_version: 'rarelinux',
    method: 'rare-method',
    gpu_model: 'gpu-model-of-one',
    type: 'vm',
    repo_slug: 'community-scripts/rare-one',
  }
  for (let run = 0; run < 10; run++) await send({ ...usual, status: 'success', install_duration: 60 + run })
  for (let run = 0; run < runsMin; run++) await send({ ...usual, status: 'failed', exit_code: 100, error })
  for (let run = 0; run < runsMin - 1; run++)
    await send({ ...usual, ...rare, status: 'failed', exit_code: 28, error: `rare fault ${canary.trace}` })
  await service.settle()
  const page = await text('/error-analysis')
  fingerprint = /href="\/errors\/([0-9a-f]{16})/.exec(page)?.[1] ?? ''
})
afterAll(() => service[Symbol.asyncDispose]())

async function send(fields: Readonly<Record<string, unknown>>): Promise<void> {
  const [execution_id, random_id] = [crypto.randomUUID(), crypto.randomUUID()]
  ids.push(execution_id, random_id)
  const answer = await service.ask('/telemetry', { body: eventBody({ ...fields, execution_id, random_id }) })
  if (answer.status !== 202) throw new Error(`an event was answered with ${answer.status}`)
}

async function text(path: string): Promise<string> {
  const answer = await service.ask(path)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  return answer.text()
}

const routes = [
  'GET /',
  'GET /dashboard',
  'GET /script-analysis',
  'GET /scripts/:name',
  'GET /error-analysis',
  'GET /errors/:fingerprint',
  'GET /api/dashboard',
  'GET /api/scripts',
  'GET /api/errors',
  'GET /api/repo-slugs',
  'GET /api/v1/overview',
  'GET /api/v1/scripts',
  'GET /api/v1/scripts/:name',
  'GET /api/v1/errors',
  'GET /api/v1/errors/:fingerprint',
]
const pathOf = (route: string) => route.slice('GET '.length).replace(':name', 'docker').replace(':fingerprint', fingerprint)
const isPage = (route: string) => !route.startsWith('GET /api')
const isEarlier = (route: string) => route.startsWith('GET /api/') && !route.startsWith('GET /api/v1')
const isOne = (route: string) => route.includes(':')

/** Each public answer over all days and by every filter that it takes. */
function addresses(): readonly string[] {
  return routes.flatMap((route) => {
    const path = pathOf(route)
    if (isEarlier(route)) return [`${path}?days=365&repo=all`, `${path}?days=1&repo=ProxmoxVE`, `${path}?slug=community-scripts/rare-one`]
    const filters = isOne(route)
      ? []
      : ['os=debian', 'type=vm', 'type=lxc', 'script=seldom', 'method=rare-method', 'exit_code=28', 'status=failed']
    return [path, `${path}?period=all`, ...filters.map((filter) => `${path}?period=7d&${filter}`)]
  })
}

describe('PUBLIC_DASHBOARD', () => {
  test('opens overview, scripts and groups of errors, and nothing else', () => {
    const open = Object.entries(permissions).filter(([, { opens }]) => opens)
    expect(open.map(([route]) => route).sort()).toEqual([...routes].sort())
  })

  test.each(routes.map((route) => [route]))('%s answers everybody', async (route) => {
    expect((await service.ask(pathOf(route))).status).toBe(200)
  })

  test.each(routes.filter((route) => !isEarlier(route)).map((route) => [route]))('%s has fixed periods', async (route) => {
    for (const period of ['today', '7d', '30d', '90d', '365d', 'all'])
      expect([period, (await service.ask(`${pathOf(route)}?period=${period}`)).status]).toEqual([period, 200])
    for (const days of ['from=2026-01-01', 'from=2026-01-01&to=2026-01-02'])
      expect([days, (await service.ask(`${pathOf(route)}?${days}`)).status]).toEqual([days, 400])
  })

  test.each(routes.filter((route) => !isEarlier(route)).map((route) => [route]))('%s has one filter at the most', async (route) => {
    expect((await service.ask(`${pathOf(route)}?type=lxc`)).status).toBe(isOne(route) ? 400 : 200)
    expect((await service.ask(`${pathOf(route)}?type=lxc&os=debian`)).status).toBe(400)
  })

  test('names nothing of which there are too few runs, no id and nothing of a log, in no answer', async () => {
    const paths = addresses()
    expect(paths.length).toBeGreaterThan(60)
    for (const path of paths) {
      const shown = (await text(path)).replaceAll(/(?:href|value|action)="[^"]*"/g, '').replaceAll(/"filter":\{[^}]*\}/g, '') // What was asked for comes back.
      const asked = decodeURIComponent(path)
      const told = [canary.trace, ...canary.names.filter((name) => !asked.includes(name)), ...ids].filter((word) => shown.includes(word))
      expect([path, told]).toEqual([path, []])
      expect([path, /[0-9a-f]{8}-[0-9a-f]{4}-/.test(shown)]).toEqual([path, false])
    }
  })

  test('hides what is there: whoever signed in is shown all of it', async () => {
    const key = await service.makeKey('read')
    const shown = await Promise.all(
      ['/api/v1/overview?period=7d', '/api/v1/runs?limit=100', `/api/v1/runs/${ids.at(-2)}`].map(async (path) =>
        (await service.ask(path, { key })).text(),
      ),
    )
    for (const word of [canary.trace, ...canary.names, ...ids])
      expect([word, shown.some((one) => one.includes(word))]).toEqual([word, true])
  })

  test('tells nobody whether there are runs of a name that has too few', async () => {
    const [few, none] = await Promise.all(['seldom', 'nothing-like-this'].map((script) => text(`/api/v1/overview?script=${script}`)))
    expect(few?.replaceAll('seldom', 'nothing-like-this')).toBe(none ?? '')
    for (const path of ['/scripts/seldom', '/api/v1/scripts/seldom', '/scripts/other', '/api/v1/scripts/other'])
      expect([path, (await service.ask(path)).status]).toEqual([path, 404])
  })

  test('counts the rest under other, so that every list still adds up to the total', async () => {
    type Counted = { readonly value: string; readonly counts: { readonly runs: number } }
    type Answer = { readonly total: Omit<Counted, 'value'>; readonly by: Readonly<Record<string, { readonly groups: readonly Counted[] }>> }
    const { total, by } = JSON.parse(await text('/api/v1/overview?period=7d')) as Answer
    expect(total.counts.runs).toBe(10 + runsMin + runsMin - 1)
    for (const name of ['script', 'os_version', 'method', 'type']) {
      const groups = by[name]?.groups ?? []
      expect([name, groups.find(({ value }) => value === 'other')?.counts.runs]).toEqual([name, runsMin - 1])
      expect([name, groups.reduce((sum, { counts }) => sum + counts.runs, 0)]).toEqual([name, total.counts.runs])
    }
  })

  test('tells of an error its cloaked explanation and no more', async () => {
    const { errors } = JSON.parse(await text('/api/v1/errors?period=7d')) as { readonly errors: readonly { readonly title: string }[] }
    expect(errors.map(({ title }) => title)).toEqual([expect.stringContaining('Unable to locate package'), 'other'])
    for (const { title } of errors) expect(title.length).toBeLessThanOrEqual(120)
  })

  test.each(routes.filter(isPage).map((route) => [route]))('%s leads to no record and no file', async (route) => {
    expect(await text(pathOf(route))).not.toMatch(/href="\/(?:records|system|export)|name="token"/)
  })
})

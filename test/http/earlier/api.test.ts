import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { EarlierDashboard, EarlierErrors, EarlierExitCodes, EarlierScripts, EarlierSlugs } from '../../../src/http/earlier/schema.ts'
import { uuidOf } from '../../part/uuid.ts'
import { type Counted, everything, startCounted } from '../counted-service.ts'

let counted: Counted
beforeAll(async () => {
  counted = await startCounted()
})
afterAll(() => counted[Symbol.asyncDispose]())

const today = () => new Date().toISOString().slice(0, 10)

describe('GET /api/dashboard', () => {
  test('has every key of the earlier API, with its meaning, and counts runs', async () => {
    const { recent_records, error_analysis, ...answer } = await counted.get<EarlierDashboard>('/api/dashboard?repo=all', {
      schema: EarlierDashboard,
    })
    expect(answer).toEqual({
      total_installs: everything,
      total_all_time: everything,
      sample_size: everything,
      success_count: 32,
      failed_count: 14,
      aborted_count: 3,
      installing_count: 1,
      success_rate: 69.57,
      top_apps: [
        { app: 'docker', count: 40 },
        { app: 'immich', count: 7 },
        { app: "o'reilly <b>/%_x", count: 2 },
        { app: 'rare', count: 1 },
      ],
      os_distribution: [
        { os: 'debian', count: 40 },
        { os: 'ubuntu', count: 7 },
        { os: 'unknown', count: 3 },
      ],
      method_stats: [{ method: 'unknown', count: everything }],
      pve_versions: [{ version: 'unknown', count: everything }],
      type_stats: [
        { type: 'lxc', count: 48 },
        { type: 'vm', count: 2 },
      ],
      failed_apps: [
        { app: 'immich', type: 'lxc', total_count: 7, failed_count: 4, failure_rate: 57.14 },
        { app: 'docker', type: 'lxc', total_count: 40, failed_count: 10, failure_rate: 25 },
      ],
      daily_stats: [{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), success: 32, failed: 14 }],
      gpu_stats: [{ vendor: 'nvidia', passthrough: 'dgpu', count: 30 }],
      error_categories: [
        { category: 'apt', count: 10 },
        { category: 'timeout', count: 4 },
      ],
      top_tools: [],
      top_addons: [],
      avg_install_duration: 100,
      total_tools: 0,
      total_addons: 0,
      repo_slugs: [],
    })
    expect(recent_records).toHaveLength(20)
    expect(error_analysis.map(({ count, unique_apps, apps }) => [count, unique_apps, apps])).toEqual([
      [10, 1, 'docker'],
      [4, 1, 'immich'],
    ])
    expect(error_analysis[0]?.pattern).toContain('Unable to locate package')
  })

  test.each<[query: string, total: number, days: number]>([
    ['', 48, 1], // ProxmoxVE, with the runs that named no source.
    ['?repo=ProxmoxVED', 2, 1],
    ['?repo=nowhere', 0, 1],
    ["?repo=all' or 1=1 --", 0, 1],
    ['?repo=all&slug=a/b', 0, 1],
    ['?repo=all&days=7', everything, 7],
    ['?repo=all&days=7abc', everything, 7],
    ['?repo=all&days=abc', everything, 1],
    ['?repo=all&days=-3', everything, 1],
    ['?repo=all&days=0', everything, 365],
    ['?repo=all&days=366', everything, 365],
    ['?repo=all&nonsense=1', everything, 1],
  ])('%j counts %d over %d days, one entry a day', async (query, total, days) => {
    const answer = await counted.get<EarlierDashboard>(`/api/dashboard${query}`, { schema: EarlierDashboard })
    expect([answer.total_installs, answer.daily_stats.length]).toEqual([total, days])
    expect(answer.daily_stats.at(-1)?.date).toBe(today())
  })
})

describe('GET /api/scripts', () => {
  test('has a row for each script and type, with the rate that this API always had', async () => {
    const answer = await counted.get<EarlierScripts>('/api/scripts?repo=all&days=7', { schema: EarlierScripts })
    expect([answer.total_scripts, answer.total_installs, answer.recent_scripts.length]).toEqual([4, everything, everything])
    expect(answer.top_scripts.slice(0, 2)).toEqual([
      {
        ...{ app: 'docker', type: 'lxc', total: 40, success: 30, failed: 10, aborted: 0, installing: 0, success_rate: 75 },
        ...{ days_old: 7, installs_per_day: 5.71 },
      },
      {
        ...{ app: 'immich', type: 'lxc', total: 7, success: 0, failed: 4, aborted: 3, installing: 0, success_rate: 0 },
        ...{ days_old: 7, installs_per_day: 1 },
      },
    ])
    expect(answer.recent_scripts[0]).toEqual({
      ...{ app: 'rare', type: 'lxc', status: 'installing', exit_code: 0, os_type: '', os_version: '', pve_version: '', method: '' },
      created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/),
    })
  })

  test('days=0 is all time', async () => {
    const answer = await counted.get<EarlierScripts>('/api/scripts?repo=all&days=0', { schema: EarlierScripts })
    expect([answer.total_installs, answer.top_scripts[0]?.days_old]).toEqual([everything, 1])
  })
})

test.each<[query: string, days: number]>([
  ['', 30],
  ['&days=-3', 1],
  ['&days=7abc', 7],
  ['&days=junk', 30],
  ['&days=999', 365],
])('GET /api/scripts%s counts %d days', async (query, days) => {
  const { top_scripts } = await counted.get<EarlierScripts>(`/api/scripts?repo=all${query}`, { schema: EarlierScripts })
  expect(top_scripts[0]).toMatchObject({ app: 'docker', total: 40, days_old: days, installs_per_day: Math.round(4_000 / days) / 100 })
})

describe('GET /api/errors', () => {
  test('counts failed and aborted runs, with their codes, kinds and scripts', async () => {
    const { recent_errors, error_timeline, app_errors, ...answer } = await counted.get<EarlierErrors>('/api/errors?repo=all', {
      schema: EarlierErrors,
    })
    expect(answer).toEqual({
      total_errors: 17,
      total_installs: everything,
      overall_fail_rate: 34,
      exit_code_stats: [
        { exit_code: 100, count: 10, description: expect.any(String), category: 'apt', percentage: 58.82 },
        { exit_code: 28, count: 4, description: expect.any(String), category: 'timeout', percentage: 23.53 },
        { exit_code: 130, count: 3, description: expect.any(String), category: 'user_aborted', percentage: 17.65 },
      ],
      category_stats: [
        { category: 'apt', count: 10, percentage: 58.82, top_apps: 'docker' },
        { category: 'timeout', count: 4, percentage: 23.53, top_apps: 'immich' },
        { category: 'unknown', count: 3, percentage: 17.65, top_apps: 'immich' },
      ],
      stuck_installing: 0,
    })
    expect(app_errors).toEqual([
      {
        ...{ app: 'docker', type: 'lxc', total_count: 40, failed_count: 10, aborted_count: 0, failure_rate: 25 },
        ...{ top_exit_code: 100, top_error: expect.stringContaining('Unable to locate'), top_category: 'apt' },
      },
      {
        ...{ app: 'immich', type: 'lxc', total_count: 7, failed_count: 4, aborted_count: 3, failure_rate: 57.14 },
        ...{ top_exit_code: 28, top_error: expect.any(String), top_category: 'timeout' },
      },
    ])
    expect(error_timeline).toHaveLength(7)
    expect(error_timeline.at(-1)).toEqual({ date: today(), failed: 14, aborted: 3 })
    expect(recent_errors.map(({ status }) => status).toSorted()).toEqual([...Array(3).fill('aborted'), ...Array(14).fill('failed')])
    expect(JSON.stringify(recent_errors)).not.toContain('trace')
  })

  test.each<[days: string, length: number]>([
    ['0', 1],
    ['-1', 1],
    ['365', 365],
    ['999', 365],
  ])('days=%s has %d days', async (days, length) => {
    expect((await counted.get<EarlierErrors>(`/api/errors?days=${days}`)).error_timeline).toHaveLength(length)
  })
})

test.each<[path: string, times: (body: never) => readonly string[]]>([
  ['/api/dashboard', ({ recent_records }: EarlierDashboard) => recent_records.map(({ created }) => String(created))],
  ['/api/scripts', ({ recent_scripts }: EarlierScripts) => recent_scripts.map(({ created }) => created)],
  ['/api/errors', ({ recent_errors }: EarlierErrors) => recent_errors.map(({ created }) => created)],
])('the records of %s are the newest, newest first', async (path, timesOf) => {
  const times = timesOf((await counted.get(`${path}?repo=all`)) as never)
  expect(times.length).toBeGreaterThan(10)
  expect(times).toEqual(times.toSorted().toReversed())
})

describe('long lists', () => {
  const many = 25
  let key = ''
  const get = async <Answer>(path: string) => (await (await counted.service.ask(path, { key })).json()) as Answer

  beforeAll(async () => {
    const ingest = await counted.service.makeKey('ingest', { tenant: 'many' })
    key = await counted.service.makeKey('read', { tenant: 'many' })
    const lines = ['lxc', 'pve', 'addon'].flatMap((type, place) =>
      Array.from({ length: many }, (_, index) => {
        const repo_slug = type === 'lxc' && index % 5 > 0 ? `community-scripts/ProxmoxVE${index % 5 > 1 ? '' : 'D'}` : undefined
        return JSON.stringify({
          type,
          nsapp: `${type}-${index}`,
          status: 'success',
          execution_id: uuidOf(20_000 + place * many + index),
          repo_slug,
        })
      }),
    )
    expect((await counted.service.ask('/telemetry/batch', { body: lines.join('\n'), key: ingest })).status).toBe(202)
    await counted.service.settle()
  })

  test('end where they always did, and what they sum up counts everything', async () => {
    const answer = await get<EarlierDashboard>('/api/dashboard?repo=all')
    expect([answer.top_apps.length, answer.top_tools.length, answer.top_addons.length, answer.recent_records.length]).toEqual([
      20, 15, 15, 20,
    ])
    expect([answer.total_installs, answer.total_tools, answer.total_addons]).toEqual([3 * many, many, many])
    const scripts = await get<EarlierScripts>('/api/scripts?repo=all')
    expect([scripts.total_scripts, scripts.top_scripts.length]).toEqual([3 * many, 3 * many])
  })

  test('GET /api/repo-slugs has the repositories with the most runs first, and none for runs that named none', async () => {
    const [first, second] = [
      { slug: 'community-scripts/ProxmoxVE', count: 15 },
      { slug: 'community-scripts/ProxmoxVED', count: 5 },
    ]
    expect(await get<EarlierSlugs>('/api/repo-slugs?repo=all')).toEqual({ repo_slugs: [first, second] })
    expect(await get<EarlierSlugs>('/api/repo-slugs')).toEqual({ repo_slugs: [first] }) // ProxmoxVE is what is meant where no source is named.
    expect(await get<EarlierSlugs>('/api/repo-slugs?repo=external')).toEqual({ repo_slugs: [] })
    expect((await get<EarlierDashboard>('/api/dashboard?repo=all')).repo_slugs).toEqual([first, second])
    expect((await get<EarlierDashboard>(`/api/dashboard?repo=all&slug=${second.slug}`)).total_installs).toBe(5)
  })
})

describe('lists', () => {
  test('GET /api/repo-slugs is a list also without a repository', async () => {
    expect(await counted.get<EarlierSlugs>('/api/repo-slugs', { schema: EarlierSlugs })).toEqual({ repo_slugs: [] })
  })

  test('GET /api/exit-codes tells the meaning of each code', async () => {
    const codes = await counted.get<Record<string, string>>('/api/exit-codes', { schema: EarlierExitCodes, isAnonymous: true })
    expect(Object.keys(codes).length).toBeGreaterThan(150)
    expect(codes['0']).toBe('Success')
  })

  test.each(['/api/dashboard', '/api/scripts', '/api/errors', '/api/repo-slugs'])('%s has no null in an empty store', async (path) => {
    const key = await counted.service.makeKey('read', { tenant: 'nobody' })
    for (const days of ['1', '0', '30']) {
      const answer = await counted.service.ask(`${path}?days=${days}`, { key })
      expect([answer.status, (await answer.text()).includes('null')]).toEqual([200, false])
    }
  })
})

describe('everybody, where PUBLIC_DASHBOARD is on', () => {
  const open = { isAnonymous: true }

  test('sees the same keys with the same types, no record, and rare names under other', async () => {
    const dashboard = await counted.get<EarlierDashboard>('/api/dashboard?repo=all', { schema: EarlierDashboard, ...open })
    expect(dashboard.total_installs).toBe(everything)
    expect(dashboard.recent_records).toEqual([])
    expect(dashboard.top_apps).toEqual([
      { app: 'docker', count: 40 },
      { app: 'immich', count: 7 },
      { app: 'other', count: 3 },
    ])
    const errors = await counted.get<EarlierErrors>('/api/errors?repo=all', { schema: EarlierErrors, ...open })
    expect([errors.total_errors, errors.recent_errors]).toEqual([17, []])
    const scripts = await counted.get<EarlierScripts>('/api/scripts?repo=all', { schema: EarlierScripts, ...open })
    expect(scripts.recent_scripts).toEqual([])
    for (const body of [dashboard, errors, scripts]) expect(JSON.stringify(body)).not.toMatch(/rare|o'reilly/)
  })

  test('has fixed periods', async () => {
    expect((await counted.get<EarlierErrors>('/api/errors?days=8', open)).error_timeline).toHaveLength(30)
  })

  test.each(['/api/records', '/api/records/x'])('%s stays closed', async (path) => {
    expect((await counted.ask(path, open)).status).toBe(401)
  })
})

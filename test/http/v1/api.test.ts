import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { ErrorAnswer, ErrorsAnswer, OverviewAnswer, ScriptAnswer, ScriptsAnswer } from '../../../src/http/v1/schema.ts'
import { findSchemaFaults } from '../../part/schema-fault.ts'
import { uuidOf } from '../../part/uuid.ts'
import { type Counted, everything, startCounted } from '../counted-service.ts'

let counted: Counted
beforeAll(async () => {
  counted = await startCounted()
})
afterAll(() => counted[Symbol.asyncDispose]())

const rowsOf = (groups: readonly { readonly value: string; readonly counts: { readonly runs: number } }[] | undefined) =>
  Object.fromEntries((groups ?? []).map(({ value, counts }) => [value, counts.runs]))

describe('GET /api/v1/overview', () => {
  test('counts every run once, with one success rate and the days it counted', async () => {
    const answer = await counted.get<OverviewAnswer>('/api/v1/overview?period=today', { schema: OverviewAnswer })
    expect(answer.total.counts).toEqual({
      runs: everything,
      ...{ success: 32, failed: 14, aborted: 3, unknown: 0, installing: 1, validation: 0, configuring: 0 },
    })
    expect(answer.total.success_rate).toEqual({ share: Number((32 / 46).toFixed(6)), runs: 46 })
    expect(answer.previous?.counts.runs).toBe(0)
    expect(answer.range?.from).toBe(answer.range?.to as string)
    expect([answer.grain, answer.series.length]).toEqual(['hour', 24])
    expect(rowsOf(answer.by['os']?.groups)).toEqual({ debian: 40, ubuntu: 7, unknown: 3 })
    expect(rowsOf(answer.by['script']?.groups)).toEqual({ docker: 40, immich: 7, "o'reilly <b>/%_x": 2, rare: 1 })
  })

  test.each<[query: string, runs: number]>([
    ['source=ProxmoxVED', 2],
    ['type=vm', 2],
    ['os=ubuntu&status=failed', 4],
    ['script=docker&exit_code=100', 10],
    ['category=timeout', 4],
    ['period=all', everything],
    ['from=2026-01-01', everything],
    ['os=alpine', 0],
  ])('%s counts %d', async (query, runs) => {
    expect((await counted.get<OverviewAnswer>(`/api/v1/overview?${query}`, { schema: OverviewAnswer })).total.counts.runs).toBe(runs)
  })

  test('a mistyped parameter is refused with the nearest right one, and nothing of what was sent', async () => {
    const answer = await counted.ask('/api/v1/overview?statsu=canary-4711')
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({
      error: {
        code: 'parameter_invalid',
        message: 'There is no such parameter; the nearest that exists is status.',
        field: 'status',
        rule: 'nearest_to_unknown',
      },
    })
    expect([...answer.headers.values()].join()).not.toContain('canary')
  })
})

describe('GET /api/v1/scripts', () => {
  test('pages by a cursor and by the Link header, each script once', async () => {
    const names: string[] = []
    let path: string | undefined = '/api/v1/scripts?period=today&limit=1'
    for (let page = 0; path !== undefined && page < 10; page++) {
      const answer = await counted.ask(path)
      const body = (await answer.json()) as ScriptsAnswer
      expect(findSchemaFaults(ScriptsAnswer, body)).toEqual([])
      names.push(...body.scripts.map(({ value }) => value))
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
      expect(body.next !== undefined).toBe(path !== undefined)
    }
    expect(names).toEqual(['docker', 'immich', "o'reilly <b>/%_x", 'rare'])
  })

  test('finds by a part of the name, also on the next page', async () => {
    const ask = async (path: string) => {
      const answer = await counted.ask(path)
      const { distinct, scripts } = (await answer.json()) as ScriptsAnswer
      const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
      return { distinct, names: scripts.map(({ value }) => value), next }
    }
    const first = await ask('/api/v1/scripts?period=today&limit=1&app=R')
    expect([first.names, first.distinct]).toEqual([['docker'], 4])
    expect((await ask(first.next ?? '')).names).toEqual(["o'reilly <b>/%_x"])
    expect((await ask('/api/v1/scripts?app=nothing-like-it')).names).toEqual([])
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'after=x', 'after=1.', 'after=-1.eA'])('%s is refused', async (query) => {
    expect(await counted.statusOf(`/api/v1/scripts?${query}`)).toBe(400)
  })
})

describe('GET /api/v1/scripts/{name}', () => {
  test('breaks the runs of one script down', async () => {
    const answer = await counted.get<ScriptAnswer>('/api/v1/scripts/docker?period=7d', { schema: ScriptAnswer })
    expect(answer.total.counts).toMatchObject({ runs: 40, success: 30, failed: 10 })
    expect(rowsOf(answer.by['os']?.groups)).toEqual({ debian: 40 })
    expect(answer.total.durations).toMatchObject({ runs: 30, p50: expect.any(Number) })
  })

  test('finds a name with any characters', async () => {
    const name = encodeURIComponent("o'reilly <b>/%_x")
    expect((await counted.get<ScriptAnswer>(`/api/v1/scripts/${name}`, { schema: ScriptAnswer })).total.counts.runs).toBe(2)
  })

  test.each<[path: string, status: number]>([
    ['/api/v1/scripts/nobody', 404],
    ['/api/v1/scripts/theirs', 404],
    ['/api/v1/scripts/docker?script=immich', 400],
    ['/api/v1/scripts/docker?os=alpine', 200], // Known, but no run is meant.
    [`/api/v1/scripts/${'x'.repeat(200)}`, 400],
  ])('%s is %d', async (path, status) => {
    expect(await counted.statusOf(path)).toBe(status)
  })
})

describe('GET /api/v1/errors', () => {
  test('has a row for each group, with its text, and the page of each', async () => {
    const { errors } = await counted.get<ErrorsAnswer>('/api/v1/errors?period=today', { schema: ErrorsAnswer })
    expect(errors.map(({ counts, exit_codes, category }) => [counts.runs, exit_codes, category])).toEqual([
      [10, [100], 'apt'],
      [4, [28], 'timeout'],
      [3, [130], 'unknown'], // An abort names no kind of failure.,
    ])
    expect(errors[0]?.title).toContain('Unable to locate package')
    for (const { fingerprint, counts } of errors) {
      const answer = await counted.get<ErrorAnswer>(`/api/v1/errors/${fingerprint}?period=today`, { schema: ErrorAnswer })
      expect(answer.total.counts.runs).toBe(counts.runs)
    }
  })

  test.each<[path: string, status: number]>([
    ['/api/v1/errors/0000000000000000', 404],
    ['/api/v1/errors/x', 400],
  ])('%s is %d', async (path, status) => {
    expect(await counted.statusOf(path)).toBe(status)
  })
})

describe('GET /api/v1/runs', () => {
  type Runs = { readonly runs: readonly Record<string, unknown>[]; readonly older?: string; readonly newer?: string }

  test('pages by a cursor through every run once, and back', async () => {
    const seen = new Set<unknown>()
    let page = await counted.get<Runs>('/api/v1/runs?limit=20')
    for (let asked = 0; asked < 10; asked++) {
      for (const run of page.runs) seen.add(run['execution_id'])
      if (page.older === undefined) break
      page = await counted.get<Runs>(`/api/v1/runs?limit=20&after=${page.older}`)
    }
    expect(seen.size).toBe(everything)
    const back = await counted.get<Runs>(`/api/v1/runs?limit=20&before=${page.newer}`)
    expect(back.runs).toHaveLength(20)
  })

  test.each<[query: string, runs: number]>([
    ['status=failed&os=debian', 10],
    ['app=mmi', 7],
    ['repaired=no&limit=100', everything],
    ['cloaked=yes', 0],
    ['category=timeout&type=lxc', 4],
  ])('%s finds %d', async (query, runs) => {
    expect((await counted.get<Runs>(`/api/v1/runs?limit=100&${query.replace('&limit=100', '')}`)).runs).toHaveLength(runs)
  })

  test.each(['repaired=maybe', 'limit=1000', 'sort=runs'])('%s is refused', async (query) => {
    expect(await counted.statusOf(`/api/v1/runs?${query}`)).toBe(400)
  })

  test('the Link header keeps the whole question', async () => {
    const answer = await counted.ask('/api/v1/runs?limit=5&app=dock&status=success')
    const path = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? ''
    const { runs } = await counted.get<Runs>(path)
    expect(runs.map(({ nsapp, status }) => [nsapp, status])).toEqual(Array(5).fill(['docker', 'success']))
  })

  test('one run is what /api/records shows of it', async () => {
    const path = uuidOf(1)
    expect(await counted.get(`/api/v1/runs/${path}`)).toEqual(await counted.get(`/api/records/${path}`))
    expect(await counted.statusOf(`/api/v1/runs/${uuidOf(4_711)}`)).toBe(404)
  })
})

describe('everybody, where PUBLIC_DASHBOARD is on', () => {
  test('sees sums, and names only of what has runs enough', async () => {
    const answer = await counted.get<OverviewAnswer>('/api/v1/overview?period=today', { schema: OverviewAnswer, isAnonymous: true })
    expect(answer.total.counts.runs).toBe(everything)
    expect(rowsOf(answer.by['script']?.groups)).toEqual({ docker: 40, immich: 7, other: 3 })
    expect(JSON.stringify(answer)).not.toContain('rare')
  })

  test.each<[path: string, status: number]>([
    ['/api/v1/overview?source=ProxmoxVED', 200],
    ['/api/v1/overview?from=2026-01-01', 400],
    ['/api/v1/overview?os=debian&type=lxc', 400],
    ['/api/v1/scripts?period=today', 200],
    ['/api/v1/scripts/docker', 200],
    ['/api/v1/scripts/docker?os=debian', 400],
    ['/api/v1/scripts/rare', 404],
    ['/api/v1/scripts/other', 404],
    ['/api/v1/errors', 200],
    ['/api/v1/runs', 401],
    [`/api/v1/runs/${uuidOf(1)}`, 401],
    ['/export/runs.csv', 401],
    ['/export/scripts.csv', 401],
  ])('%s is %d', async (path, status) => {
    expect((await counted.ask(path, { isAnonymous: true })).status).toBe(status)
  })

  test('a filter that leaves too few runs leaves none', async () => {
    const answer = await counted.get<OverviewAnswer>('/api/v1/overview?period=today&source=ProxmoxVED', {
      schema: OverviewAnswer,
      isAnonymous: true,
    })
    expect(answer.total.counts.runs).toBe(0)
    expect(answer.series.every(({ counts }) => counts.runs === 0)).toBe(true)
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

/** Rare scripts beyond what any list of an answer has room for, and some that are named. */
const rare = 60
const named = { docker: 40, immich: 4 } as const
const everything = rare + 40 + 4

let service: Running
beforeAll(async () => {
  service = await startRunning({ PUBLIC_DASHBOARD: 'true', INGEST_KEY_RPM: '0' })
  const key = await service.makeKey('ingest')
  const names = [
    ...Array.from({ length: rare }, (_, index) => `rare-${index}`),
    ...Object.entries(named).flatMap(([name, runs]) => Array.from({ length: runs }, () => name)),
  ]
  const hour = 3_600_000
  const body = names.map((nsapp, index) =>
    eventBody({
      nsapp,
      method: nsapp,
      status: 'success',
      install_duration: 60,
      at: new Date(Date.now() - (index % 9) * hour).toISOString(),
    }),
  )
  expect((await service.ask('/telemetry/batch', { body: body.join('\n'), key })).status).toBe(202)
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

const get = async (path: string) => {
  const answer = await service.ask(path)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}
const json = async (path: string) => JSON.parse(await get(path))

describe('without a sign-in', () => {
  test('other is one number, whoever is asked', async () => {
    const scripts = await json('/api/v1/scripts?period=7d')
    const overview = await json('/api/v1/overview?period=7d')
    const dashboard = await json('/api/dashboard?days=7')
    const earlier = await json('/api/scripts?days=7')
    const otherIn = (groups: { value: string; counts: { runs: number } }[]) => groups.find(({ value }) => value === 'other')?.counts.runs
    expect([
      otherIn(scripts.scripts),
      otherIn(overview.by.script.groups),
      dashboard.top_apps.find(({ app }: { app: string }) => app === 'other').count,
      earlier.top_scripts.find(({ app }: { app: string }) => app === 'other').total,
    ]).toEqual([rare, rare, rare, rare])
    expect([scripts.distinct, overview.by.script.distinct, overview.by.script.rest.runs, earlier.total_scripts]).toEqual([2, 2, 0, 2])
    expect(dashboard.method_stats.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(everything)
  })

  test('pages say why, and have no more than that', async () => {
    const page = await get('/script-analysis?period=7d')
    expect(page).toContain('<h2>2 scripts</h2>')
    expect(page).toContain(`Not in the table: ${rare} runs of other scripts, each with too few to be named without a sign-in.`)
    const overview = await get('/dashboard?period=7d')
    expect(overview).toContain('other (too few runs)')
    expect(overview).not.toMatch(/\d+ more<|rare-\d|other \(folded\)/)
  })

  test('no bucket of time tells of fewer runs than may be named', async () => {
    for (const path of ['/api/v1/scripts/immich?period=today', '/api/v1/scripts/immich?period=7d', '/api/v1/overview?period=7d']) {
      const { series } = await json(path)
      const few = series.filter(({ counts }: { counts: { runs: number } }) => counts.runs > 0 && counts.runs < 3)
      expect([path, few]).toEqual([path, []])
    }
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

let service: Running
let read: string
const uuid = (last: number) => `0190a5f3-7c1e-4b7a-8c1d-0a5d9e7f${String(last).padStart(4, '0')}`

const runs = [
  {
    execution_id: uuid(1),
    random_id: uuid(100),
    nsapp: 'docker',
    status: 'success',
    os_type: 'debian',
    repo_source: 'ProxmoxVE',
    disk_size: 8,
  },
  { execution_id: uuid(2), random_id: uuid(100), nsapp: "o'reilly %_x", status: 'failed', exit_code: 28, os_type: 'ubuntu', type: 'vm' },
  { execution_id: uuid(3), random_id: uuid(100), nsapp: 'dockge', status: 'aborted', exit_code: 130, repo_source: 'external' },
  { execution_id: uuid(4), nsapp: 'adguard', status: 'installing', repo_source: 'ProxmoxVED', type: 'tool' },
  { random_id: 'tool-1767225600', execution_id: 'tool-1767225600', nsapp: 'netdata', status: 'failed', exit_code: 7, type: 'addon' },
  { random_id: 'my own id', nsapp: 'homepage', status: 'success' },
]

beforeAll(async () => {
  service = await startRunning()
  read = await service.makeKey('read')
  const lines = runs.map((run) => JSON.stringify({ type: 'lxc', ...run }))
  expect((await service.ask('/telemetry/batch', { body: lines.join('\n') })).status).toBe(202)
  const other = await service.makeKey('ingest', { tenant: 'other' })
  await service.ask('/telemetry', { body: eventBody({ execution_id: uuid(9), random_id: uuid(100), nsapp: 'theirs' }), key: other })
  await service.ask('/telemetry', { body: eventBody({ execution_id: uuid(1), nsapp: 'theirs too' }), key: other })
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

type Page = {
  readonly records: readonly Record<string, unknown>[]
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly total_pages: number
}

async function list(query: string, key = read): Promise<Page> {
  const answer = await service.ask(`/api/records${query}`, { key })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Page
}

const namesOf = (page: Page) => page.records.map(({ nsapp }) => nsapp)
const everything = 6

describe('GET /api/records', () => {
  test.each<[query: string, total: number]>([
    ['?repo=all', everything],
    ['', 4], // ProxmoxVE, with the runs that named no source.
    ['?repo=', 4],
    ['?repo=ProxmoxVED', 1],
    ['?repo=external', 1],
    ['?repo=nowhere', 0],
    ["?repo=all' OR 1=1 --", 0],
    ['?repo=all&status=failed', 1], // The add-on's failure reads as a success.
    ['?repo=all&status=success', 3],
    ['?repo=all&status=aborted', 1],
    ['?repo=all&status=installing', 1],
    ['?repo=all&status=nonsense', 0],
    ["?repo=all&status=failed'--", 0],
    ['?repo=all&app=dock', 2],
    ['?repo=all&search=dock', 2],
    ['?repo=all&app=%25', 1], // A per cent sign stands for itself.
    ['?repo=all&app=_', 1],
    ["?repo=all&app=o'reilly", 1],
    ["?repo=all&app='; DROP TABLE run; --", 0],
    ['?repo=all&app=%5C', 0],
    ['?repo=all&os=debian', 1],
    ['?repo=all&os=deb', 0],
    ['?repo=all&type=vm', 1],
    ['?repo=all&type=VM', 0],
    ['?repo=all&slug=a/b', 0],
    ['?repo=all&days=0', everything],
    ['?repo=all&days=366', everything],
    ['?repo=all&days=-3', everything],
    ['?repo=all&days=7abc', everything],
    ['?repo=all&tenant=other', everything],
  ])('%s finds %d', async (query, total) => {
    const page = await list(query)
    expect(page.total).toBe(total)
    expect(page.records).toHaveLength(total)
    expect(namesOf(page)).not.toContain('theirs')
  })

  test.each<[query: string, page: number, limit: number, pages: number, shown: number]>([
    ['?repo=all', 1, 50, 1, everything],
    ['?repo=all&limit=2', 1, 2, 3, 2],
    ['?repo=all&limit=4&page=2', 2, 4, 2, 2],
    ['?repo=all&limit=4&page=3', 3, 4, 2, 0],
    ['?repo=all&limit=0', 1, 50, 1, everything],
    ['?repo=all&limit=-1', 1, 50, 1, everything],
    ['?repo=all&limit=1000', 1, 100, 1, everything],
    ['?repo=all&limit=abc&page=abc', 1, 50, 1, everything],
    ['?repo=all&page=0', 1, 50, 1, everything],
    ['?repo=all&page=999999999', 999_999_999, 50, 1, 0],
    ['?repo=all&page=99999999999999999999', 999_999_999, 50, 1, 0],
    ['?repo=all&limit=2;page=1', 1, 2, 3, 2],
  ])('%s is page %d of %d', async (query, page, limit, pages, shown) => {
    const found = await list(query)
    expect(found).toMatchObject({ page, limit, total_pages: pages })
    expect(found.records).toHaveLength(shown)
  })

  test.each<[sort: string, names: readonly string[]]>([
    ['nsapp', ['adguard', 'docker', 'dockge', 'homepage', 'netdata', "o'reilly %_x"]],
    ['-nsapp', ["o'reilly %_x", 'netdata', 'homepage', 'dockge', 'docker', 'adguard']],
    ['-exit_code', ['dockge', "o'reilly %_x"]],
    ['-type', ["o'reilly %_x", 'adguard']],
    ['-os_type', ["o'reilly %_x", 'docker']],
    ['method', []],
    ['created', ['docker', "o'reilly %_x"]],
    ['-created', ['homepage', 'netdata']],
    ['status', ['dockge', "o'reilly %_x", 'adguard']],
  ])('sort=%s', async (sort, names) => {
    expect(namesOf(await list(`?repo=all&sort=${sort}`)).slice(0, names.length)).toEqual([...names])
  })

  test.each(['created; DROP TABLE run', 'tenant', '-', '--created', 'nsapp,created', ''])('sort=%j is no sort', async (sort) => {
    expect(namesOf(await list(`?repo=all&sort=${encodeURIComponent(sort)}`))).toEqual(namesOf(await list('?repo=all&sort=-created')))
  })

  test('a record has the keys of the earlier API, and no other', async () => {
    const { records } = await list('?app=docker')
    expect(records).toEqual([
      {
        random_id: uuid(100),
        execution_id: uuid(1),
        type: 'lxc',
        nsapp: 'docker',
        status: 'success',
        disk_size: 8,
        os_type: 'debian',
        gpu_vendor: 'unknown',
        gpu_passthrough: 'unknown',
        cpu_vendor: 'unknown',
        repo_source: 'ProxmoxVE',
        pipeline: expect.stringMatching(/^\[\{"s":"success","t":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z"\}\]$/),
        created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ])
  })

  test('P23 shows each tenant its own runs', async () => {
    const theirs = await service.makeKey('read', { tenant: 'other' })
    expect(namesOf(await list('?sort=nsapp', theirs))).toEqual(['theirs', 'theirs too'])
    expect(namesOf(await list('', await service.makeKey('read', { tenant: 'nobody' })))).toEqual([])
  })
})

describe('GET /api/records/{id}', () => {
  test.each<[name: string, id: string, nsapp: string, others: number]>([
    ['an execution id gives its run', uuid(1), 'docker', 0],
    ['an execution id in capitals too', uuid(1).toUpperCase(), 'docker', 0],
    ['a random id gives the newest of its runs, with the others', uuid(100), 'dockge', 2],
    ['the id of a tool', 'tool-1767225600', 'netdata', 0],
    ['an id that is stored as a hash', 'my own id', 'homepage', 0],
  ])('%s', async (_, id, nsapp, others) => {
    const answer = await service.ask(`/api/records/${encodeURIComponent(id)}`, { key: read })
    expect(answer.status).toBe(200)
    const detail = (await answer.json()) as { record: { nsapp: string; random_id: string }; others: unknown[] }
    expect(detail.record.nsapp).toBe(nsapp)
    expect(detail.others).toHaveLength(others)
    if (id !== 'my own id') return
    const again = await service.ask(`/api/records/${detail.record.random_id}`, { key: read })
    expect(((await again.json()) as typeof detail).record.nsapp).toBe(nsapp)
  })

  test('tells stages, repairs, rules, the state of PocketBase and what was excused', async () => {
    const answer = await service.ask('/api/records/tool-1767225600', { key: read })
    expect(await answer.json()).toMatchObject({
      record: { status: 'success', type: 'addon' },
      excused: true,
      stuck: false,
      repo_source_assumed: true,
      reported: { status: 'failed', exit_code: 7, error_category: 'network' },
      stages: [{ stage: 'terminal', first: expect.any(String), last: expect.any(String) }],
      repaired: ['error:from_exit_code'],
      cloaked: [],
      pocketbase: { state: 'off' },
      others: [],
    })
  })

  test.each([
    ['an unknown id', uuid(4_444)],
    ['another tenant’s run', uuid(9)],
    ['a text', 'nothing'],
    ['SQL', "' OR 1=1 --"],
    ['a path', '../../etc/passwd'],
    ['a broken escape', '%ZZ'],
    ['a huge id', 'x'.repeat(4_000)],
    ['a NUL', '%00'],
  ])('%s is not found', async (_, id) => {
    const answer = await service.ask(`/api/records/${id.startsWith('%') ? id : encodeURIComponent(id)}`, { key: read })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: { code: 'not_found', message: 'not found', field: 'id', rule: 'unknown' } })
  })
})

describe('P23 who may read', () => {
  test.each(['/api/records', `/api/records/${uuid(1)}`])('%s asks for a read key', async (path) => {
    const [ingest, admin, short] = [
      await service.makeKey('ingest'),
      await service.makeKey('admin'),
      await service.makeKey('read', { expiresAt: Date.now() + 60_000 }),
    ]
    const tell = async (headers: Readonly<Record<string, string>>) => {
      const answer = await service.ask(path, { headers })
      const body = (await answer.json()) as { error?: { code: string; rule: string } }
      return [answer.status, body.error?.rule, answer.headers.get('www-authenticate')]
    }
    expect(await tell({})).toEqual([401, 'key_missing', 'Bearer'])
    expect(await tell({ Authorization: 'Basic dGVzdDp0ZXN0' })).toEqual([401, 'key_missing', 'Bearer'])
    expect(await tell({ Authorization: 'Bearer nonsense' })).toEqual([401, 'key_unknown', 'Bearer'])
    expect(await tell({ Authorization: `Bearer ${read.slice(0, -1)}x` })).toEqual([401, 'key_unknown', 'Bearer'])
    expect(await tell({ Authorization: `Bearer ${ingest}` })).toEqual([403, 'scope_missing', null])
    expect((await tell({ Authorization: `Bearer ${admin}` }))[0]).toBe(200)
    expect((await tell({ Authorization: `bearer  ${short}` }))[0]).toBe(200)
    await service.revokeKey(short)
    expect(await tell({ Authorization: `Bearer ${short}` })).toEqual([401, 'key_revoked', 'Bearer'])
  })

  test('a key in the query opens nothing', async () => {
    expect((await service.ask(`/api/records?key=${read}&authorization=Bearer%20${read}`)).status).toBe(401)
  })
})

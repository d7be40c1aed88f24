import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { once } from 'node:events'
import { connect } from 'node:net'
import { silentLog } from '../../../src/base/log.ts'
import { exportRoute } from '../../../src/http/export/export.ts'
import { createExportSeats, exportsMax } from '../../../src/http/export/stream.ts'
import type { AsyncReader } from '../../../src/http/question/analyst.ts'
import { type Listening, listen } from '../../../src/http/server.ts'
import type { StoreReader } from '../../../src/store/reader-port.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { fakeClock } from '../../fake-clock.ts'
import { readCsv } from '../../part/csv-reader.ts'
import { requestText } from '../../part/raw.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { keyOf, stateOf } from '../../store/run-fixture.ts'
import { until } from '../../wait.ts'

const clock = fakeClock('2026-03-02T12:00:00Z')
const runs = 20_000
const hostile = [
  '=HYPERLINK("http://a.example")',
  '+1',
  '-1',
  '@SUM(A1)',
  'one, "two"',
  'a\u202eb',
  '<script>alert(1)</script>',
  "o'reilly; --",
]
const nameOf = (n: number) => hostile[n % hostile.length] ?? ''

let folder: ReturnType<typeof temporaryFolder>
let store: StoreReader
let listening: Listening
/** Pages that the export asked the store for. */
let asked = 0

beforeAll(() => {
  folder = temporaryFolder()
  const writer = openStoreWriter(folder.file('store.db'))
  const batch = 5_000
  for (let first = 0; first < runs; first += batch) {
    const deltas = Array.from({ length: batch }, (_, index) => {
      const n = first + index
      const failed = { status: 'failed', exitCode: 100, error: nameOf(n + 1) } as const
      return { tenant: 'default', key: keyOf(n), after: stateOf({ at: clock.now() - n, nsapp: nameOf(n), ...(n % 4 === 0 && failed) }) }
    })
    writer.apply('test', first + batch, deltas)
  }
  writer.close()
  store = openStoreReader(folder.file('store.db'))
  listening = serve(store)
})
afterAll(async () => {
  await listening.stop()
  store.close()
  folder[Symbol.dispose]()
})

function serve(reader: Pick<StoreReader, 'analyse' | 'errorGroups' | 'runList'>): Listening {
  const later = {
    analyse: async (query) => reader.analyse(query),
    errorGroups: async (tenant, fingerprints) => reader.errorGroups(tenant, fingerprints),
    runList: async (query) => {
      asked += 1
      return reader.runList(query)
    },
  } satisfies Partial<AsyncReader>
  const principal = { kind: 'key', keyId: 'abc', name: 'abc', scope: 'read', tenant: 'default' } as const
  return listen({
    address: { host: '127.0.0.1', port: 0 },
    addressSetting: 'LISTEN_ADDR',
    routes: [
      exportRoute({
        reader: later,
        clock,
        publicRunsMin: 3,
        sealedDay: () => undefined,
        exportSeats: createExportSeats(),
        errorStates: { muted: () => [] },
        noteExport: () => undefined,
      }),
    ],
    guardOf: () => () => ({ ok: true, value: principal }),
    log: silentLog,
    logsRequests: false,
  })
}

const askFor = (port: number, path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
const get = (path: string, init?: RequestInit) => askFor(listening.port, path, init)

describe('an export of 20,000 runs', () => {
  test('has a row for each, whatever the names are, and no formula', async () => {
    const answer = await get('/export/runs.csv?period=all')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="runs-2026-03-02.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const [head = [], ...rows] = readCsv(await answer.text())
    expect(rows).toHaveLength(runs)
    expect(rows).toHaveLength(store.countRuns({ tenant: 'default', filter: {} }))
    expect(rows.every((row) => row.length === head.length)).toBe(true)
    const names = rows.map((row) => row[head.indexOf('nsapp')])
    expect(names).toEqual(Array.from({ length: runs }, (_, n) => nameOf(n).replace(/^[=+\-@]/, "'$&")))
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  })

  test('is one array, or one object a line, with the same rows', async () => {
    const array = (await (await get('/export/runs.json?period=all')).json()) as readonly Record<string, unknown>[]
    const lines = (await (await get('/export/runs.jsonl?period=all')).text()).trimEnd().split('\n')
    expect(array.map(({ nsapp }) => nsapp)).toEqual(Array.from({ length: runs }, (_, n) => nameOf(n)))
    expect(lines.map((line) => JSON.parse(line))).toEqual([...array])
  })

  test('has the whole filter of its list', async () => {
    const query = '?period=all&status=failed&script=%2B1'
    const rows = (await (await get(`/export/runs.json${query}`)).json()) as readonly Record<string, unknown>[]
    const count = store.countRuns({ tenant: 'default', filter: { status: 'failed', script: '+1' } })
    expect(rows).toHaveLength(count)
    expect(rows.every(({ status, nsapp }) => status === 'failed' && nsapp === '+1')).toBe(true)
  })
})

describe('an export that has no end', () => {
  /** More than the buffers of a connection hold, in pages of 100 runs. */
  const heldMax = 400

  test('holds a few pages however much was sent, waits for its client, and ends when that is gone', async () => {
    const endless = serveEndless()
    asked = 0
    const client = await readSlowly(endless.port, '/export/runs.jsonl?period=all')
    expect(await settled()).toBeLessThan(heldMax)

    for (const pages of [200, 400]) {
      await client.take(pages * 100)
      expect(asked).toBeGreaterThanOrEqual(pages)
      expect(asked - client.rows() / 100).toBeLessThan(heldMax)
    }
    const whenStalled = await settled()
    expect(whenStalled - client.rows() / 100).toBeLessThan(heldMax)

    client.leave()
    const whenLeft = await settled()
    expect(whenLeft - whenStalled).toBeLessThan(heldMax)
    await endless.stop()
  })
})

describe('more exports than may run at a time', () => {
  test('are told when to come again, and run once a client of another one left', async () => {
    const endless = serveEndless()
    const clients = await Promise.all(Array.from({ length: exportsMax }, () => readSlowly(endless.port, '/export/runs.jsonl?period=all')))
    for (const client of clients) await client.take(100)
    for (const path of ['/export/runs.json', '/export/overview.csv']) {
      const refused = await askFor(endless.port, path)
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await refused.json()).toEqual({
        error: { code: 'too_busy', message: 'server busy', field: 'export', rule: 'too_many_at_once' },
      })
    }
    const [first, ...others] = clients
    first?.leave()
    await until(async () => (await askFor(endless.port, '/export/scripts.csv')).status === 200, 'a place is free')
    for (const client of others) client.leave()
    await endless.stop()
  })

  test('do not count those that ended, were refused or only named', async () => {
    for (let asked = 0; asked <= exportsMax; asked++) {
      expect((await get('/export/runs.csv?statsu=failed')).status).toBe(400)
      expect((await get('/export/runs.csv', { method: 'HEAD' })).status).toBe(200)
    }
    for (let asked = 0; asked <= exportsMax; asked++) expect(await (await get('/export/scripts.csv')).text()).toContain('script,runs')
  })
})

/** A service whose list of runs has no end. */
function serveEndless(): Listening {
  return serve({
    analyse: (query) => store.analyse(query),
    errorGroups: (tenant, fingerprints) => store.errorGroups(tenant, fingerprints),
    runList: (query) => ({ older: 'the newest again', ...store.runList(query) }), // What is no cursor begins anew.
  })
}

/** A client that takes so many rows and then no byte more. */
async function readSlowly(port: number, path: string) {
  let rows = 0
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined) // It leaves in the middle.
  socket.on('data', (bytes: Buffer) => {
    rows += bytes.filter((byte) => byte === newline).length
  })
  socket.pause()
  await once(socket, 'connect')
  socket.write(requestText(`GET ${path}`))

  async function take(least: number): Promise<void> {
    socket.resume()
    await until(() => rows >= least, `${least} rows`)
    socket.pause()
  }

  return { take, rows: () => rows, leave: () => socket.destroy() }
}

const newline = 10

/** Pages asked for, once no more are. */
async function settled(): Promise<number> {
  let before = -1
  let looks = 0
  await until(() => {
    looks = asked === before ? looks + 1 : 0
    before = asked
    return looks > 20
  }, 'the export stands still')
  return asked
}

describe('sums', () => {
  test.each<[file: string, column: string]>([
    ['scripts', 'script'],
    ['errors', 'fingerprint'],
    ['overview', 'by'],
  ])('%s have a row for each group', async (list, column) => {
    const rows = (await (await get(`/export/${list}.json?period=all`)).json()) as readonly Record<string, unknown>[]
    const [head] = readCsv(await (await get(`/export/${list}.csv?period=all`)).text())
    expect(head?.[0]).toBe(column)
    expect(rows.length).toBeGreaterThan(0)
    const scripts = rows.filter((row) => list !== 'overview' || row['by'] === 'script')
    const sum = scripts.reduce((all, row) => all + Number(row['runs']), 0)
    expect(sum).toBe(list === 'errors' ? runs / 4 : runs)
  })
})

test.each<[path: string, status: number]>([
  ['/export/runs.xml', 404],
  ['/export/runs', 404],
  ['/export/runs.csv.csv', 404],
  ['/export/traces.csv', 404],
  ['/export/runs.csv?statsu=failed', 400],
  ['/export/scripts.csv?period=7', 400],
  ['/export/runs.csv?sort=created', 400],
  ['/export/runs.csv?limit=5', 400],
  ['/export/runs.csv?state=muted', 400],
  ['/export/errors.csv?state=shut', 400],
  ['/export/errors.csv?format=jsonl', 400],
  ['/export/scripts.csv?sort=-size', 400],
  ['/export/runs.csv?after=1.1', 200],
  ['/export/scripts.csv?sort=-last&page=2', 200],
])('%s is %d', async (path, status) => {
  const answer = await get(path)
  expect(answer.status).toBe(status)
  await answer.body?.cancel()
})

test('HEAD names the file and reads nothing', async () => {
  const answer = await get('/export/runs.csv', { method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-disposition'), await answer.text()]).toEqual([
    200,
    'attachment; filename="runs-2026-03-02.csv"',
    '',
  ])
})

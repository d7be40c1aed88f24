import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

let service: Running
beforeAll(async () => {
  service = await startRunning({ ENABLE_REQUEST_LOGGING: 'false' })
  await service.ask('/telemetry', { body: eventBody() })
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

const files = ['journal.db', 'journal.db-wal', 'store.db', 'store.db-wal', 'access.db', 'access.db-wal']

/** Everything that an event could change: the bytes of each file, rows, counters, log lines. */
async function snapshot() {
  const held = files.map((file) => {
    const path = join(service.folder, file)
    return [file, statSync(path).size, Bun.hash(readFileSync(path)).toString(16)]
  })
  using journal = new Database(join(service.folder, 'journal.db'), { readonly: true })
  using store = new Database(join(service.folder, 'store.db'), { readonly: true })
  const rows = [journal.query('SELECT count(*) AS n FROM entry_group').get(), store.query('SELECT count(*) AS n FROM run').get()]
  const metrics = (await (await service.ask('/metrics')).text())
    .split('\n')
    .filter((line) => /^telemetry_(events|unknown|ingest|journal)/.test(line))
  return { held, rows, metrics, lines: service.lines.length }
}

const secretBody = eventBody({
  nsapp: 'mia@canary-host.de',
  random_id: 'canary-host',
  status: 'failed',
  exit_code: 9,
  disk_size: '8G',
  colour: 'canary',
})

describe('dry_run stores nothing anywhere', () => {
  test.each([
    ['one event', '/telemetry?dry_run=1', secretBody, 200],
    ['one event, said in another way', '/telemetry?x=1&dry_run', secretBody, 200],
    ['one event, with true', '/telemetry?dry_run=TRUE', secretBody, 200],
    ['one refused', '/telemetry?dry_run=1', '{"nsapp":"canary"}', 400],
    ['a batch', '/telemetry/batch?dry_run=1', `${secretBody}\ncanary\n${eventBody()}`, 200],
  ])('%s', async (_, path, body, status) => {
    const before = await snapshot()
    const answer = await service.ask(path, { body })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const text = await answer.text()
    expect(text).not.toMatch(/canary|h-[a-z2-7]{26}/)
    if (status === 200) expect(text).toContain('"repaired":["disk_size:unit","error:from_exit_code"],"cloaked":["email"],"unknown_keys":1')
    expect(await snapshot()).toEqual(before)
  })

  test.each(['/telemetry?dry_run=0', '/telemetry?dry_run=false', '/telemetry?dry=1'])('%s is no dry run', async (path) => {
    const answer = await service.ask(path, { body: eventBody() })
    expect([answer.status, await answer.text()]).toEqual([202, 'accepted'])
  })

  test('of a batch answers for each item', async () => {
    const answer = await service.ask('/telemetry/batch?dry_run=1', { body: `${eventBody({ type: 'VM' })}\nbroken` })
    expect(await answer.json()).toMatchObject({
      items: [
        {
          index: 0,
          status: 200,
          would_store: { type: 'vm', nsapp: 'docker' },
          repaired: ['type:letter_case'],
          cloaked: [],
          unknown_keys: 0,
        },
        { index: 1, status: 400, field: 'body', rule: 'not_json' },
      ],
    })
  })
})

test('what is refused of a dry run is refused in JSON, wherever: at the key, the size, the packing, the body', async () => {
  const packed = { 'Content-Encoding': 'gzip' }
  const cases = [
    [{ body: eventBody(), key: 'ts_ingest_nokey' }, 401, 'key_required'],
    [{ body: eventBody({ error: 'x'.repeat(300_000) }) }, 400, 'body_too_large'],
    [{ body: 'not packed', headers: packed }, 400, 'body_unreadable'],
    [{ body: Bun.gzipSync(eventBody({ error: 'x'.repeat(300_000) })), headers: packed }, 400, 'body_too_large'],
    [{ body: 'nonsense' }, 400, 'json_undecodable'],
  ] as const
  for (const [asking, status, code] of cases) {
    const answer = await service.ask('/telemetry?dry_run=1', asking)
    expect([answer.status, answer.headers.get('cache-control'), await answer.json()]).toMatchObject([
      status,
      'no-store',
      { error: { code } },
    ])
    expect((await service.ask('/telemetry', asking)).headers.get('content-type')).toStartWith('text/plain')
  }
})

test('a text that comes as a number is taken as what the number is', async () => {
  const answer = await service.ask('/telemetry?dry_run=1', { body: eventBody().replace('{', '{"os_version":12.10,') })
  expect(await answer.json()).toMatchObject({ would_store: { os_version: '12.1' } })
})

test('a dry run is limited like an event, and says so in JSON', async () => {
  await using limited = await startRunning({ RATE_LIMIT_RPM: '60', RATE_BURST: '2' })
  const statuses = []
  for (let index = 0; index < 3; index += 1) statuses.push((await limited.ask('/telemetry?dry_run=1', { body: eventBody() })).status)
  expect(statuses).toEqual([200, 200, 429])
  const refused = { error: { code: 'rate_limited' } }
  expect(await (await limited.ask('/telemetry?dry_run=1', { body: eventBody() })).json()).toMatchObject(refused)
  expect((await limited.ask('/telemetry/batch?dry_run=1', { body: eventBody() })).status).toBe(429)
})

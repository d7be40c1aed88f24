import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { until } from '../../wait.ts'

let service: Running
beforeAll(async () => {
  service = await startRunning({ MAX_BODY_BYTES: '4096', MAX_BATCH_BYTES: '65536' })
})
afterAll(() => service[Symbol.asyncDispose]())

const good = () => eventBody()

describe('POST /telemetry/batch', () => {
  test.each<[name: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>, status: number, content: unknown]>([
    [
      'lines, all good',
      `${good()}\n${good()}\n`,
      {},
      202,
      {
        accepted: 2,
        refused: 0,
        items: [
          { index: 0, status: 202 },
          { index: 1, status: 202 },
        ],
      },
    ],
    ['an array, all good', `[${good()},${good()}]`, {}, 202, { accepted: 2, refused: 0 }],
    ['one item', good(), {}, 202, { accepted: 1, refused: 0, items: [{ index: 0, status: 202 }] }],
    ['gzip', gzipSync(`${good()}\r\n\r\n${good()}`), { 'Content-Encoding': 'gzip' }, 202, { accepted: 2, refused: 0 }],
    [
      'good and broken lines',
      `${good()}\n{"nsapp":\n${good()}\n{"random_id":"a","nsapp":"b","status":"failed","type":"x"}`,
      {},
      207,
      {
        accepted: 2,
        refused: 2,
        items: [
          { index: 0, status: 202 },
          { index: 1, status: 400, field: 'body', rule: 'not_json' },
          { index: 2, status: 202 },
          { index: 3, status: 400, field: 'type', rule: 'unknown_value' },
        ],
      },
    ],
    [
      'broken lines alone',
      'a\nb',
      {},
      400,
      {
        accepted: 0,
        refused: 2,
        items: [
          { index: 0, status: 400 },
          { index: 1, status: 400 },
        ],
      },
    ],
    ['an array of anything', `[1,"a",null,[],${good()}]`, {}, 207, { accepted: 1, refused: 4 }],
    ['nothing', '', {}, 400, { error: { code: 'json_undecodable', message: 'invalid json', field: 'body', rule: 'empty' } }],
    ['an empty array', '[]', {}, 400, { error: { code: 'json_undecodable', field: 'body', rule: 'empty' } }],
    [
      'an array with a broken element',
      `[${good()},{bad json},${good()}]`,
      {},
      207,
      {
        accepted: 2,
        refused: 1,
        items: [{ status: 202 }, { index: 1, status: 400, field: 'body', rule: 'not_json' }, { index: 2, status: 202 }],
      },
    ],
    [
      'half an array',
      `[${good()},${good().slice(0, 50)}`,
      {},
      207,
      {
        accepted: 1,
        refused: 1,
        items: [
          { index: 0, status: 202 },
          { index: 1, status: 400, field: 'body', rule: 'truncated' },
        ],
      },
    ],
    ['nothing of an array but its beginning', '[', {}, 400, { accepted: 0, refused: 1, items: [{ index: 0, rule: 'truncated' }] }],
    [
      'a body over the cap',
      `${good()}\n`.repeat(1_000),
      {},
      400,
      { error: { code: 'body_too_large', message: 'invalid body', field: 'body', rule: 'too_large' } },
    ],
    [
      'gzip over the cap',
      gzipSync(`${good()}\n`.repeat(1_000)),
      { 'Content-Encoding': 'gzip' },
      400,
      { error: { code: 'body_too_large' } },
    ],
    ['broken gzip', good(), { 'Content-Encoding': 'gzip' }, 400, { error: { code: 'body_unreadable', rule: 'gzip' } }],
    ['too many items', '1\n'.repeat(10_001), {}, 400, { error: { code: 'payload_unusable', field: 'batch', rule: 'at_most_10000_items' } }],
  ])('P20 answers %s', async (_, body, headers, status, content) => {
    const answer = await service.ask('/telemetry/batch', { method: 'POST', body, headers })
    expect(await answer.json()).toMatchObject(content as Record<string, unknown>)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('stores what it says it stored', async () => {
    const tenant = 'counted'
    const [key, read] = [await service.makeKey('ingest', { tenant }), await service.makeKey('read', { tenant })]
    const answer = await service.ask('/telemetry/batch', { body: `${good()}\nbroken\n${good()}\n${good()}`, key })
    expect(answer.status).toBe(207)
    await service.settle()
    const records = (await (await service.ask('/api/records', { key: read })).json()) as { total: number }
    expect(records.total).toBe(3)
  })
})

describe('the limit of a batch', () => {
  test('costs a token an item, and an anonymous batch holds at most RATE_BURST of them', async () => {
    await using limited = await startRunning({ RATE_LIMIT_RPM: '1', RATE_BURST: '5' })
    const send = (items: number) => limited.ask('/telemetry/batch', { body: Array.from({ length: items }, good).join('\n') })
    const tooLarge = await send(6)
    expect(tooLarge.status).toBe(400)
    expect(await tooLarge.json()).toMatchObject({ error: { code: 'payload_unusable', field: 'batch', rule: 'at_most_5_items' } })
    const first = await send(3)
    expect([first.status, first.headers.get('ratelimit-remaining')]).toEqual([202, '1'])
    const second = await send(3)
    expect(second.status).toBe(429)
    expect(await second.json()).toMatchObject({ error: { code: 'rate_limited', message: 'rate limited' } })
  })

  test('is the key’s own with an ingest key', async () => {
    await using limited = await startRunning({ RATE_LIMIT_RPM: '60', RATE_BURST: '5', INGEST_KEY_RPM: '10' })
    const key = await limited.makeKey('ingest')
    const send = (items: number) => limited.ask('/telemetry/batch', { body: Array.from({ length: items }, good).join('\n'), key })
    const first = await send(8)
    expect([first.status, first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([202, '10', '2'])
    expect((await send(8)).status).toBe(429)
    expect((await send(11)).status).toBe(400)
  })

  test('is none for an ingest key where INGEST_KEY_RPM is 0', async () => {
    await using limited = await startRunning({ RATE_LIMIT_RPM: '60', RATE_BURST: '5' })
    const answer = await limited.ask('/telemetry/batch', {
      body: Array.from({ length: 500 }, good).join('\n'),
      key: await limited.makeKey('ingest'),
    })
    expect(answer.status).toBe(202)
    expect(answer.headers.has('ratelimit-limit')).toBe(false)
  })
})

test('a full journal answers 503 with a time to wait, to one event and to a batch, and recovers', async () => {
  await using full = await startRunning({ JOURNAL_MAX_MB: '8', MAX_BATCH_BYTES: '16777216' })
  const store = new Database(join(full.folder, 'store.db'))
  store.run('BEGIN IMMEDIATE') // What is in the journal stays there while nothing can be written to the store.
  const log = 'line of a log without anything personal in it\n'.repeat(220)
  const large = eventBody({ status: 'failed', exit_code: 1, error: `exit_code=1 | General error\n---\n${log}` })
  const send = (body: string) => full.ask('/telemetry', { body })
  const sendBatch = () => full.ask('/telemetry/batch', { body: `${large}\n`.repeat(900) })
  const part = await sendBatch()
  const { accepted, items } = (await part.json()) as { accepted: number; items: readonly { index: number; status: number }[] }
  expect(part.status).toBe(207)
  expect(items[0]).toEqual({ index: 0, status: 202 })
  expect(items.filter(({ status }) => status === 202)).toHaveLength(accepted)
  const left = items.filter(({ status }) => status !== 202)
  expect(left).not.toEqual([])
  for (const item of left) expect(item).toMatchObject({ status: 503, field: 'journal', rule: 'limit' })
  expect(accepted).toBeGreaterThan(500)

  let refused = await sendBatch()
  for (let tries = 0; refused.status === 207 && tries < 9; tries += 1) refused = await sendBatch() // A small first group may still find room.
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.json()).toEqual({ error: { code: 'journal_full', message: 'server busy', field: 'journal', rule: 'limit' } })

  let one = await send(large)
  for (let tries = 0; one.status === 202 && tries < 900; tries += 1) one = await send(large)
  expect([one.status, one.headers.get('retry-after'), one.headers.get('x-telemetry-reason')]).toEqual([503, '5', 'journal: limit'])
  expect((await full.ask('/healthz')).status).toBe(503)

  store.run('ROLLBACK')
  store.close()
  await until(async () => (await send(good())).status === 202, 'an event is taken again')
  await until(async () => (await full.ask('/healthz')).status === 200, 'the service is well again')
})

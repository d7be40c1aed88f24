import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import { requestText, sendRaw } from '../../part/raw.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

const cap = 4_096
let service: Running
beforeAll(async () => {
  service = await startRunning({ MAX_BODY_BYTES: String(cap), MAX_BATCH_BYTES: '16384', BODY_TIMEOUT_MS: '300' })
})
afterAll(() => service[Symbol.asyncDispose]())

/** The headers that every answer has (promise P20). */
export const securityHeaders = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' }

function expectSecure(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject(securityHeaders)
}

/** A good event whose body has just that many bytes. */
function bodyOf(bytes: number): string {
  const bare = eventBody({ padding: '' })
  return bare.replace('"padding":""', `"padding":"${'x'.repeat(bytes - bare.length)}"`)
}

function chunked(body: string): string {
  return `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
}

describe('POST /telemetry', () => {
  test.each<
    [
      name: string,
      body: string | Uint8Array,
      headers: Readonly<Record<string, string>>,
      status: number,
      text: string,
      reason: string | null,
    ]
  >([
    ['a good body', eventBody(), {}, 202, 'accepted', null],
    ['a good body named as something else', eventBody(), { 'Content-Type': 'text/html; charset=latin1' }, 202, 'accepted', null],
    [
      'a good body with a form type, as curl -d sends it',
      eventBody(),
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      202,
      'accepted',
      null,
    ],
    ['a body just at the cap', bodyOf(cap), {}, 202, 'accepted', null],
    ['a body one byte over the cap', bodyOf(cap + 1), {}, 400, 'invalid body\n', 'body: too_large'],
    ['no JSON', 'hello', {}, 400, 'invalid json\n', 'body: not_json'],
    ['nothing', '', {}, 400, 'invalid json\n', 'body: empty'],
    ['an array', `[${eventBody()}]`, {}, 400, 'invalid json\n', 'body: not_an_object'],
    ['a text in quotes', '"hello"', {}, 400, 'invalid json\n', 'body: not_an_object'],
    ['an object without ids', '{"type":"lxc","nsapp":"a","status":"failed"}', {}, 400, 'invalid payload\n', 'random_id: missing'],
    ['an object without a name', '{"random_id":"a","type":"lxc","status":"failed"}', {}, 400, 'invalid payload\n', 'nsapp: missing'],
    ['an object without a status', '{"random_id":"a","type":"lxc","nsapp":"a"}', {}, 400, 'invalid payload\n', 'status: missing'],
    ['an object without a type', '{"random_id":"a","nsapp":"a","status":"failed"}', {}, 400, 'invalid payload\n', 'type: missing'],
    ['an unknown type', eventBody({ type: 'spaceship' }), {}, 400, 'invalid payload\n', 'type: unknown_value'],
    ['an unknown status', eventBody({ status: 'resting' }), {}, 202, 'accepted', null],
    ['an unknown operating system', eventBody({ os_type: 'templeos' }), {}, 202, 'accepted', null],
    ['gzip', gzipSync(eventBody()), { 'Content-Encoding': 'gzip' }, 202, 'accepted', null],
    ['gzip by its old name, in capitals', gzipSync(eventBody()), { 'Content-Encoding': 'X-GZIP' }, 202, 'accepted', null],
    ['an encoding that changes nothing', eventBody(), { 'Content-Encoding': 'identity' }, 202, 'accepted', null],
    ['gzip that unpacks to just the cap', gzipSync(bodyOf(cap)), { 'Content-Encoding': 'gzip' }, 202, 'accepted', null],
    [
      'gzip that unpacks to one byte more',
      gzipSync(bodyOf(cap + 1)),
      { 'Content-Encoding': 'gzip' },
      400,
      'invalid body\n',
      'body: too_large',
    ],
    ['a gzip bomb', gzipSync(new Uint8Array(3_000_000)), { 'Content-Encoding': 'gzip' }, 400, 'invalid body\n', 'body: too_large'],
    ['broken gzip', 'no gzip at all', { 'Content-Encoding': 'gzip' }, 400, 'invalid body\n', 'body: gzip'],
    ['gzip without its end', gzipSync(eventBody()).subarray(0, -9), { 'Content-Encoding': 'gzip' }, 400, 'invalid body\n', 'body: gzip'],
    ['gzip of nothing', gzipSync(''), { 'Content-Encoding': 'gzip' }, 400, 'invalid json\n', 'body: empty'],
    ['an unknown encoding', eventBody(), { 'Content-Encoding': 'br' }, 400, 'invalid body\n', 'content-encoding: gzip_or_none'],
    [
      'two encodings',
      gzipSync(gzipSync(eventBody())),
      { 'Content-Encoding': 'gzip, gzip' },
      400,
      'invalid body\n',
      'content-encoding: gzip_or_none',
    ],
  ])('P20 answers %s', async (_, body, headers, status, text, reason) => {
    const answer = await service.ask('/telemetry', { method: 'POST', body, headers })
    expect(await answer.text()).toBe(text)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-telemetry-reason')).toBe(reason)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expectSecure(answer.headers)
  })

  test.each([
    ['declared', requestText('POST /telemetry', [`Content-Length: ${cap + 1}`], bodyOf(cap + 1))],
    ['declared as 20 gigabytes and not sent', requestText('POST /telemetry', ['Content-Length: 20000000000'])],
    ['in chunks', requestText('POST /telemetry', ['Transfer-Encoding: chunked'], chunked(bodyOf(cap + 1)))],
    ['in chunks that never end', requestText('POST /telemetry', ['Transfer-Encoding: chunked'], `2000\r\n${'x'.repeat(8192)}\r\n`)],
  ])('a body over the cap, %s, is answered and the connection closed', async (_, text) => {
    const answer = await sendRaw(service.port, text, { toEnd: true })
    expect(answer).toMatchObject({ status: 400, body: 'invalid body\n', isClosed: true })
    expect(answer.headers.get('connection')).toBe('close')
    expect(answer.headers.get('x-telemetry-reason')).toBe('body: too_large')
    expectSecure(answer.headers)
  })

  test.each([
    ['of a declared length', requestText('POST /telemetry', ['Content-Length: 100'], '{')],
    ['in chunks', requestText('POST /telemetry', ['Transfer-Encoding: chunked'], '1\r\n{\r\n')],
  ])('a body %s that does not come in time is answered and the connection closed', async (_, text) => {
    const answer = await sendRaw(service.port, text, { toEnd: true })
    expect(answer).toMatchObject({ status: 400, body: 'invalid body\n', isClosed: true })
    expect(answer.headers.get('x-telemetry-reason')).toBe('body: too_slow')
  })

  test('a body in chunks up to the cap is taken', async () => {
    const text = requestText('POST /telemetry', ['Transfer-Encoding: chunked'], chunked(bodyOf(cap)))
    expect(await sendRaw(service.port, text)).toMatchObject({ status: 202, body: 'accepted' })
  })

  test('a client that waits for 100-continue is served', async () => {
    const answer = await sendRaw(service.port, requestText('POST /telemetry', ['Expect: 100-continue'], eventBody()))
    expect(answer).toMatchObject({ status: 202, body: 'accepted' })
  })

  test.each(['Host: a', 'Host: [::g', 'Host: a b"<>', 'Host:', 'Host: evil.example?dry_run=0'])(
    'the header %j changes nothing',
    async (host) => {
      expect(await sendRaw(service.port, requestText('POST /telemetry', [host], eventBody()))).toMatchObject({
        status: 202,
        body: 'accepted',
      })
      const dry = await sendRaw(service.port, requestText('POST /telemetry?dry_run=1', [host], eventBody()))
      expect(dry.status).toBe(200)
    },
  )

  test('a refusal leaves the connection usable where the body was read', async () => {
    const next = requestText('POST /telemetry', ['Connection: close'], eventBody())
    const answer = await sendRaw(service.port, requestText('POST /telemetry', [], 'hello'), { toEnd: true, next })
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('HTTP/1.1 202')
  })
})

describe('other methods and paths', () => {
  test.each([
    ['/telemetry', 'POST', 'text/plain; charset=utf-8'],
    ['/telemetry/batch', 'POST', 'application/json; charset=utf-8'],
    ['/', 'GET, HEAD', 'application/json; charset=utf-8'],
    ['/api/records', 'GET, HEAD', 'application/json; charset=utf-8'],
    ['/api/records/abc', 'GET, HEAD', 'application/json; charset=utf-8'],
    ['/healthz', 'GET, HEAD', 'application/json; charset=utf-8'],
    ['/metrics', 'GET, HEAD', 'application/json; charset=utf-8'],
    ['/style.css', 'GET, HEAD', 'application/json; charset=utf-8'],
  ])('P20 %s says which methods it has (%s)', async (path, allowed, type) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']) {
      if (allowed.split(', ').includes(method)) continue
      const answer = await sendRaw(service.port, requestText(`${method} ${path}`))
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe(allowed)
      expect(answer.headers.get('content-type')).toBe(type)
      expectSecure(answer.headers)
      if (path === '/telemetry' && method !== 'HEAD') expect(answer.body).toBe('method not allowed\n')
    }
  })

  test.each([
    ['/telemetry/', 'not found\n'],
    ['/Telemetry', 'not found\n'],
    ['/telemetry/batch/', 'not found\n'],
    ['/nothing?x=1', 'not found\n'],
    ['/%ZZ', 'not found\n'],
    [`/${'a'.repeat(8_000)}`, 'not found\n'],
    ['/api/', '{"error":{"code":"not_found","message":"not found","field":"path","rule":"unknown"}}'],
    ['/api/records/', '{"error":{"code":"not_found","message":"not found","field":"path","rule":"unknown"}}'],
  ])('P20 %s is not found', async (path, text) => {
    for (const method of ['GET', 'POST']) {
      const answer = await sendRaw(service.port, requestText(`${method} ${path}`, [], method === 'POST' ? eventBody() : ''))
      expect(answer).toMatchObject({ status: 404, body: text })
      expectSecure(answer.headers)
    }
  })

  test.each(['/', '/healthz', '/style.css', '/metrics'])('P20 HEAD %s is GET without the body', async (path) => {
    const [get, head] = await Promise.all([service.ask(path), service.ask(path, { method: 'HEAD' })])
    expect(head.status).toBe(get.status)
    expect(await head.text()).toBe('')
    const names = (answer: Response) => [...answer.headers.keys()].filter((name) => name !== 'date').toSorted()
    expect(names(head)).toEqual(names(get))
    expectSecure(head.headers)
    expectSecure(get.headers)
  })
})

import { afterAll, beforeAll, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { installFields } from '../../../src/event/install.ts'
import { requestText, sendRaw } from '../../part/raw.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

let service: Running
const keys: string[] = []
beforeAll(async () => {
  service = await startRunning({ MAX_BODY_BYTES: '4096', MAX_BATCH_BYTES: '8192', ENABLE_REQUEST_LOGGING: 'true', BODY_TIMEOUT_MS: '200' })
  keys.push(await service.makeKey('read'), await service.makeKey('ingest'), await service.makeKey('admin'))
})
afterAll(() => service[Symbol.asyncDispose]())

const numRuns = 400
const seed = 20_261_122
const routes = [
  '/',
  '/telemetry',
  '/telemetry/batch',
  '/api/records',
  '/api/records/abc',
  '/healthz',
  '/metrics',
  '/style.css',
  '/nothing',
  '/api/none',
]
const statuses = [200, 202, 207, 400, 401, 403, 404, 405, 429]

/** A path as a client may write it: one of ours with anything behind it, or anything. Blanks and line breaks would end it. */
const anyText = fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 30 })
const anyPath = fc
  .tuple(fc.constantFrom(...routes), fc.constantFrom('', '/', '?', '?dry_run=1&', '?page=', '?app=', '?%', '#', '//', '/%'), anyText)
  .map((parts) => parts.join(''))
const anyMethod = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH')
const anyHeader = fc
  .tuple(
    fc.constantFrom(
      'Host',
      'Authorization',
      'Cookie',
      'X-Forwarded-For',
      'Forwarded',
      'Content-Type',
      'Content-Encoding',
      'Range',
      'If-None-Match',
      'Accept',
      'Origin',
      'Upgrade',
      'X-A',
    ),
    fc.oneof(anyText, fc.constantFrom('gzip', 'identity', '[::g', '"', 'a=%ZZ; b', '1.2.3.4, ::1, x', 'bytes=0-1,3-', 'websocket')),
  )
  .map(([name, value]) => `${name}: ${value}`)
const anyHeaders = fc.uniqueArray(anyHeader, { maxLength: 4, selector: (header) => header.split(':')[0] })

const anyValue = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
)
const anyEvent = fc.record(Object.fromEntries(installFields.map(({ wire }) => [wire, anyValue])), { requiredKeys: [] })
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }).map(encode),
  anyEvent.map((event) => encode(JSON.stringify(event))),
  anyEvent.map((event) => encode(eventBody(event))),
  fc.array(anyEvent, { maxLength: 5 }).map((events) => encode(events.map((event) => JSON.stringify(event)).join('\n'))),
  fc.array(anyEvent, { maxLength: 5 }).map((events) => encode(JSON.stringify(events))),
  anyEvent.map((event) => gzipSync(JSON.stringify(event))),
  fc.tuple(anyEvent, fc.nat(200)).map(([event, end]) => encode(JSON.stringify(event).slice(0, end))),
  fc.integer({ min: 4_000, max: 9_000 }).map((length) => new Uint8Array(length).fill(0x5b)),
)

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function expectCalm(answer: { readonly status: number; readonly headers: Headers }): void {
  expect(statuses).toContain(answer.status)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
}

test('P20 any body to any route gets a calm answer with the security headers', async () => {
  const paths = ['/telemetry', '/telemetry/batch', '/telemetry?dry_run=1', '/telemetry/batch?dry_run=1']
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      anyBody,
      fc.constantFrom(undefined, 'gzip', 'identity', 'x'),
      fc.nat(2),
      async (path, body, encoding, key) => {
        const headers = encoding === undefined ? {} : { 'Content-Encoding': encoding }
        expectCalm(await service.ask(path, { method: 'POST', body, headers, ...(key > 0 && { key: keys[key] ?? '' }) }))
      },
    ),
    { numRuns, seed },
  )
}, 60_000)

test('P20 any path, method and headers get a calm answer with the security headers', async () => {
  await fc.assert(
    fc.asyncProperty(anyMethod, anyPath, anyHeaders, fc.boolean(), async (method, path, headers, hasKey) => {
      const isKeyed = hasKey && !headers.some((header) => header.startsWith('Authorization'))
      const answer = await sendRaw(
        service.port,
        Buffer.from(
          requestText(`${method} ${path}`, [...headers, ...(isKeyed ? [`Authorization: Bearer ${keys[0]}`] : []), 'Connection: close']),
          'latin1',
        ),
        { toEnd: true },
      )
      // What Bun's own parser refuses never reaches us; it closes the connection with 400 or with nothing.
      if (answer.headers.has('x-content-type-options') || ![0, 400].includes(answer.status)) expectCalm(answer)
    }),
    { numRuns, seed },
  )
}, 60_000)

test('none of it was a fault, and the request log names routes alone', () => {
  const patterns = [
    '/',
    '/telemetry',
    '/telemetry/batch',
    '/api/records',
    '/api/records/:id',
    '/healthz',
    '/metrics',
    '/style.css',
    'unknown',
  ]
  const requests = service.lines.filter(({ message }) => message === 'request')
  expect(requests.length).toBeGreaterThan(numRuns)
  for (const { level, message, room: _room, ...facts } of requests) {
    expect(level).toBe('info')
    expect(message).toBe('request')
    expect(Object.keys(facts).toSorted()).toEqual(['bytes', 'method', 'ms', 'route', 'status'])
    expect(patterns).toContain(String(facts['route']))
    expect(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']).toContain(String(facts['method']))
  }
  expect(service.lines.filter(({ level }) => level === 'error')).toEqual([])
})

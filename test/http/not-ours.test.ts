import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requestText, sendRaw } from '../part/raw.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'

/** Rows of SECURITY.md: how the first cell begins, the status that is promised (0: none), and requests that must get it. */
const rows: readonly (readonly [begins: string, status: number, requests: readonly (readonly [name: string, bytes: string])[]])[] = [
  [
    'a malformed request line',
    400,
    [
      ['no request line', 'FOO\r\n\r\n'],
      ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nfoo\r\n\r\n'],
      ['two lengths', requestText('POST /telemetry', ['Content-Length: 3', 'Content-Length: 4'], 'abcd')],
      ['a length and chunks', requestText('POST /telemetry', ['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
      ['a broken chunk', requestText('POST /telemetry', ['Transfer-Encoding: chunked'], 'zz\r\n')],
      ['no Host', 'POST /telemetry HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}'],
      ['TLS', '\x16\x03\x01\x00\xf4\x01\x00\x00'],
    ],
  ],
  [
    '16 KiB of headers',
    431,
    [
      ['one of 16 KiB', headersText(['A: '.padEnd(16 * 1024, 'a')])],
      ['an address of 16 KiB', requestText(`GET /${'a'.repeat(16 * 1024)}`)],
      ['199 headers', headersText(manyHeaders(199))],
    ],
  ],
  ['an unknown HTTP version', 505, [['3.7', 'GET / HTTP/3.7\r\nHost: x\r\n\r\n']]],
  ['a `Content-Length` from 2^53 on', 413, ['9007199254740992', '100000000000000000'].map(lengthRow)],
  ['a `Content-Length` that is negative', 400, ['-5', '1000000000000000000', '1000000000000000000000'].map(lengthRow)],
  ['an unknown method', 0, [['BREW', requestText('BREW /')]]],
  [
    'a request behind one',
    0,
    [
      ['two events', requestText('POST /telemetry', [], eventBody()).repeat(2)],
      ['an event and a short answer', requestText('POST /telemetry', [], eventBody()) + requestText('GET /healthz')],
      ['two pages', requestText('GET /').repeat(2)],
    ],
  ],
]

const paper = readFileSync(join(import.meta.dir, '../../SECURITY.md'), 'utf8')
const section = /^## Answers that are not ours$([\s\S]+?)^## /m.exec(paper)?.[1] ?? ''
const cells = [...section.matchAll(/^\| (.+) \| (.+) \|$/gm)].map(([, arrives = '', answer = '']) => [arrives, answer] as const).slice(1)

test('each answer that is not ours stands in SECURITY.md, and nothing else does', () => {
  expect(cells).toHaveLength(rows.length)
  for (const [index, [begins, status]] of rows.entries()) {
    const [arrives, answer] = cells[index] ?? []
    expect(arrives).toStartWith(begins)
    expect(answer).toStartWith(status === 0 ? 'none' : String(status))
  }
})

describe('a request that Bun answers', () => {
  let service: Running
  beforeAll(async () => {
    service = await startRunning({ PUBLIC_DASHBOARD: 'true' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const cases = rows.flatMap(([begins, status, requests]) => requests.map(([name, bytes]) => [begins, name, status, bytes] as const))
  test.each(cases)('%s: %s, gets %i and the end of its connection', async (_begins, _name, status, bytes) => {
    const answer = await sendRaw(service.port, bytes, { toEnd: true })
    expect(answer).toMatchObject({ status, body: '', isClosed: true })
    expect(answer.headers.has('x-content-type-options')).toBe(false)
  })

  test.each<[name: string, bytes: string, status: number]>([
    ['198 headers', headersText(manyHeaders(198)), 200],
    ['headers below 16 KiB', headersText(['A: '.padEnd(16_200, 'a')]), 200],
    ['a length just below 2^53', lengthRow('9007199254740991')[1], 400],
  ])('%s still has our answer', async (_, bytes, status) => {
    const answer = await sendRaw(service.port, bytes)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

function lengthRow(length: string): readonly [name: string, bytes: string] {
  return [length, requestText('POST /telemetry', [`Content-Length: ${length}`], 'abc')]
}

/** Headers with the Host among them. */
function manyHeaders(count: number): readonly string[] {
  return Array.from({ length: count - 1 }, (_, n) => `A${n}: b`)
}

function headersText(headers: readonly string[]): string {
  return requestText('GET /healthz', headers)
}

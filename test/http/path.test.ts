import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { requestText, sendRaw } from '../part/raw.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'

let service: Running
beforeAll(async () => {
  service = await startRunning()
})
afterAll(() => service[Symbol.asyncDispose]())

/** What is asked, the status of its answer, and what the answer allows where it refuses the method. */
const asked: readonly (readonly [line: string, status: number, allow?: string])[] = [
  ['GET /healthz', 200],
  ['GET /healthz?x=/metrics', 200],
  ['HEAD /', 200],
  ['GET /zzz/healthz', 404],
  ['GET /zzz/yyy/healthz', 404],
  ['GET /zzz/healthz/', 404],
  ['GET //healthz', 404],
  ['GET /telemetry/metrics', 404],
  ['GET /telemetry/', 404],
  ['GET /telemetry', 405, 'POST'],
  ['PUT /telemetry', 405, 'POST'],
  ['GET /telemetry/batch', 405, 'POST'],
  ['GET /zzz/telemetry/batch', 404],
  ['DELETE /api/records', 405, 'GET, HEAD'],
  ['GET /api/records/x/api/records', 404],
  ['OPTIONS /healthz', 405, 'GET, HEAD'],
]

describe('P20 paths are exact and methods are told apart', () => {
  test.each([
    ['of one letter', 'Host: a'],
    ['of two letters', 'Host: ab'],
    ['of three letters', 'Host: abc'],
    ['of four letters', 'Host: abcd'],
    ['with a port', 'Host: a:1'],
    ['that is empty', 'Host:'],
    ['that is an IPv6 address', 'Host: [::1]:8080'],
    ['that is a short IPv6 address', 'Host: [::]'],
    ['that is none', 'Host: [::g'],
    ['with a path in it', 'Host: a/healthz'],
    ['with a query in it', 'Host: a?b'],
    ['with a user in it', 'Host: u@h'],
  ])('with a Host %s', async (_, host) => {
    for (const [line, status, allow] of asked) {
      const answer = await sendRaw(service.port, requestText(line, [host]))
      expect([line, answer.status, answer.headers.get('allow') ?? undefined]).toEqual([line, status, allow])
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
    const sent = await sendRaw(service.port, requestText('POST /telemetry', [host], eventBody()))
    expect([sent.status, sent.body]).toEqual([202, 'accepted'])
    const batch = await sendRaw(service.port, requestText('POST /telemetry/batch', [host], eventBody()))
    expect(batch.status).toBe(202)
  })

  test('with no Host at all, as in HTTP/1.0', async () => {
    for (const [line, status] of asked)
      expect([line, (await sendRaw(service.port, `${line} HTTP/1.0\r\n\r\n`)).status]).toEqual([line, status])
    const body = eventBody()
    const sent = await sendRaw(service.port, `POST /telemetry HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    expect(sent.status).toBe(202)
  })

  test('with a whole URL for a target, as proxies send it', async () => {
    for (const [line, status] of asked) {
      const [method, path] = line.split(' ')
      for (const host of ['a', 'abc', 'other.example:80', '[::1]']) {
        for (const header of ['Host: a', 'Host: localhost', 'Host:']) {
          const answer = await sendRaw(service.port, requestText(`${method} http://${host}${path}`, [header]))
          expect([line, host, header, answer.status]).toEqual([line, host, header, status])
        }
      }
    }
  })

  test.each(['CONNECT a:80', 'OPTIONS *', 'GET healthz', 'GET ?x'])('%s reaches no route', async (line) => {
    expect([0, 400, 404, 405]).toContain((await sendRaw(service.port, requestText(line, ['Host: a']))).status)
  })
})

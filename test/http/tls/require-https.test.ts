import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventBody, type Running, startRunning } from '../../part/running.ts'

let running: Running
beforeAll(async () => {
  running = await startRunning({ REQUIRE_HTTPS: 'true' })
})
afterAll(async () => running[Symbol.asyncDispose]())

const secure = { 'X-Forwarded-Proto': 'https' }

describe('P19 REQUIRE_HTTPS', () => {
  test.each([
    ['an event', '/telemetry', { method: 'POST', body: eventBody() }, 'https required\n'],
    ['a batch', '/telemetry/batch', { method: 'POST', body: '[]' }, '"https_required"'],
    ['a page', '/', {}, '"https_required"'],
    ['the sign-in', '/sign-in', {}, '"https_required"'],
    ['a key', '/api/records', { key: 'ts_r_x' }, '"https_required"'],
    ['a path that is not there', '/nowhere', {}, '"https_required"'],
    ['what a proxy says came in the plain', '/', { headers: { 'X-Forwarded-Proto': 'http' } }, '"https_required"'],
    ['the health, asked through a proxy', '/healthz', { headers: { 'X-Forwarded-For': '192.0.2.1' } }, '"https_required"'],
  ])('refuses %s that came in the plain, and leads nobody on', async (_, path, asking, words) => {
    const answer = await running.ask(path, asking)
    expect([answer.status, answer.headers.get('location'), answer.headers.get('strict-transport-security')]).toEqual([403, null, null])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await answer.text()).toContain(words)
  })

  test('takes what a trusted proxy says came by TLS, and tells browsers to stay with it', async () => {
    const answer = await running.ask('/telemetry', { method: 'POST', body: eventBody(), headers: secure })
    expect([answer.status, answer.headers.get('strict-transport-security')]).toEqual([202, 'max-age=31536000'])
    const page = await running.ask('/sign-in', { headers: secure })
    expect([page.status, page.headers.get('set-cookie')?.startsWith('__Host-')]).toEqual([200, true])
  })

  test.each(['/healthz', '/metrics'])('lets a supervisor on this machine ask %s', async (path) => {
    const answer = await running.ask(path)
    expect([answer.status, answer.headers.get('strict-transport-security')]).toEqual([200, null]) // RFC 6797 forbids it over a plain connection.
  })
})

test('REQUIRE_HTTPS believes no word of TLS from a proxy that is not trusted', async () => {
  const { createPlainGuard } = await import('../../../src/http/tls/plain-guard.ts')
  const guard = createPlainGuard({ isTrustedProxy: () => false })
  const request = new Request('http://host/', { headers: secure })
  expect([guard.refuse(request, '203.0.113.7')?.status, guard.isSecured(request, '203.0.113.7')]).toEqual([403, false])
})

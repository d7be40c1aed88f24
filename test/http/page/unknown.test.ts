import { expect, test } from 'bun:test'
import { unknownPage } from '../../../src/http/page/unknown.ts'
import { fakeClock } from '../../fake-clock.ts'

const identity = { identify: () => ({ kind: 'nobody', reason: 'key_missing' }) as const, isSecure: () => false }
const answer = unknownPage({ identity, clock: fakeClock('2026-03-02T12:00:00Z') })

test.each<[accept: string | undefined, path: string, method: string, isPage: boolean]>([
  ['text/html,*/*;q=0.8', '/nowhere', 'GET', true],
  ['application/json, text/html;q=0.5', '/nowhere', 'HEAD', true],
  ['text/html', '/apis', 'GET', true],
  ['text/html', '/nowhere', 'POST', false],
  ['text/html;q=0.0', '/nowhere', 'GET', false],
  ['*/*', '/nowhere', 'GET', false],
  [undefined, '/nowhere', 'GET', false],
  ['text/html', '/api/nowhere', 'GET', false],
  ['text/html', '/telemetry/', 'GET', false],
  ['text/html', '/export', 'GET', false],
])('%p at %s by %s', async (accept, path, method, isPage) => {
  const request = new Request(`http://localhost${path}`, { method, headers: accept === undefined ? {} : { Accept: accept } })
  const page = answer(request, undefined)
  expect(page !== undefined).toBe(isPage)
  if (page !== undefined)
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('There is nothing at this address.')])
})

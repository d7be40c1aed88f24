import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { isKept, tagOf } from '../../src/http/tag.ts'
import { eventBody, startRunning } from '../part/running.ts'
import { uuidOf } from '../part/uuid.ts'
import { until } from '../wait.ts'
import { type Counted, startCounted } from './counted-service.ts'

let counted: Counted
beforeAll(async () => {
  counted = await startCounted()
})
afterAll(() => counted[Symbol.asyncDispose]())

describe('the name of an answer', () => {
  const tag = tagOf('{"runs":1}')

  test('is the same for the same text alone', () => {
    expect(tagOf('{"runs":1}')).toBe(tag)
    expect(tagOf('{"runs":2}')).not.toBe(tag)
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/)
  })

  test.each<[name: string, given: string | undefined, kept: boolean]>([
    ['none', undefined, false],
    ['itself', tag, true],
    ['itself without the mark, as packing on the way leaves it', tag.slice(2), true],
    ['itself among others', `"a", ${tag} , W/"b"`, true],
    ['any', '*', true],
    ['another', 'W/"other"', false],
    ['a part of itself', tag.slice(0, -2), false],
    ['nothing', '', false],
  ])('is known to who gives %s: %p', (_, given, kept) => {
    const headers = new Headers(given === undefined ? {} : { 'If-None-Match': given })
    expect(isKept({ headers }, tag)).toBe(kept)
  })
})

const paths = [
  ...['/api/v1/overview', '/api/v1/scripts', '/api/v1/scripts/docker', '/api/v1/errors', '/api/v1/runs', `/api/v1/runs/${uuidOf(1)}`],
  ...['/api/dashboard', '/api/scripts', '/api/errors', '/api/repo-slugs', '/api/records', `/api/records/${uuidOf(1)}`, '/api/exit-codes'],
  ...['/api/openapi.json'],
]

describe('an answer of the API that did not change', () => {
  test.each(paths.map((path) => [path]))('%s is not sent again', async (path) => {
    const first = await counted.ask(path)
    const tag = first.headers.get('etag') ?? 'none'
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^W\/"/)])
    const again = await counted.ask(path, { headers: { 'If-None-Match': tag } })
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, ''])
    expect(again.headers.get('cache-control')).toBe(path === '/api/openapi.json' ? 'public, max-age=3600' : 'private, no-cache')
    expect(Object.fromEntries(again.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      vary: 'Cookie, Authorization',
    })
  })

  test('is another one for another tenant and after another run', async () => {
    const path = '/api/v1/overview?period=today'
    const tag = (await counted.ask(path)).headers.get('etag') ?? 'none'
    const headers = { 'If-None-Match': tag }
    const theirs = await counted.service.ask(path, { headers, key: await counted.service.makeKey('read', { tenant: 'nobody' }) })
    expect(theirs.status).toBe(200)
    await counted.service.ask('/telemetry', { body: eventBody({ nsapp: 'late' }) })
    await counted.service.settle()
    expect((await counted.ask(path, { headers })).status).toBe(200)
  })
})

test.each([
  ['a refusal', '/api/v1/overview?statsu=failed', undefined],
  ['what is not there', '/api/v1/scripts/nobody', undefined],
  ['a dry run', '/telemetry?dry_run=1', eventBody({})],
  ['the state of the service', '/healthz', undefined],
  ['a file', '/export/scripts.csv', undefined],
])('%s has no name', async (_, path, body) => {
  const answer = await counted.service.ask(path, body === undefined ? { key: await counted.service.makeKey('read') } : { body })
  expect(answer.headers.get('etag')).toBeNull()
  await answer.body?.cancel()
})

test('the start page is not sent again while it says the same', async () => {
  await using closed = await startRunning()
  await until(async () => {
    const tag = (await closed.ask('/')).headers.get('etag') ?? 'none'
    const again = await closed.ask('/', { headers: { 'If-None-Match': tag } })
    return again.status === 304 && (await again.text()) === '' // It says the minute, and one may have begun between the two.
  }, 'an answer without a page')
})

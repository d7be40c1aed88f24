import { describe, expect, test } from 'bun:test'
import { createGithub, type GithubOptions } from '../../src/issue/github.ts'
import { fakeClock } from '../fake-clock.ts'
import { startFakeGithub } from './fake-github.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const draft = { title: 'A title', body: 'A body', labels: ['bug', 'telemetry'] }
const marker = 'f'.repeat(32)

function githubAt(origin: string, more: Partial<GithubOptions> = {}) {
  return createGithub({
    ...{ apiUrl: origin, token: 'a-token', owner: 'an-owner', repo: 'a-repo', allowsPrivate: true },
    ...{ lookup: async () => ['127.0.0.1'], clock: fakeClock(noon), timeoutMs: 2_000 },
    ...more,
  })
}

test('an issue is asked for as GitHub documents it', async () => {
  await using there = startFakeGithub()
  expect(await githubAt(there.origin).create(draft)).toEqual({ ok: true, value: `${there.origin}/an-owner/a-repo/issues/1` })
  const [asked] = there.asked
  expect([asked?.method, asked?.path]).toEqual(['POST', '/repos/an-owner/a-repo/issues'])
  const names = ['accept', 'authorization', 'x-github-api-version', 'user-agent', 'content-type']
  expect(names.map((name) => asked?.headers.get(name))).toEqual([
    ...['application/vnd.github+json', 'Bearer a-token', '2022-11-28', 'telemetry-service', 'application/json'],
  ])
  expect(JSON.parse(asked?.body ?? '')).toEqual(draft)
})

test('a look at the repository reads it once, and says whether it takes issues', async () => {
  await using there = startFakeGithub()
  expect(await githubAt(there.origin).look()).toEqual({ ok: true, value: undefined })
  expect(there.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /repos/an-owner/a-repo'])
  expect(await githubAt(there.origin, { token: 'another' }).look()).toMatchObject({ ok: false, fault: { code: 'token_refused' } })
  expect(await githubAt(there.origin, { repo: 'none' }).look()).toMatchObject({ ok: false, fault: { code: 'repository_unknown' } })
  for (const field of [{ has_issues: false }, { archived: true }]) {
    there.twist(() => Response.json(field))
    expect(await githubAt(there.origin).look()).toMatchObject({ ok: false, fault: { code: 'issues_disabled' } })
  }
})

test('a GitHub of one’s own has its API behind a path', async () => {
  await using there = startFakeGithub()
  there.twist(({ path }) => Response.json({ html_url: `${there.origin}/an-owner/a-repo/issues/7`, number: 7, path }, { status: 201 }))
  expect(await githubAt(`${there.origin}/api/v3/`).create(draft)).toMatchObject({ ok: true })
  expect(there.asked[0]?.path).toBe('/api/v3/repos/an-owner/a-repo/issues')
})

describe('an answer other than 201', () => {
  test.each<[status: number, headers: Record<string, string>, fault: object]>([
    [401, {}, { code: 'token_refused', isDoubt: false }],
    [403, {}, { code: 'forbidden', isDoubt: false }],
    [403, { 'Retry-After': '90' }, { code: 'rate_limited', isDoubt: false, retrySeconds: 90 }],
    [
      403,
      { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(noon / 1_000 + 120) },
      { code: 'rate_limited', isDoubt: false, retrySeconds: 120 },
    ],
    [429, {}, { code: 'rate_limited', isDoubt: false, retrySeconds: 60 }],
    [429, { 'Retry-After': '99999999' }, { code: 'rate_limited', isDoubt: false, retrySeconds: 3_600 }],
    [429, { 'Retry-After': 'soon' }, { code: 'rate_limited', isDoubt: false, retrySeconds: 60 }],
    [404, {}, { code: 'repository_unknown', isDoubt: false }],
    [410, {}, { code: 'issues_disabled', isDoubt: false }],
    [422, {}, { code: 'refused', isDoubt: false }],
    [301, { Location: 'http://127.0.0.1:9/' }, { code: 'repository_moved', isDoubt: false }],
    [500, {}, { code: 'failed', isDoubt: true }],
    [503, {}, { code: 'failed', isDoubt: true }],
    [200, {}, { code: 'answer_unreadable', isDoubt: true }],
  ])('%i %j', async (status, headers, fault) => {
    await using there = startFakeGithub()
    there.twist(() => new Response('{"message":"a-token is no good"}', { status, headers }))
    expect(await githubAt(there.origin).create(draft)).toEqual({ ok: false, fault } as never)
    expect(there.asked).toHaveLength(1)
  })

  test('that never comes is waited for no longer than the bound, and leaves a doubt', async () => {
    await using there = startFakeGithub()
    there.twist(() => new Promise<Response>(() => undefined))
    expect(await githubAt(there.origin, { timeoutMs: 200 }).create(draft)).toEqual({ ok: false, fault: { code: 'timeout', isDoubt: true } })
  })

  test('of a server that hangs up leaves a doubt', async () => {
    const server = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: (socket) => void socket.terminate() } })
    const asked = await githubAt(`http://127.0.0.1:${server.port}`).create(draft)
    server.stop(true)
    expect(asked).toEqual({ ok: false, fault: { code: 'connection_failed', isDoubt: true } })
  })

  test('of a server that is gone leaves none: nothing was sent', async () => {
    const there = startFakeGithub()
    await there[Symbol.asyncDispose]()
    expect(await githubAt(there.origin).create(draft)).toEqual({ ok: false, fault: { code: 'connection_refused', isDoubt: false } })
  })
})

describe('garbage with 201', () => {
  test.each<[name: string, body: string]>([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['JSON of another kind', '[1]'],
    ['another repository', JSON.stringify({ number: 1, html_url: 'HERE/other/a-repo/issues/1' })],
    ['another host', JSON.stringify({ number: 1, html_url: 'http://evil.test/an-owner/a-repo/issues/1' })],
    ['a script', JSON.stringify({ number: 1, html_url: 'javascript:alert(1)' })],
    ['a pull request', JSON.stringify({ number: 1, html_url: 'HERE/an-owner/a-repo/pull/1' })],
    ['another number', JSON.stringify({ number: 2, html_url: 'HERE/an-owner/a-repo/issues/1' })],
    ['an address without an end', JSON.stringify({ number: 1, html_url: `HERE/an-owner/a-repo/issues/1?${'x'.repeat(400)}` })],
  ])('%s is no issue', async (_, body) => {
    await using there = startFakeGithub()
    there.twist(() => new Response(body.replace('HERE', there.origin), { status: 201 }))
    expect(await githubAt(there.origin).create(draft)).toEqual({ ok: false, fault: { code: 'answer_unreadable', isDoubt: true } })
  })
})

describe('the token goes nowhere', () => {
  test('private, unless that is allowed', async () => {
    await using there = startFakeGithub()
    const fault = { code: 'address_private', isDoubt: false }
    expect(await githubAt(there.origin, { allowsPrivate: false }).create(draft)).toEqual({ ok: false, fault } as never)
    expect(there.asked).toEqual([])
  })

  test('outside without TLS', async () => {
    const github = githubAt('http://github.test', { lookup: async () => ['93.184.215.14'] })
    expect(await github.create(draft)).toEqual({ ok: false, fault: { code: 'tls_required', isDoubt: false } })
  })

  test('where a redirect points', async () => {
    await using other = startFakeGithub()
    await using there = startFakeGithub()
    there.twist(() => new Response(null, { status: 307, headers: { Location: `${other.origin}/repos/an-owner/a-repo/issues` } }))
    expect(await githubAt(there.origin).create(draft)).toMatchObject({ ok: false })
    expect(other.asked).toEqual([])
  })
})

describe('an issue is found again by its marker', () => {
  const bodyWith = (text: string) => JSON.stringify({ body: text })

  test('by the search, the oldest of several', async () => {
    await using there = startFakeGithub()
    for (const text of ['another', `mark ${marker}`, `somebody quotes ${marker}`]) there.make(bodyWith(text))
    expect(await githubAt(there.origin).search(marker)).toEqual({ ok: true, value: `${there.origin}/an-owner/a-repo/issues/2` })
    expect(await githubAt(there.origin).search('e'.repeat(32))).toEqual({ ok: true, value: undefined })
  })

  test('in the list of what was made since, page by page', async () => {
    await using there = startFakeGithub()
    there.make(bodyWith(marker), new Date(noon).toISOString())
    for (let count = 0; count < 120; count++) there.make(bodyWith('another'), new Date(noon + count).toISOString())
    const github = githubAt(there.origin)
    expect(await github.findSince(marker, noon - 1)).toEqual({ ok: true, value: `${there.origin}/an-owner/a-repo/issues/1` })
    expect(there.asked.map(({ path }) => new URL(path, there.origin).searchParams.get('page'))).toEqual(['1', '2', '3'])
    expect(await github.findSince(marker, noon + 1)).toEqual({ ok: true, value: undefined })
  })

  test('by the search where the list has no end', async () => {
    await using there = startFakeGithub()
    there.make(bodyWith(marker), new Date(noon).toISOString())
    for (let count = 0; count < 500; count++) there.make(bodyWith('another'), new Date(noon + count).toISOString())
    expect(await githubAt(there.origin).findSince(marker, noon - 1)).toMatchObject({
      ok: true,
      value: `${there.origin}/an-owner/a-repo/issues/1`,
    })
    expect(there.asked).toHaveLength(11)
  })

  test.each([
    ['{}', 200],
    ['no JSON', 200],
  ])('never in an answer of %s', async (body, status) => {
    await using there = startFakeGithub()
    there.twist(() => new Response(body, { status }))
    const fault = { ok: false, fault: { code: 'answer_unreadable', isDoubt: true } } as const
    expect(await githubAt(there.origin).search(marker)).toEqual(fault)
    expect(await githubAt(there.origin).findSince(marker, noon)).toEqual(fault)
  })
})

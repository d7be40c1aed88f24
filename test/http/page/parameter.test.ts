import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { type Browser, setUp } from '../../part/sign-in.ts'

let service: Running
let browser: Browser
const executionId = crypto.randomUUID()
beforeAll(async () => {
  service = await startRunning()
  browser = await setUp(service)
  expect((await service.ask('/telemetry', { body: eventBody({ execution_id: executionId }) })).status).toBe(202)
  await service.settle()
})
afterAll(() => service[Symbol.asyncDispose]())

const get = async (path: string) => {
  const answer = await browser.get(path)
  return { status: answer.status, text: await answer.text() }
}

const pages = [
  ...['/', '/dashboard', '/script-analysis', '/scripts/docker', '/error-analysis', '/records', `/records/${executionId}`],
  ...['/alerts', '/system', '/api', '/account', '/users', '/keys', '/audit', '/sign-in'],
]
const programs = [
  ...['overview', 'scripts', 'scripts/docker', 'errors', 'runs', `runs/${executionId}`].map((name) => `/api/v1/${name}`),
  ...['runs', 'scripts', 'errors', 'overview'].map((name) => `/export/${name}.csv`),
]

describe('a parameter that does not exist has a message', () => {
  test.each([...pages, ...programs])('%s', async (path) => {
    const { status, text } = await get(`${path}?x=1`)
    expect(status).toBe(400)
    expect(text).toMatch(/There is no such parameter; the nearest that exists is [a-z_]+\.|This address takes no parameters\./)
  })
})

describe('the name of something that every object has is a parameter like any other', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']
  test.each([...pages, ...programs].flatMap((path) => names.map((name) => `${path}?${name}=1`)))('%s', async (path) => {
    const { status, text } = await get(path)
    expect(status).toBe(400)
    expect(text).not.toMatch(/native code|\[object|"field":\{|function/)
  })

  test.each(['/account', '/users', '/keys', '/alerts'])('%s?done=constructor tells of nothing', async (path) => {
    expect((await get(`${path}?done=constructor`)).text).not.toMatch(/native code|\[object|function/)
  })

  test.each(['constructor', '__proto__', 'toString'])('and so is a value: %s', async (word) => {
    for (const name of ['period', 'compare', 'os', 'status', 'sort', 'state', 'script', 'category']) {
      for (const path of ['/script-analysis', '/error-analysis', '/api/v1/scripts', '/export/errors.csv']) {
        const { status, text } = await get(`${path}?${name}=${word}`)
        expect(status).toBeOneOf([200, 400])
        expect(text).not.toMatch(/native code|\[object|function/)
      }
    }
  })
})

describe('a value that cannot be meant is refused by its own rule', () => {
  test.each<[path: string, words: RegExp]>([
    ['/system?format=csv', /takes no parameters/],
    ['/records?after=abc', /after is what the page before gave/],
    ['/records?after=-1', /after is what the page before gave/],
    ['/records?before=1e308', /before is what the page before gave/],
    ['/records?after=1.1&before=2.2', /after a run or before it/],
    ['/api/v1/runs?after=zz', /after is what the page before gave/],
    ['/api/v1/runs?after=1.1&before=2.2', /after a run or before it/],
    ['/records?page=3', /nearest that exists is after\./],
    ['/script-analysis?page=99999', /page is a whole number from 1 to 9,999\./],
    ['/error-analysis?page=0', /page is a whole number from 1 to 9,999\./],
    ['/dashboard?cores=99999999999999999999', /cores is a whole number from 0 to 9,999,999\./],
    ['/dashboard?cores=1e3', /cores is a whole number\./],
    ['/dashboard?os=alpine&os=debian', /os stands there twice/],
    ['/api/v1/scripts?os=&os=debian', /os stands there twice/],
    ['/dashboard?period=week&from=2026-01-01', /period has no such value/],
    ['/api/v1/scripts?limit=0', /limit is a whole number from 1 to 100\./],
    ['/audit?before=abc', /before is a whole number\./],
  ])('%s', async (path, words) => {
    const { status, text } = await get(path)
    expect(status).toBe(400)
    expect(text).toMatch(words)
  })
})

test('own days hold where the form sends a period along, and every page says so', async () => {
  const query = 'period=7d&from=2026-01-01&to=2026-01-31'
  for (const path of ['/dashboard', '/script-analysis', '/scripts/docker', '/error-analysis', '/records']) {
    const { status, text } = await get(`${path}?${query}`)
    expect([path, status]).toEqual([path, 200])
    expect(text).toContain('Own days hold: 2026-01-01 to 2026-01-31, in place of the period 7d.')
    expect((await get(`${path}?from=2026-01-01&to=2026-01-31`)).text).not.toContain('Own days hold')
    expect((await get(`${path}?period=7d&from=&to=`)).text).not.toContain('Own days hold')
  }
  const answer = JSON.parse((await get(`/api/v1/overview?${query}`)).text) as { readonly range: unknown }
  expect(answer.range).toEqual({ from: '2026-01-01', to: '2026-01-31' })
})

describe('an address that leads nowhere', () => {
  const html = { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }

  test.each(['/nonexist', '/records/', '/scripts/a/b', '/%', '/a.php'])('%s is a page for browsers', async (path) => {
    const anonymous = await service.ask(path, { headers: html })
    expect([anonymous.status, anonymous.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(anonymous.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await anonymous.text()).not.toContain('href="/records"')

    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const signedIn = await service.ask(path, { headers: { ...html, Cookie: cookie } })
    expect(signedIn.status).toBe(404)
    const text = await signedIn.text()
    expect(text).toContain('There is nothing at this address.')
    expect(text).toContain('href="/records"')
  })

  test.each(['/nonexist', '/records/', '/scripts/a/b'])('%s stays plain text for curl', async (path) => {
    for (const accept of ['*/*', 'text/html;q=0', 'application/json']) {
      const answer = await service.ask(path, { headers: { Accept: accept } })
      expect([answer.status, await answer.text()]).toEqual([404, 'not found\n'])
    }
  })

  test('paths of programs keep their answers', async () => {
    expect(await (await service.ask('/api/nothing', { headers: html })).json()).toMatchObject({ error: { code: 'not_found' } })
    expect(await (await service.ask('/telemetry/nothing', { headers: html })).text()).toBe('not found\n')
    expect((await service.ask('/nonexist', { headers: html, method: 'POST' })).headers.get('content-type')).toContain('text/plain')
  })
})

test('every page is packed for who takes gzip, whatever its status', async () => {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { 'Accept-Encoding': 'gzip', Cookie: cookie, Accept: 'text/html' }
  for (const path of [...pages.filter((page) => page !== '/sign-in'), '/dashboard?x=1', '/nonexist']) {
    const answer = await service.ask(path, { headers })
    expect([path, answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
      path,
      'gzip',
      expect.stringContaining('Accept-Encoding') as unknown as string,
    ])
    expect(await answer.text()).toStartWith('<!doctype html>')
    const plain = await service.ask(path, { headers: { ...headers, 'Accept-Encoding': 'identity' } })
    expect([path, plain.headers.get('content-encoding')]).toEqual([path, null])
    expect(await plain.text()).toStartWith('<!doctype html>')
  }
})

test('a note is kept without signs of no width and without those that turn the text around them', async () => {
  const note = 'waits\u202e for \u200bthe \u2066fix \u05d0\u202e\u05d1'
  expect((await browser.submit('/errors/0123456789abcdef', { state: 'muted', note }, '/errors/0123456789abcdef')).status).toBeOneOf([
    303, 403,
  ])
  const failed = eventBody({ status: 'failed', exit_code: 100, error: 'E: Unable to locate package foo' })
  await service.ask('/telemetry', { body: failed })
  await service.settle()
  const path = /href="(\/errors\/[0-9a-f]{16})/.exec((await get('/error-analysis')).text)?.[1] ?? ''
  expect((await browser.submit(path, { state: 'muted', note })).status).toBe(303)
  expect((await get(path)).text).toContain('waits for the fix \u05d0\u05d1')
})

import { afterAll, beforeAll, expect, test } from 'bun:test'
import { gunzipSync } from 'node:zlib'
import { type Seeded, startSeeded } from './seeded.ts'

let seeded: Seeded
beforeAll(async () => {
  seeded = await startSeeded()
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

const cookieOf = () => [...seeded.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${seeded.service.url}${path}`, { redirect: 'manual', decompress: false, headers: { Cookie: cookieOf(), ...headers } })

test('the overview stands at / and /dashboard for who signed in', async () => {
  for (const path of ['/', '/dashboard']) {
    const answer = await seeded.browser.get(path)
    const html = await answer.text()
    expect([answer.status, html]).toEqual([200, expect.stringContaining('<h1>Overview</h1>')])
    expect(html).toContain('href="/records?period=30d">300</a>')
  }
})

test('who did not sign in is sent to the form, and back afterwards', async () => {
  const answer = await seeded.service.ask('/dashboard?os=debian')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fdashboard%3Fos%3Ddebian'])
})

test('a page that did not change is not sent again; another role, theme or address is another page', async () => {
  const first = await ask('/dashboard')
  const tag = first.headers.get('etag') ?? ''
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'cache-control': 'private, no-cache',
    vary: 'Cookie, Authorization, Accept-Encoding',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  })
  const again = await ask('/dashboard', { 'If-None-Match': `"other", ${tag}` })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
  const tags = await Promise.all([
    ask('/dashboard', { Cookie: `${cookieOf()}; theme=dark` }),
    ask('/dashboard?period=7d'),
    seeded.service.ask('/dashboard', { key: await seeded.service.makeKey('read') }),
  ])
  expect(new Set([tag, ...tags.map(({ headers }) => headers.get('etag'))]).size).toBe(4)
})

test('a page is packed for who takes it, and then is small', async () => {
  const packed = await ask('/dashboard', { 'Accept-Encoding': 'gzip' })
  const bytes = new Uint8Array(await packed.arrayBuffer())
  expect([packed.headers.get('content-encoding'), bytes.length < 12_000]).toEqual(['gzip', true])
  const plain = await ask('/dashboard', { 'Accept-Encoding': 'gzip;q=0, identity' })
  expect(plain.headers.get('content-encoding')).toBeNull()
  const shown = (html: string) => html.replace(/rendered in [\d.]+ ms/, '').replace(/data as of [^<]+/, '')
  expect(shown(gunzipSync(bytes).toString())).toBe(shown(await plain.text()))
})

test.each<[query: string, status: number, words: string]>([
  ['?peroid=7d', 400, 'There is no such parameter; the nearest that exists is period.'],
  ['?period=fortnight', 400, 'The parameter period has no such value'],
  ['?from=2026-02-30', 400, 'The parameter from is a day such as 2026-03-01.'],
  ['?from=2999-01-01', 400, 'lies in the future'],
  ['?status=faild', 400, 'the nearest that exists is failed'],
  ['?format=xml', 400, 'The parameter format has no such value'],
  ['?script=nothing-like-this', 200, 'No run fits these filters.'],
  ['?from=2020-01-01&to=2020-02-01', 200, 'No run began in this period.'],
])('%s is %d and says why', async (query, status, words) => {
  const answer = await seeded.browser.get(`/dashboard${query}`)
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)])
})

test('format=csv is the same selection as a file', async () => {
  const answer = await seeded.browser.get('/dashboard?format=csv&period=7d')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
  expect(await answer.text()).toContain('script,docker,30,')
})

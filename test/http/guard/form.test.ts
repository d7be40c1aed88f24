import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readNextPath } from '../../../src/http/access/next-path.ts'
import { readCookie, wireName, writeCookie } from '../../../src/http/guard/cookie.ts'
import { isLocal } from '../../../src/http/guard/local.ts'
import { permissions } from '../../../src/http/guard/permission.ts'
import { type Running, startRunning } from '../../part/running.ts'
import { type Browser, openBrowser, setUp, tokenIn } from '../../part/sign-in.ts'

let service: Running
let admin: Browser
let token: string
beforeAll(async () => {
  service = await startRunning()
  admin = await setUp(service)
  token = tokenIn(await (await admin.get('/users')).text())
})
afterAll(() => service[Symbol.asyncDispose]())

const titleOf = async (answer: Response) => /<h2[^>]*>([^<]*)</.exec(await answer.text())?.[1]
const foreign = 'This form is out of date'
const user = { name: 'mallory', role: 'admin', password: 'a password of mine' }
const users = async () => (await (await admin.get('/users')).text()).includes('mallory')

describe('P18 a form from elsewhere', () => {
  const forms = Object.entries(permissions)
    .filter(([route, { face }]) => route.startsWith('POST /') && face === 'page' && !/setup|theme/.test(route))
    .map(([route]) => route)

  test.each(forms.map((route) => [route.slice(5).replace(/:\w+/, 'x')] as const))('is refused at %s without its token', async (path) => {
    const answer = await admin.post(path, { ...user, act: 'delete', sure: 'yes' })
    expect([answer.status, await titleOf(answer)]).toEqual([403, foreign])
  })

  test.each<[name: string, fields: () => Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>]>([
    ['an empty token', () => ({ token: '' }), {}],
    ['a token of another form', () => ({ token: 'A'.repeat(43) }), {}],
    ['its token, from another site by Sec-Fetch-Site', () => ({ token }), { 'Sec-Fetch-Site': 'cross-site' }],
    ['its token, from a neighbour by Sec-Fetch-Site', () => ({ token }), { 'Sec-Fetch-Site': 'same-site' }],
    ['its token, from another site by Origin', () => ({ token }), { Origin: 'https://evil.example' }],
    ['its token, from an Origin that is none', () => ({ token }), { Origin: 'evil' }],
    ['a key that nobody knows beside the cookie', () => ({}), { Authorization: 'Basic YWRhOmE=' }],
  ])('with %s changes nothing', async (_, fields, headers) => {
    const answer = await admin.post('/users', { ...user, ...fields() }, headers)
    expect([answer.status, await titleOf(answer)]).toEqual([403, foreign])
    expect(await users()).toBe(false)
  })

  test('with the token of another browser changes nothing', async () => {
    const other = openBrowser(service)
    await other.submit('/sign-in', { key: await service.makeKey('admin') })
    const theirs = tokenIn(await (await other.get('/users')).text())
    expect(theirs).not.toBe(token)
    expect((await admin.post('/users', { ...user, token: theirs })).status).toBe(403)
    expect(await users()).toBe(false)
  })

  test('to sign in is refused to a browser that never got it', async () => {
    const answer = await openBrowser(service).post('/sign-in', { token, key: await service.makeKey('read') })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
  })
})

describe('a form of ours', () => {
  test.each([
    ['as Chromium sends it over TLS', { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }],
    ['as browsers send it over plain HTTP', { Origin: 'null' }],
    ['with our own Origin', () => ({ Origin: service.url })],
    ['without either header', {}],
  ])('%s is taken', async (_, headers) => {
    const answer = await admin.post(
      '/users/ada',
      { token, act: 'role', role: 'admin' },
      typeof headers === 'function' ? headers() : headers,
    )
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/users?done=role'])
  })

  test('needs no token when a key comes with it, which no other site can send', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const ask = (key: string) => service.ask('/users/ada', { body: 'act=role&role=admin', headers, key })
    expect((await ask(await service.makeKey('admin'))).status).toBe(303)
    expect((await ask(await service.makeKey('read'))).status).toBe(403)
  })

  test.each<[name: string, body: string, headers: Readonly<Record<string, string>>]>([
    ['JSON', '{}', { 'Content-Type': 'application/json' }],
    ['plain text, as a foreign page can send', 'token=x', { 'Content-Type': 'text/plain' }],
    ['no type', 'token=x', { 'Content-Type': '' }],
    ['too much', `token=${'x'.repeat(20_000)}`, { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ])('is no %s', async (_, body, headers) => {
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await service.ask('/users', { body, headers: { Cookie: cookie, ...headers } })).status).toBe(400)
  })
})

test.each([
  [null, '/'],
  ['/', '/'],
  ['/records?a=b#c', '/records?a=b#c'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/a\\b', '/'],
  ['/\tevil', '/'],
  ['/a\nb', '/'],
  ['/ä', '/'],
  ['https://evil.example', '/'],
  ['records', '/'],
  ['/sign-in?next=/', '/'],
  ['/setup/abc', '/'],
  [`/${'a'.repeat(3_000)}`, '/'],
])('after a sign-in %j leads to %j', (text, path) => {
  expect(readNextPath(text)).toBe(path as '/')
})

test.each<[header: string, isSecure: boolean, value: string | undefined]>([
  ['telemetry_session=abc', false, 'abc'],
  ['a=b; telemetry_session=abc; telemetry_session=def', false, 'abc'],
  ['xtelemetry_session=abc', false, undefined],
  ['telemetry_session=abc', true, undefined],
  ['__Host-telemetry_session=abc', true, 'abc'],
  ['__Host-telemetry_session=abc', false, undefined],
  ['telemetry_session=', false, undefined],
  ['telemetry_session=a%20b', false, undefined],
  ['telemetry_session="abc"', false, undefined],
  [`telemetry_session=${'a'.repeat(129)}`, false, undefined],
  [`${'x'.repeat(20_000)}; telemetry_session=abc`, false, undefined],
])('the cookie in %j over TLS %j is %j', (header, isSecure, value) => {
  expect(readCookie(new Headers({ Cookie: header }), 'session', isSecure)).toBe(value as string)
})

test('a cookie for TLS has the prefix that binds it to this host', () => {
  expect(wireName('form', true)).toBe('__Host-telemetry_form')
  expect(writeCookie('form', 'abc', { isSecure: true })).toBe('__Host-telemetry_form=abc; Path=/; HttpOnly; SameSite=Strict; Secure')
})

test.each<[peer: string | undefined, headers: Readonly<Record<string, string>>, isOurs: boolean]>([
  ['127.0.0.1', { Host: 'localhost:8080' }, true],
  ['::1', { Host: '[::1]' }, true],
  ['127.0.0.1', { Host: 'telemetry.example.org' }, false],
  ['127.0.0.1', { Host: 'localhost', Via: 'proxy' }, false],
  ['203.0.113.9', { Host: 'localhost' }, false],
  [undefined, { Host: 'localhost' }, false],
])('a request of %j with %j comes from this machine: %j', (peer, headers, isOurs) => {
  expect(isLocal(new Request('http://localhost/', { headers }), peer)).toBe(isOurs)
})

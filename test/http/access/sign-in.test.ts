import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, startRunning } from '../../part/running.ts'
import { adminName, adminPassword, type Browser, openBrowser, setUp, setupPathOf, signIn, tokenIn } from '../../part/sign-in.ts'

let service: Running
let admin: Browser
beforeAll(async () => {
  service = await startRunning()
  admin = await setUp(service)
})
afterAll(() => service[Symbol.asyncDispose]())

const reads = async (browser: Browser) => (await browser.get('/api/records')).status

describe('the setup link', () => {
  test('lies in a file of the owner alone, makes the first admin and opens nothing afterwards', async () => {
    await using fresh = await startRunning()
    const file = join(fresh.folder, 'setup-link')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const path = setupPathOf(fresh.folder)
    expect((await fresh.ask(path)).status).toBe(200)
    const [first, second] = [openBrowser(fresh), openBrowser(fresh)]
    const fields = { name: adminName, password: adminPassword, repeat: adminPassword }
    const answers = await Promise.all([first.submit(path, fields), second.submit(path, { ...fields, name: 'mallory' })])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect(existsSync(file)).toBe(false)
    expect((await fresh.ask(path)).status).toBe(404)
    expect((await openBrowser(fresh).post(path, fields)).status).toBe(404)
    const winner = answers[0].status === 303 ? first : second
    expect(await reads(winner)).toBe(200)
    expect((await winner.get('/users')).status).toBe(200)
  })

  test.each([
    ['another password the second time', { name: 'ada', password: adminPassword, repeat: 'something else' }, 'The two passwords differ.'],
    ['a short password', { name: 'ada', password: 'short', repeat: 'short' }, 'A password has at least 12 characters.'],
    ['the name as password', { name: 'adalovelace', password: 'adalovelace-1', repeat: 'adalovelace-1' }, 'too easy to guess'],
    ['no name', { name: '<b>', password: adminPassword, repeat: adminPassword }, 'A name is 1 to 64'],
  ])('with %s asks again, and stays open', async (_, fields, words) => {
    await using fresh = await startRunning()
    const path = setupPathOf(fresh.folder)
    const answer = await openBrowser(fresh).submit(path, fields)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(words)])
    expect((await fresh.ask(path)).status).toBe(200)
  })

  test('that is another one is not told from one that is over', async () => {
    await using fresh = await startRunning()
    const texts = ['/setup/abc', `/setup/${'A'.repeat(43)}`, '/setup/%00', `/setup/${'x'.repeat(4_000)}`].map(async (path) => {
      const answer = await fresh.ask(path)
      return [answer.status, await answer.text()] as const
    })
    const answers = await Promise.all(texts)
    expect(new Set(answers.map(([, text]) => text)).size).toBe(1)
    expect(answers.every(([status]) => status === 404)).toBe(true)
  })

  test('begins with PUBLIC_URL, whatever Host a request names', async () => {
    await using fresh = await startRunning({ PUBLIC_URL: 'https://telemetry.example.org' })
    await fresh.ask('/', { headers: { Host: 'evil.example' } })
    expect(await Bun.file(join(fresh.folder, 'setup-link')).text()).toMatch(/^https:\/\/telemetry\.example\.org\/setup\/\w{43}\n$/)
  })

  test('a restart makes a new one while there is no admin, and none afterwards', async () => {
    await using first = await startRunning()
    const before = setupPathOf(first.folder)
    const settings = { DATA_DIR: first.folder }
    await first.stop()
    {
      await using second = await startRunning(settings)
      expect(setupPathOf(second.folder)).not.toBe(before)
      expect((await second.ask(before)).status).toBe(404)
      await setUp(second)
    }
    await using third = await startRunning(settings)
    expect(existsSync(join(third.folder, 'setup-link'))).toBe(false)
  })
})

describe('signing in', () => {
  test('by name and password opens what a read key opens, and more', async () => {
    const browser = openBrowser(service)
    expect(await reads(browser)).toBe(401)
    const answer = await signIn(browser, ` ${adminName.toUpperCase()} `, adminPassword)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    expect(await reads(browser)).toBe(200)
    expect((await browser.get('/metrics')).status).toBe(200)
    const html = await (await browser.get('/')).text()
    for (const text of [adminName, 'Sign out']) expect(html).toContain(text)
  })

  test.each([
    ['a wrong password', { name: adminName, password: `${adminPassword}!` }],
    ['a wrong name', { name: 'nobody-here', password: adminPassword }],
    ['a name that can be none', { name: '<script>', password: adminPassword }],
    ['no password', { name: adminName, password: '' }],
  ])('with %s has one answer, which keeps no password', async (_, fields) => {
    const browser = openBrowser(service)
    const answer = await browser.submit('/sign-in', fields)
    const text = await answer.text()
    expect([answer.status, /role="alert"[^>]*>([^<]*)</.exec(text)?.[1]]).toEqual([403, 'The name or the password is not right.'])
    expect(text).not.toContain(adminPassword)
    expect(text).not.toContain('<script>')
    expect(browser.setCookies.filter((cookie) => cookie.includes('session'))).toEqual([])
  })

  test('with a pasted read key lasts as long as the key, and not a request longer', async () => {
    const key = await service.makeKey('read')
    const browser = openBrowser(service)
    expect((await browser.submit('/sign-in', { key: ` ${key} ` })).status).toBe(303)
    expect(await reads(browser)).toBe(200)
    expect((await browser.get('/users')).status).toBe(403)
    await service.revokeKey(key)
    expect(await reads(browser)).toBe(401)
    expect((await browser.get('/account')).headers.get('location')).toBe('/sign-in?next=%2Faccount')
  })

  test.each<[name: string, key: () => Promise<string>, words: string]>([
    ['an unknown key', async () => `ts_r_${'A'.repeat(12)}_${'A'.repeat(43)}`, 'This key is not known here.'],
    ['an ingest key', () => service.makeKey('ingest'), 'does not grant reading'],
    [
      'a revoked key',
      async () => {
        const key = await service.makeKey('read')
        await service.revokeKey(key)
        return key
      },
      'This key was revoked.',
    ],
  ])('with %s says why not', async (_, key, words) => {
    const answer = await openBrowser(service).submit('/sign-in', { key: await key() })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining(words)])
  })

  test.each([
    ['/records?status=failed&app=a%20b', '/records?status=failed&app=a%20b'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/a\r\nSet-Cookie: x=1', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-out', '/'],
    ['', '/'],
  ])('with next=%j leads to %s', async (next, location) => {
    const browser = openBrowser(service)
    const page = `/sign-in?next=${encodeURIComponent(next)}`
    const shown = /name="next" value="([^"]*)"/.exec(await (await browser.get(page)).text())?.[1]
    expect(shown?.replaceAll('&amp;', '&')).toBe(location)
    const answer = await browser.submit(page, { key: await service.makeKey('read'), next }, '/sign-in')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, location])
    expect((await browser.get(page)).headers.get('location')).toBe(location)
  })

  test('a page that needs it leads there and back', async () => {
    const answer = await service.ask('/account?done=session')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Faccount%3Fdone%3Dsession'])
  })

  test('anew gives another token and ends the session before', async () => {
    const browser = openBrowser(service)
    await signIn(browser, adminName, adminPassword)
    const before = new Map(browser.cookies)
    await browser.post('/sign-in', {
      token: tokenIn(await (await browser.get('/account')).text()),
      name: adminName,
      password: adminPassword,
    })
    expect(browser.cookies.get('telemetry_session')).not.toBe(before.get('telemetry_session'))
    const old = openBrowser(service)
    for (const [name, value] of before) old.cookies.set(name, value)
    expect([await reads(old), await reads(browser)]).toEqual([401, 200])
  })
})

describe('the cookie', () => {
  test.each<[name: string, env: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>, secure: boolean]>([
    ['plain HTTP', {}, {}, false],
    ['a proxy that says https', {}, { 'X-Forwarded-Proto': 'https' }, true],
    ['a public address with https', { PUBLIC_URL: 'https://telemetry.example.org' }, {}, true],
  ])('over %s has every flag', async (_, env, headers, secure) => {
    await using fresh = await startRunning(env)
    const browser = openBrowser(fresh, headers)
    const answer = await browser.submit('/sign-in', { key: await fresh.makeKey('read') })
    expect(answer.status).toBe(303)
    const [session = ''] = browser.setCookies.filter((text) => text.includes('session'))
    const name = secure ? '__Host-telemetry_session' : 'telemetry_session'
    const tail = secure ? '; HttpOnly; SameSite=Strict; Secure' : '; HttpOnly; SameSite=Strict'
    expect(session).toMatch(new RegExp(`^${name}=[0-9A-Za-z]{43}; Path=/; Max-Age=\\d+${tail}$`))
    expect(Number(/Max-Age=(\d+)/.exec(session)?.[1])).toBeWithin(30 * 86_400 - 60, 30 * 86_400 + 1)
    expect(await reads(browser)).toBe(200)
  })

  test('for TLS is not taken from a neighbour’s cookie without the prefix', async () => {
    await using fresh = await startRunning({ PUBLIC_URL: 'https://telemetry.example.org' })
    const browser = openBrowser(fresh)
    await browser.submit('/sign-in', { key: await fresh.makeKey('read') })
    const token = browser.cookies.get('__Host-telemetry_session') ?? ''
    expect((await fresh.ask('/api/records', { headers: { Cookie: `telemetry_session=${token}` } })).status).toBe(401)
  })

  test('stands in no log and in no file', async () => {
    const token = admin.cookies.get('telemetry_session') ?? ''
    expect(token).toHaveLength(43)
    expect(JSON.stringify(service.lines)).not.toContain(token)
    for (const ending of ['', '-wal']) expect(await Bun.file(join(service.folder, `access.db${ending}`)).text()).not.toContain(token)
  })
})

test('signing out ends the session, also for who kept the cookie', async () => {
  const browser = openBrowser(service)
  await signIn(browser, adminName, adminPassword)
  const kept = browser.cookies.get('telemetry_session')
  const answer = await browser.submit('/account', {}, '/sign-out')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  expect(browser.cookies.has('telemetry_session')).toBe(false)
  expect((await service.ask('/api/records', { headers: { Cookie: `telemetry_session=${kept}` } })).status).toBe(401)
})

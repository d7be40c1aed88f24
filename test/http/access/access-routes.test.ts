import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Running, startRunning } from '../../part/running.ts'
import { type Browser, openBrowser, setUp } from '../../part/sign-in.ts'

let service: Running
let admin: Browser
beforeAll(async () => {
  service = await startRunning()
  admin = await setUp(service)
})
afterAll(() => service[Symbol.asyncDispose]())

describe('P20 every page about access', () => {
  test.each([['/sign-in'], ['/account'], ['/users'], ['/keys']])('%s has the headers of pages, and no cache keeps it', async (path) => {
    const answer = await (path === '/sign-in' ? openBrowser(service) : admin).get(path)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      vary: 'Cookie, Authorization, Accept-Encoding',
    })
    expect(await answer.text()).not.toMatch(/<script|<style|style=|\son[a-z]+=/i)
  })
})

test.each([['/account'], ['/users'], ['/keys']])('%s has the ways and the foot of every other page', async (path) => {
  const [html, other] = await Promise.all([path, '/system'].map(async (each) => (await admin.get(each)).text()))
  const waysOf = (page = '') => /<nav aria-label="pages">.*?<\/nav>/s.exec(page)?.[0].replace(' aria-current="page"', '')
  expect(waysOf(html)).toContain('href="/records"')
  expect(waysOf(html)).toBe(waysOf(other))
  expect(html).toMatch(/<footer>.*data as of .* UTC/)
  expect(html).toContain(`href="${path}" aria-current="page"`)
  expect(html).toContain(`name="back" value="${path}"`)
})

test('who may not manage access is shown no way to it', async () => {
  const browser = openBrowser(service)
  await browser.submit('/sign-in', { key: await service.makeKey('read') })
  expect(await (await browser.get('/account')).text()).not.toMatch(/href="\/(?:users|keys)"/)
})

test('the answer of a form leads the theme switch back to a page that exists', async () => {
  const html = await (await admin.submit('/users', { act: 'disable' }, '/users/nobody-of-this-name')).text()
  expect(html).toContain('name="back" value="/users"')
})

test('the theme that the browser remembers holds on the pages about access too', async () => {
  for (const path of ['/sign-in', '/account', '/users', '/keys']) {
    const browser = openBrowser(service)
    for (const [name, value] of path === '/sign-in' ? [] : admin.cookies) browser.cookies.set(name, value)
    expect(await (await browser.get(path)).text()).not.toContain('data-theme')
    const chosen = await browser.post('/theme', { theme: 'dark', back: path })
    expect([chosen.status, await (await browser.get(path)).text()]).toEqual([
      303,
      expect.stringContaining('<html lang="en" data-theme="dark">'),
    ])
  }
})

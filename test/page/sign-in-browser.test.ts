import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { axeLooks, findAxeFaults } from '../part/axe.ts'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { type Running, startRunning } from '../part/running.ts'
import { adminName, adminPassword, setupPathOf } from '../part/sign-in.ts'

const isHere = hasChromium('signing in with a browser')
let service: Running
let browser: Browser

beforeAll(async () => {
  if (!isHere) return
  ;[service, browser] = await Promise.all([startRunning(), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await service?.[Symbol.asyncDispose]()
})

type Visit = { readonly page: Page; readonly context: BrowserContext; readonly messages: string[]; readonly hosts: Set<string> }

async function visit(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const messages: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => void messages.push(message.text()))
  page.on('request', (request) => void hosts.add(new URL(request.url()).host))
  await page.goto(`${service.url}${path}`)
  return { page, context, messages, hosts }
}

const pathOf = (page: Page) => page.url().slice(service.url.length)

describe.if(isHere)('with JavaScript off', () => {
  test('the setup link makes an admin, who makes a user and a key, signs out and signs in again', async () => {
    const { page, context, messages, hosts } = await visit(setupPathOf(service.folder), { javaScriptEnabled: false })
    await page.getByRole('textbox', { name: 'Name' }).fill(adminName)
    await page.getByLabel('Password', { exact: true }).fill(adminPassword)
    await page.getByLabel('Password once more').fill(adminPassword)
    await page.getByRole('button', { name: 'Make the admin' }).click()
    expect(pathOf(page)).toBe('/')

    await page.goto(`${service.url}/users`)
    await page.getByRole('textbox', { name: 'Name' }).fill('grace')
    await page.getByLabel('First password').fill('another good password')
    await page.getByRole('button', { name: 'Make the user' }).click()
    expect(pathOf(page)).toBe('/users?done=made')
    await page.getByText('grace').click()
    await page.getByLabel('Role').nth(1).selectOption('maintainer')
    await page.getByRole('button', { name: 'Set the role' }).last().click()
    expect(await page.getByRole('status').textContent()).toContain('The role is set')

    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByLabel('Note').fill('grafana')
    await page.getByRole('button', { name: 'Make the key' }).click()
    expect(await page.locator('pre').textContent()).toMatch(/^\s*ts_r_\w{12}_\w{43}\s*$/)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.goto(`${service.url}/keys`)
    expect(pathOf(page)).toBe('/sign-in?next=%2Fkeys')
    await page.getByRole('textbox', { name: 'Name' }).fill(adminName)
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    expect((await page.getByRole('alert').textContent())?.trim()).toBe('The name or the password is not right.')
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(adminName)
    await page.getByLabel('Password').fill(adminPassword)
    await Promise.all([page.waitForURL(`${service.url}/keys`), page.keyboard.press('Enter')])
    const [cookie] = (await context.cookies()).filter(({ name }) => name === 'telemetry_session')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    expect([messages.filter((text) => !text.includes('403')), [...hosts]]).toEqual([[], [new URL(service.url).host]])
    await context.close()
  })

  test('a page of another site that sends our form reaches nothing', async () => {
    const key = await service.makeKey('admin')
    const { page, context } = await visit('/sign-in', { javaScriptEnabled: false })
    await page.getByLabel('Key of scope').fill(key)
    await page.getByRole('button', { name: 'with the key' }).click()
    const form = `<form method="post" action="${service.url}/users"><input name="name" value="mallory"><input name="role" value="admin">
      <input name="password" value="a password of mine"><button>Win</button></form>`
    const elsewhere = Bun.serve({
      port: 0,
      hostname: 'localhost',
      fetch: () => new Response(form, { headers: { 'Content-Type': 'text/html' } }),
    })
    await page.goto(`http://localhost:${elsewhere.port}/`)
    await page.getByRole('button').click()
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).not.toContain('Users')
    await page.goto(`${service.url}/users`)
    expect(await page.getByText('mallory').count()).toBe(0)
    await context.close()
    await elsewhere.stop(true)
  })
})

describe.if(isHere)('every page about access', () => {
  test.each(axeLooks)('$width px, $colorScheme: axe finds nothing, nothing beyond its edge', async ({ width, colorScheme }) => {
    const key = await service.makeKey('admin')
    const { page, context } = await visit('/sign-in', { viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
    for (const path of ['/sign-in', '/account', '/users', '/keys', '/setup/over']) {
      await page.goto(`${service.url}${path}`)
      const found = await findAxeFaults(page)
      expect([path, found]).toEqual([path, []])
      expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, true])
      if (path !== '/sign-in') continue
      await page.getByLabel('Key of scope').fill(key)
      await page.getByRole('button', { name: 'with the key' }).click()
    }
    await context.close()
  })
})

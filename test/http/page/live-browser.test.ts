import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { axeLooks, findAxeFaults } from '../../part/axe.ts'
import { hasChromium, startBrowser } from '../../part/browser.ts'
import { type Seeded, startSeeded } from './seeded.ts'

const isHere = hasChromium('live pages in a browser')
let seeded: Seeded
let browser: Browser
let paths: Readonly<Record<string, string>> = {}

beforeAll(async () => {
  if (!isHere) return
  ;[seeded, browser] = await Promise.all([startSeeded({ ENABLE_REQUEST_LOGGING: 'true' }), startBrowser()])
  const first = async (page: string, link: RegExp) => link.exec(await (await seeded.browser.get(page)).text())?.[1] ?? ''
  paths = {
    overview: '/',
    'one day': '/dashboard?period=today',
    scripts: '/script-analysis',
    script: `/scripts/${encodeURIComponent('<script>alert(1)</script>')}`,
    errors: '/error-analysis',
    error: await first('/error-analysis', /href="(\/errors\/[0-9a-f]{16})/),
    records: '/records?status=failed',
    record: await first('/records?status=failed', /href="(\/records\/[^"]*)"/),
    system: '/system',
    API: '/api',
    'nothing found': '/dashboard?script=nothing-like-this',
    fault: '/dashboard?peroid=7d',
    account: '/account',
  }
})
afterAll(async () => {
  await browser?.close()
  await seeded?.service[Symbol.asyncDispose]()
})

type Seen = { readonly page: Page; readonly messages: readonly string[]; readonly hosts: ReadonlySet<string> }

/** Opens one page after the other as whoever signed in, and listens to consoles, errors and requests. */
async function look(options: BrowserContextOptions, use: (name: string, seen: Seen) => Promise<void>): Promise<void> {
  const { url } = seeded.service
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  await context.addCookies([...seeded.browser.cookies].map(([name, value]) => ({ name, value, url })))
  const page = await context.newPage()
  const messages: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => void messages.push(message.text()))
  page.on('pageerror', (fault) => void messages.push(String(fault)))
  page.on('requestfailed', (request) => void messages.push(`failed ${request.url()}`))
  page.on('request', (request) => request.url().startsWith('data:') || hosts.add(new URL(request.url()).host))
  for (const [name, path] of Object.entries(paths)) {
    messages.length = 0
    hosts.clear()
    await page.goto(`${url}${path}`, { waitUntil: 'load' })
    await use(name, { page, messages, hosts })
  }
  await context.close()
}

/** What Chromium says by itself of a page that is answered with 400. */
const isOwnWord = (message: string) => /the server responded with a status of 400/.test(message)

describe.if(isHere)('live pages in Chromium', () => {
  test.each([...axeLooks, { width: 1280, colorScheme: 'dark' }, { width: 390, colorScheme: 'light' }] as const)(
    '$width px, $colorScheme: no message, no other host, nothing beyond the edge',
    async ({ width, colorScheme }) => {
      // What is beyond the edge is told by a script, which the pages’ own policy would not let in.
      await look({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (name, { page, messages, hosts }) => {
        expect([name, messages.filter((message) => !isOwnWord(message))]).toEqual([name, []])
        expect([name, [...hosts]]).toEqual([name, [new URL(seeded.service.url).host]])
        expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true])
      })
    },
    240_000,
  )

  test.each(axeLooks)(
    '$width px, $colorScheme: axe finds nothing',
    async ({ width, colorScheme }) => {
      await look({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (name, { page }) => {
        expect([name, await findAxeFaults(page)]).toEqual([name, []])
      })
    },
    240_000,
  )

  test('without scripts every page is whole, under its own policy', async () => {
    await look({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }, async (name, { page, messages }) => {
      expect([name, messages.filter((message) => !isOwnWord(message))]).toEqual([name, []])
      expect([name, await page.locator('h1').count()]).toEqual([name, 1])
      expect([name, await page.locator('script').count()]).toEqual([name, 0])
    })
  }, 240_000)

  test('a cold view is two requests, the page and its style sheet; the icon comes with the page', async () => {
    const { url, lines } = seeded.service
    const cookies = [...seeded.browser.cookies].map(([name, value]) => ({ name, value, url }))
    for (const name of ['overview', 'scripts', 'error', 'account']) {
      const context = await browser.newContext({ colorScheme: 'light' })
      await context.addCookies(cookies)
      const page = await context.newPage()
      const messages: string[] = []
      page.on('console', (message) => void messages.push(message.text())) // A policy that did not let the icon in would say so.
      const before = lines.length
      await page.goto(`${url}${paths[name]}`, { waitUntil: 'networkidle' })
      const asked = lines.slice(before).filter(({ message }) => message === 'request')
      const shown = await page.locator('link[rel=icon]').getAttribute('href')
      expect([name, asked.length, asked.at(-1)?.['route'], messages]).toEqual([name, 2, '/style.css', []])
      expect([name, shown?.startsWith('data:image/svg+xml,')]).toEqual([name, true])
      await context.close()
    }
  }, 240_000)

  test('printed, a page is its figures: no navigation, no forms, nothing beyond the paper', async () => {
    await look({ viewport: { width: 794, height: 1123 } }, async (name, { page }) => {
      await page.emulateMedia({ media: 'print' })
      const isShown = async (selector: string) => (await page.locator(selector).first().isVisible()) && selector
      expect([name, await isShown('.top'), await isShown('.filter'), await isShown('summary')]).toEqual([name, false, false, false])
      expect([name, await isShown('h1')]).toEqual([name, 'h1'])
      expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([name, true])
    })
  }, 240_000)

  test('filters, tabs and muting work by keyboard alone, without scripts', async () => {
    const { url } = seeded.service
    const context = await browser.newContext({ javaScriptEnabled: false })
    await context.addCookies([...seeded.browser.cookies].map(([name, value]) => ({ name, value, url })))
    const page = await context.newPage()
    await page.goto(`${url}/dashboard`)
    await page.getByLabel('script', { exact: true }).fill('docker')
    await page.keyboard.press('Enter')
    await page.waitForURL(/script=docker/)
    expect(await page.getByText('script: docker').count()).toBe(1)
    await page.goto(`${url}${paths['error']}`)
    await page.getByLabel('note, may be empty').fill('seen')
    await page.keyboard.press('Enter')
    await page.getByText('muted by ada').waitFor()
    await page.getByRole('button', { name: 'Open it again' }).press('Enter')
    await page.getByRole('button', { name: 'Mute' }).waitFor()
    await page.getByRole('button', { name: 'dark' }).press('Enter')
    await page.locator('html[data-theme=dark]').waitFor()
    expect(new URL(page.url()).pathname).toBe(paths['error'] ?? '')
    await context.close()
  }, 240_000)
})

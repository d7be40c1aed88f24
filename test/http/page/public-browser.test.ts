import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { findAxeFaults } from '../../part/axe.ts'
import { hasChromium, startBrowser } from '../../part/browser.ts'
import { type Seeded, startSeeded } from './seeded.ts'

const isHere = hasChromium('public pages in a browser')
let seeded: Seeded
let browser: Browser
beforeAll(async () => {
  if (isHere) [seeded, browser] = await Promise.all([startSeeded({ PUBLIC_DASHBOARD: 'true' }), startBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await seeded?.service[Symbol.asyncDispose]()
})

const paths = ['/', '/dashboard?os=debian', '/script-analysis?type=lxc', '/scripts/docker', '/error-analysis?exit_code=100']

describe.if(isHere)('public pages in Chromium', () => {
  test.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)(
    '%d px, %s: nothing beyond the edge, axe finds nothing',
    async (width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce', bypassCSP: true })
      const page = await context.newPage()
      for (const path of paths) {
        await page.goto(`${seeded.service.url}${path}`, { waitUntil: 'load' })
        await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true })')
        expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, true])
        expect([path, await findAxeFaults(page)]).toEqual([path, []])
      }
      await context.close()
    },
    240_000,
  )

  test('a filter is chosen by a form of its own, and takes the place of the one before', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${seeded.service.url}/dashboard?period=7d&os=debian`)
    const form = page.getByRole('form', { name: 'type', exact: true })
    await form.getByRole('combobox').selectOption('lxc')
    await form.getByRole('button', { name: 'Apply' }).click()
    expect(new URL(page.url()).search).toBe('?period=7d&type=lxc')
    expect(await page.getByRole('list', { name: 'filters that are on' }).textContent()).toContain('type: lxc')
    await context.close()
  })
})

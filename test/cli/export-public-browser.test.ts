import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, renameSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { findAxeFaults } from '../part/axe.ts'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { temporaryFolder } from '../store/folder.ts'
import { publish, readFiles, startToPublish } from './published.ts'

const isHere = hasChromium('published pages in a browser')
const folder = temporaryFolder()
const site = folder.file('some where/else & more')
let browser: Browser
/** A page of each kind. */
let shown: readonly string[]

beforeAll(async () => {
  if (!isHere) return
  await using service = await startToPublish()
  await publish(service.folder, folder.file('site'))
  mkdirSync(folder.file('some where'))
  renameSync(folder.file('site'), site) // They lead on from any folder.
  const error = [...readFiles(site).keys()].find((path) => /^error\/.*30d\.html$/.test(path)) ?? ''
  shown = ['index.html', 'scripts/30d.html', 'script/docker/7d.html', 'errors/30d.html', 'errors/30d-muted.html', error]
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  folder[Symbol.dispose]()
})

const urlOf = (path: string) => `${pathToFileURL(site)}/${path}`

/** Opens a page of the folder; everything that it asks for elsewhere and all that the console says is in `heard`. */
async function openAt(width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const heard: string[] = []
  page.on('console', (message) => void heard.push(message.text()))
  page.on('pageerror', (fault) => void heard.push(String(fault)))
  page.on('requestfailed', (request) => void heard.push(`failed ${request.url()}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${pathToFileURL(site)}/`) && !url.startsWith('data:image/svg+xml,')) heard.push(`asked ${url}`)
  })
  return { page, heard, [Symbol.asyncDispose]: () => context.close() }
}

/** What axe finds, and what stands beyond the edge. */
async function inspect(page: Page): Promise<readonly string[]> {
  const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth')
  return [...(await findAxeFaults(page)), ...(fits ? [] : ['wider than the window'])]
}

describe.if(isHere)('published pages in Chromium, from a folder', () => {
  test.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)(
    '%d px, %s: axe finds nothing, the console is silent, and nothing is asked elsewhere',
    async (width, scheme) => {
      await using opened = await openAt(width, scheme)
      const { page, heard } = opened
      for (const path of shown) {
        await page.goto(urlOf(path), { waitUntil: 'load' })
        expect([path, await inspect(page), heard]).toEqual([path, [], []])
      }
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        scheme === 'dark' ? 'rgb(16, 21, 28)' : 'rgb(246, 247, 249)',
      )
    },
    120_000,
  )

  test('links lead from the overview to a script, from there to another period, and back', async () => {
    await using opened = await openAt(1280, 'light')
    const { page, heard } = opened
    await page.goto(urlOf('index.html'))
    await page.getByRole('navigation', { name: 'pages' }).getByRole('link', { name: 'Scripts' }).click()
    await page
      .getByRole('row', { name: /docker/ })
      .getByRole('link', { name: 'docker' })
      .click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('docker')
    await page.getByRole('group', { name: 'period, UTC' }).getByRole('link', { name: '7 days' }).click()
    expect(page.url()).toBe(urlOf('script/docker/7d.html'))
    await page.getByRole('link', { name: 'telemetry' }).click()
    expect(page.url()).toBe(urlOf('overview/30d.html'))
    expect(heard).toEqual([])
  })
})

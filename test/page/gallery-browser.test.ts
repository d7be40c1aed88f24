import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { type ServedGallery, serveGallery } from './serve-gallery.ts'

const isHere = hasChromium('the gallery in a browser')
let served: ServedGallery
let browser: Browser

beforeAll(async () => {
  if (!isHere) return
  served = serveGallery()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await served?.stop()
})

type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark'; readonly javaScriptEnabled: boolean }

/** A variant of a page has the elements of the page; it is looked at narrow and dark, and wide and light. */
const isVariant = (name: string) => /^(?:overview|scripts|errors|error|records|record|system)-/.test(name)
const isUsual = ({ width, colorScheme, javaScriptEnabled }: Look) => javaScriptEnabled && (width === 390) === (colorScheme === 'dark')

/** Opens every page of the gallery in one look; `inspect` says what is wrong with it, or nothing. Whatever the console says is wrong too. */
async function visitAll(look: Look, inspect: (page: Page, name: string) => Promise<string>): Promise<readonly string[]> {
  const { width, ...rest } = look
  // What inspects a page is a script, which the page’s own policy would not let in.
  const context = await browser.newContext({ ...rest, viewport: { width, height: 800 }, bypassCSP: look.javaScriptEnabled })
  const page = await context.newPage()
  const found: string[] = []
  let current = ''
  const note = (text: string) => void found.push(`${current}: ${text}`)
  page.on('console', (message) => note(message.text()))
  page.on('pageerror', (fault) => note(String(fault)))
  page.on('requestfailed', (request) => note(`failed ${request.url()}`))
  page.on(
    'request',
    (request) => request.url().startsWith(served.url) || request.url().startsWith('data:') || note(`asked ${request.url()}`),
  )
  for (const name of served.names) {
    if (isVariant(name) && !isUsual(look)) continue
    current = name
    await page.goto(`${served.url}/${name}`, { waitUntil: 'load' })
    const fault = await inspect(page, name)
    if (fault !== '') note(fault)
  }
  await context.close()
  return found
}

const widths = [1280, 390]
const schemes = ['light', 'dark'] as const
const looks: readonly Look[] = widths.flatMap((width) =>
  schemes.flatMap((colorScheme) => [true, false].map((javaScriptEnabled) => ({ width, colorScheme, javaScriptEnabled }))),
)
const nameOf = ({ width, colorScheme, javaScriptEnabled }: Look) =>
  `${width} px, ${colorScheme}, scripts ${javaScriptEnabled ? 'on' : 'off'}`

/** The main heading and, where a script may look, that nothing lies beyond the edge of the screen and no target is too small for a finger. */
async function inspectShape(page: Page, look: Look): Promise<string> {
  if ((await page.locator('h1').count()) !== 1) return 'has not one main heading'
  if (!look.javaScriptEnabled) return ''
  return page.evaluate(`(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? 'scrolls sideways. ' : ''
    const small = [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a, footer a, .switch a, .chips a')]
      .filter((element) => element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().height < 31.5)
    const low = innerWidth > 760 ? [] : [...document.querySelectorAll('td a, th a, dd a, li a')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 31.5)
    const text = [...document.querySelectorAll('.chart text')].filter((element) => {
      const { width } = element.ownerSVGElement.getBoundingClientRect()
      const size = (Number.parseFloat(getComputedStyle(element).fontSize) * width) / element.ownerSVGElement.viewBox.baseVal.width
      return width > 0 && size < 11
    })
    small.push(...low, ...text)
    const hidden = [...document.querySelectorAll('.wide:has(.stacked)')].filter((box) => innerWidth < 760 && box.scrollWidth > box.clientWidth)
      .map((box) => 'columns out of sight: ' + box.ariaLabel + '. ').join('')
    return wide + hidden + small.slice(0, 3).map((element) => 'small: ' + element.outerHTML.slice(0, 120)).join(' ')
  })()`)
}

describe.if(isHere)('every page of the gallery in Chromium', () => {
  test.each(looks.map((look) => [nameOf(look), look] as const))(
    '%s: nothing beyond its edge, no message, no other host',
    async (_, look) => {
      expect(await visitAll(look, (page) => inspectShape(page, look))).toEqual([])
    },
    120_000,
  )

  test.each(looks.filter(isUsual).map((look) => [nameOf(look), look] as const))(
    '%s: axe finds nothing',
    async (_, look) => {
      const found = await visitAll(look, async (page, name) => {
        if (name.endsWith('-huge')) return '' // The same elements as the page itself.
        await page.evaluate(axe.source)
        // Pages that wait for a first event load again, and have a link that stops it.
        return page.evaluate(
          'axe.run({ rules: { "meta-refresh": { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)).join("\\n"))',
        )
      })
      expect(found).toEqual([])
    },
    240_000,
  )

  test('the whole filter form is reached and sent by keyboard alone', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${served.url}/overview`)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toContain('Skip to content')
    await page.locator('#by-script').focus()
    await page.keyboard.type('docker')
    await page.keyboard.press('Enter')
    await page.waitForURL(/script=docker/)
    expect(new URL(page.url()).searchParams.get('period')).toBe('30d')
    await page.close()
  })

  test('a chosen theme wins over that of the system', async () => {
    const page = await browser.newPage({ colorScheme: 'light' })
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.goto(`${served.url}/overview`)
    expect(await background()).toBe('rgb(246, 247, 249)')
    await page.goto(`${served.url}/overview-dark`)
    expect(await background()).toBe('rgb(16, 21, 28)')
    await page.close()
  })
})

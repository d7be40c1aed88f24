import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { isVariant, type Look, looks, nameOf, usualLooks, visitAll } from './gallery-visit.ts'
import { openGallery } from './opened-gallery.ts'

const gallery = openGallery('the gallery in a browser')

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
    const lineOf = (element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return [...range.getClientRects()].find(({ width }) => width > 0)?.bottom
    }
    const slanted = [...document.querySelectorAll('.facts-list dt')]
      .filter((name) => name.checkVisibility() && Math.abs(lineOf(name) - lineOf(name.nextElementSibling.querySelector('a') ?? name.nextElementSibling)) > 3)
      .slice(0, 3).map((name) => 'a name beside the line of its value: ' + name.textContent + '. ').join('')
    return wide + hidden + slanted + small.slice(0, 3).map((element) => 'small: ' + element.outerHTML.slice(0, 120)).join(' ')
  })()`)
}

describe.if(gallery.isHere)('every page of the gallery in Chromium', () => {
  test.each(looks.map((look) => [nameOf(look), look] as const))(
    '%s: nothing beyond its edge, no message, no other host',
    async (_, look) => {
      const names = gallery.served.names.filter((name) => !isVariant(name) || usualLooks.includes(look))
      expect(await visitAll({ ...gallery, names }, look, (page) => inspectShape(page, look))).toEqual([])
    },
    240_000,
  )

  test('the whole filter form is reached and sent by keyboard alone', async () => {
    const page = await gallery.browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${gallery.served.url}/overview`)
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
    const page = await gallery.browser.newPage({ colorScheme: 'light' })
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.goto(`${gallery.served.url}/overview`)
    expect(await background()).toBe('rgb(246, 247, 249)')
    await page.goto(`${gallery.served.url}/overview-dark`)
    expect(await background()).toBe('rgb(16, 21, 28)')
    await page.close()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { findAxeFaults } from '../part/axe.ts'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { type Look, nameOf, usualLooks, visitAll } from './gallery-visit.ts'
import { type ServedGallery, serveGallery } from './serve-gallery.ts'

const isHere = hasChromium('axe on the gallery')
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

/** More rows and longer words give axe nothing that the page itself has not; hostile words may give a control no name, in whatever colour. */
function isAsked(name: string, { colorScheme }: Look): boolean {
  if (name.endsWith('-huge') || name.endsWith('-long')) return false
  return !name.endsWith('-hostile') || colorScheme === 'light'
}

describe.if(isHere)('every page of the gallery in Chromium', () => {
  test.each(usualLooks.map((look) => [nameOf(look), look] as const))(
    '%s: axe finds nothing',
    async (_, look) => {
      const names = served.names.filter((name) => isAsked(name, look))
      // Pages that wait for a first event load again, and have a link that stops it.
      const inspect = async (page: Page) => (await findAxeFaults(page, { without: ['meta-refresh'] })).join('\n')
      expect(await visitAll({ served, browser, names }, look, inspect)).toEqual([])
    },
    240_000,
  )
})

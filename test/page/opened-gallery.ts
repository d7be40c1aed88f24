import { afterAll, beforeAll } from 'bun:test'
import type { Browser } from 'playwright-core'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { type ServedGallery, serveGallery } from './serve-gallery.ts'

/** Whether there is a browser to look at the gallery; the gallery and the browser, for use within tests. */
export type OpenedGallery = { readonly isHere: boolean; readonly served: ServedGallery; readonly browser: Browser }

/** Serves the gallery to a browser while the tests of a file run. */
export function openGallery(purpose: string): OpenedGallery {
  const isHere = hasChromium(purpose)
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
  return {
    isHere,
    get served() {
      return served
    },
    get browser() {
      return browser
    },
  }
}

import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { findAxeFaults } from '../part/axe.ts'
import { type Look, nameOf, usualLooks, visitAll } from './gallery-visit.ts'
import { openGallery } from './opened-gallery.ts'

const gallery = openGallery('axe on the gallery')

/** More rows and longer words give axe nothing that the page itself has not; hostile words may give a control no name, in whatever colour. */
function isAsked(name: string, { colorScheme }: Look): boolean {
  if (name.endsWith('-huge') || name.endsWith('-long')) return false
  return !name.endsWith('-hostile') || colorScheme === 'light'
}

describe.if(gallery.isHere)('every page of the gallery in Chromium', () => {
  test.each(usualLooks.map((look) => [nameOf(look), look] as const))(
    '%s: axe finds nothing',
    async (_, look) => {
      const names = gallery.served.names.filter((name) => isAsked(name, look))
      // Pages that wait for a first event load again, and have a link that stops it.
      const inspect = async (page: Page) => (await findAxeFaults(page, { without: ['meta-refresh'] })).join('\n')
      expect(await visitAll({ ...gallery, names }, look, inspect)).toEqual([])
    },
    240_000,
  )
})

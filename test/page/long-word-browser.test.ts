import { describe, expect, test } from 'bun:test'
import { longGallery } from './gallery.tsx'
import { openGallery } from './opened-gallery.ts'

const gallery = openGallery('long words in a browser')

/**
 * What of a page’s tables lies where nobody sees it. Wide ones scroll in their box on a narrow screen: there the first column must leave room for the
 * second. What is cut must tell the whole to a pointer.
 */
const inspect = `(() => {
  const found = []
  for (const table of document.querySelectorAll('table')) {
    const box = (table.closest('.wide') ?? table.parentElement).getBoundingClientRect()
    if (box.width === 0) continue
    for (const cell of table.querySelectorAll('tr > *')) {
      const { left, right } = cell.getBoundingClientRect()
      const isBeyond = innerWidth > 760 || !table.closest('.wide') ? right > box.right + 1 : cell.cellIndex === 1 && left + 40 > box.right
      if (isBeyond) found.push('beyond: ' + cell.outerHTML.slice(0, 140))
    }
  }
  for (const cut of document.querySelectorAll('.cut'))
    if (cut.scrollWidth > cut.clientWidth && cut.title !== cut.textContent.trim()) found.push('untold: ' + cut.outerHTML.slice(0, 140))
  return found.slice(0, 3).join(' ')
})()`

describe.if(gallery.isHere)('a name of 64 wide letters in every field', () => {
  test.each([1280, 390])(
    '%d px: no cell of a table lies beyond its box, and what is cut is told whole',
    async (width) => {
      const page = await gallery.browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true })
      const found: string[] = []
      for (const name of Object.keys(longGallery)) {
        await page.goto(`${gallery.served.url}/${name}`, { waitUntil: 'load' })
        const fault = await page.evaluate(inspect)
        if (fault !== '') found.push(`${name}: ${fault}`)
      }
      await page.close()
      expect(found).toEqual([])
    },
    60_000,
  )
})

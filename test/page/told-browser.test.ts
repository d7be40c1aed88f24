import { describe, expect, test } from 'bun:test'
import { openGallery } from './opened-gallery.ts'

const gallery = openGallery('what was told in a browser')

type Cell = {
  readonly table: number
  readonly box: number
  readonly right: number
  readonly sent: number
  readonly buttons: readonly Button[]
}
type Button = { readonly text: string; readonly height: number; readonly right: number }

/** Each delivery that may be sent again: how far it and its buttons reach, beside how wide their box is, all in pixels. */
const measure = `[...document.querySelectorAll('[data-head=sent]:has(button)')].map((cell) => {
  const box = cell.closest('.wide')
  const { left } = box.getBoundingClientRect()
  const beyond = (element) => element.getBoundingClientRect().right - left
  return {
    table: cell.closest('table').getBoundingClientRect().width,
    box: box.clientWidth,
    right: beyond(cell),
    sent: cell.querySelector('span > span').parentElement.getBoundingClientRect().width,
    buttons: [...cell.querySelectorAll('button')].map((button) => ({
      text: button.getAttribute('aria-label'),
      height: button.getBoundingClientRect().height,
      right: beyond(button),
    })),
  }
})`

describe.if(gallery.isHere)('a message that its channels gave up', () => {
  test.each(['alerts', 'alert'].flatMap((name) => [1280, 390].map((width) => [name, width] as const)))(
    'on the page %s at %d px has room for what became of it, and each button stands whole in one line',
    async (name, width) => {
      const page = await gallery.browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true })
      await page.goto(`${gallery.served.url}/${name}`, { waitUntil: 'load' })
      const cells = await page.evaluate<readonly Cell[]>(measure)
      await page.close()
      expect(cells.map(({ buttons }) => buttons.length)).toEqual([1, 2])
      for (const { table, box, right, sent, buttons } of cells) {
        expect(table).toBeLessThanOrEqual(box)
        expect(right).toBeLessThanOrEqual(box + 1)
        expect(sent).toBeGreaterThanOrEqual(180)
        expect(buttons.filter((button) => button.height > 40 || button.right > box)).toEqual([])
      }
    },
  )
})

import type { Browser, Page } from 'playwright-core'
import type { ServedGallery } from './serve-gallery.ts'

export type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark'; readonly javaScriptEnabled: boolean }

/** Narrow and dark, and wide and light. */
const isPaired = ({ width, colorScheme }: Look) => (width === 390) === (colorScheme === 'dark')
const all: readonly Look[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [true, false].map((javaScriptEnabled) => ({ width, colorScheme, javaScriptEnabled })),
  ),
)
/** Without scripts nothing of a page is measured: each width and each scheme is looked at once. */
export const looks = all.filter((look) => look.javaScriptEnabled || isPaired(look))
/** What a page with the elements of another one is looked at in. */
export const usualLooks = looks.filter((look) => look.javaScriptEnabled && isPaired(look))

export const nameOf = ({ width, colorScheme, javaScriptEnabled }: Look) =>
  `${width} px, ${colorScheme}, scripts ${javaScriptEnabled ? 'on' : 'off'}`

/** A page that has the elements of another one, with other words and figures. */
export const isVariant = (name: string) => /^(?:overview|scripts|errors|error|records|record|system)-|-long$/.test(name)

type Place = { readonly served: ServedGallery; readonly browser: Browser; readonly names: readonly string[] }

/** Opens pages of the gallery in one look; `inspect` says what is wrong with each, or nothing. Whatever the console says is wrong too. */
export async function visitAll(
  { served, browser, names }: Place,
  look: Look,
  inspect: (page: Page) => Promise<string>,
): Promise<readonly string[]> {
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
  for (const name of names) {
    current = name
    await page.goto(`${served.url}/${name}`, { waitUntil: 'load' })
    const fault = await inspect(page)
    if (fault !== '') note(fault)
  }
  await context.close()
  return found
}

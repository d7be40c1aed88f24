// Takes the pictures of docs/dashboard.md: the weekly report, and every page of a service that a made-up history was sent to, in light and dark.
// `npm run pictures` takes all of them, `npm run pictures -- overview errors` takes those two. The clock of the pages stands still, so that a picture
// changes only when its page does; ids of keys and the size of the disk are new each time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Locator, Page } from 'playwright-core'
import { startBrowser } from '../test/part/browser.ts'
import { startRunning } from '../test/part/running.ts'
import { adminName, adminPassword } from '../test/part/sign-in.ts'
import { standAt } from './picture/clock.ts'
import { reduceColours } from './picture/palette.ts'
import { readPng, writePng } from './picture/png.ts'
import { allScenes, emptyScenes, mailScenes, openScenes, type Scene, signedInScenes } from './picture/scene.ts'
import { startWithHistory } from './picture/seed.ts'

const folder = resolve(import.meta.dir, '..', 'docs', 'picture')
const now = Date.parse('2026-11-15T20:40:00Z')
const size = { days: 61, runsADay: 1_000 } as const
const width = 1_280
const usualHeightMax = 1_600
/** Around what is shown. */
const margin = 12
/** A picture that would be shorter than this share of its height is cut through a card. */
const leastFilled = 0.6
const themes = ['light', 'dark'] as const

const { positionals } = parseArgs({ allowPositionals: true })
const known = allScenes.map(({ name }) => name)
const unknown = positionals.find((name) => !known.includes(name))
if (unknown !== undefined) throw new Error(`there is no picture ${unknown}; there are ${known.join(', ')}`)

process.umask(0o077) // As the service itself has it.
standAt(now)
mkdirSync(folder, { recursive: true })
const browser = await startBrowser()
try {
  await takeMails(browser)
  await takeEmpty(browser)
  await takeSeeded(browser)
} finally {
  await browser.close()
}

async function takeMails(browser: Browser): Promise<void> {
  const scenes = wanted(mailScenes)
  if (scenes.length === 0) return
  await using page = await openPage(browser)
  await take(page, scenes)
}

async function takeEmpty(browser: Browser): Promise<void> {
  const scenes = wanted(emptyScenes)
  if (scenes.length === 0) return
  await using service = await startRunning({ PUBLIC_URL: 'https://telemetry.example.org' })
  await using page = await openPage(browser, service.url)
  await take(page, scenes, service.folder)
}

async function takeSeeded(browser: Browser): Promise<void> {
  const [open, signedIn] = [wanted(openScenes), wanted(signedInScenes)]
  if (open.length + signedIn.length === 0) return
  await using service = await startWithHistory(now, size)
  await using page = await openPage(browser, service.url)
  await take(page, open)
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Name' }).fill(adminName)
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('/')
  await take(page, signedIn, service.folder)
}

function wanted(scenes: readonly Scene[]): readonly Scene[] {
  return positionals.length === 0 ? scenes : scenes.filter(({ name }) => positionals.includes(name))
}

async function openPage(browser: Browser, baseURL?: string): Promise<Page> {
  const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), viewport: { width, height: 900 } })
  return context.newPage()
}

async function take(page: Page, scenes: readonly Scene[], dataFolder = ''): Promise<void> {
  for (const scene of scenes) {
    await scene.open(page, dataFolder)
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      const shot = await page.screenshot({ clip: await clipOf(page, scene), fullPage: true })
      writeFileSync(join(folder, `${scene.name}-${colorScheme}.png`), writePng(reduceColours(readPng(shot))))
    }
    console.log(scene.name)
  }
}

type Clip = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** The part that a scene shows, without the foot of the page, which says how many milliseconds the page took. It ends between two cards where it can. */
async function clipOf(page: Page, { from, heightMax = usualHeightMax }: Scene): Promise<Clip> {
  const y = from === undefined ? 0 : (await boxOf(page.locator(from))).y - margin
  const foot = page.locator('footer') // A mail has none.
  const end = Math.min(y + heightMax, (await foot.count()) === 0 ? Number.POSITIVE_INFINITY : (await boxOf(foot.last())).y)
  const cards = await Promise.all((await page.locator('main .card').all()).map(boxOf))
  const gaps = cards.map((card) => card.y + card.height + margin).filter((at) => at <= end)
  const clean = gaps.filter((at) => !cards.some((card) => card.y < at && at < card.y + card.height))
  const bottom = Math.max(...clean, y)
  return { x: 0, y, width, height: Math.floor((bottom - y > leastFilled * heightMax ? bottom : end) - y) }
}

async function boxOf(part: Locator): Promise<Clip> {
  const box = await part.boundingBox()
  if (box === null) throw new Error(`${part} is not on the page`)
  return box
}

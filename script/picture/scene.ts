import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { writeMail } from '../../src/alert/mail-text.ts'
import { systemClock } from '../../src/base/clock.ts'
import { sampleReport } from '../../test/alert/sample-message.ts'

/** One picture: its name, how the browser gets to the page of the service with that data folder, and which part of it is shown if not the upper one. */
export type Scene = {
  readonly name: string
  readonly open: (page: Page, folder: string) => Promise<void>
  /** What the picture begins with. */
  readonly from?: string
  readonly heightMax?: number
}

/** Pages that are open to everybody, of a service that no event has reached yet. */
export const emptyScenes: readonly Scene[] = [
  { name: 'start', open: go('/?live=0') },
  { name: 'setup', open: openSetup },
]

/** Pages of a service with a history, before and after the sign-in. */
export const openScenes: readonly Scene[] = [{ name: 'sign-in', open: go('/sign-in') }]

export const signedInScenes: readonly Scene[] = [
  { name: 'overview', open: go('/dashboard'), heightMax: 800 },
  { name: 'overview-more', open: go('/dashboard'), from: 'section.card:has(> h2:text-is("Scripts"))' },
  { name: 'scripts', open: go('/script-analysis') },
  { name: 'script', open: go('/scripts/paperless-ngx') },
  { name: 'errors', open: go('/error-analysis') },
  { name: 'error', open: follow('/error-analysis', 'a[href^="/errors/"]:has-text("Release file")') },
  { name: 'records', open: go('/records?period=7d') },
  { name: 'record', open: follow('/records?status=failed&script=zigbee2mqtt&category=apt&cloaked=yes', 'a[href^="/records/"]') },
  { name: 'alerts', open: go('/alerts') },
  { name: 'alert', open: openPast('/alerts/new-error') },
  { name: 'system', open: openSystem },
  { name: 'keys', open: go('/keys') },
  { name: 'users', open: openFirst('/users', 'summary') },
  { name: 'audit', open: go('/audit'), heightMax: 800 },
  { name: 'account', open: go('/account') },
  { name: 'api', open: go('/api') },
]

/** Mails, which no service is needed for. */
export const mailScenes: readonly Scene[] = [{ name: 'weekly-report', open: openReport, heightMax: 1_452 }]

/** Every picture that there is. */
export const allScenes: readonly Scene[] = [...emptyScenes, ...openScenes, ...signedInScenes, ...mailScenes]

function go(path: string): Scene['open'] {
  return async (page) => void (await page.goto(path))
}

/** The files were written while the history was sent, later than the clock of the pages stands; System would call that a fault of the clock. */
async function openSystem(page: Page, folder: string): Promise<void> {
  const now = new Date(systemClock.now())
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), now, now)
  await page.goto('/system')
}

async function openReport(page: Page): Promise<void> {
  await page.setContent(writeMail(await sampleReport(), 'https://telemetry.example.org').html)
}

/** The page that the one-time link leads to. */
async function openSetup(page: Page, folder: string): Promise<void> {
  const link = await Bun.file(join(folder, 'setup-link')).text()
  await page.goto(new URL(link.trim()).pathname)
}

/** The page of a rule once its past is counted, which the first visitor does not wait for. */
function openPast(path: string): Scene['open'] {
  return async (page) => {
    const open = go(path)
    for (let tries = 0; tries < 100; tries += 1) {
      await open(page, '')
      if ((await page.locator('svg.chart').count()) > 0) return
      await page.waitForTimeout(200)
    }
    throw new Error(`${path} shows no past`)
  }
}

/** The page behind the first link of its kind on another one. */
function follow(path: string, link: string): Scene['open'] {
  return async (page) => {
    await page.goto(path)
    await page.goto((await page.locator(link).first().getAttribute('href')) ?? '')
  }
}

/** A page with its first closed part opened. */
function openFirst(path: string, part: string): Scene['open'] {
  return async (page) => {
    await page.goto(path)
    await page.locator(part).first().click()
  }
}

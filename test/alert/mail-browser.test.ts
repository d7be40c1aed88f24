import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { writeMail } from '../../src/alert/mail-text.ts'
import { findAxeFaults } from '../part/axe.ts'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { sampleMessage, sampleReport } from './sample-message.ts'

const isHere = hasChromium('mails in a browser')
const origin = 'https://telemetry.example.org'
let browser: Browser
beforeAll(async () => {
  if (isHere) browser = await startBrowser()
})
afterAll(() => browser?.close())

const mails = [
  ['the weekly report', async () => writeMail(await sampleReport(), origin).html],
  ['an alarm', async () => writeMail(sampleMessage('new-error'), origin).html],
  ['an end', async () => writeMail(sampleMessage('disk-full', true), origin).html],
] as const
const looks = [
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 700, colorScheme: 'light' },
  { width: 700, colorScheme: 'dark' },
] as const

/** Cells whose text sticks out of them to the side. */
const sticking = `[...document.querySelectorAll('td, th, div')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length`

describe.each(mails)('%s', (_, write) => {
  test.each(looks)('at $width px, $colorScheme, fits, has enough contrast and asks for nothing', async ({ width, colorScheme }) => {
    if (!isHere) return
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.setContent(await write())
    const isWider = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    expect([isWider, await page.evaluate(sticking), asked]).toEqual([false, 0, []])
    expect(await findAxeFaults(page, { only: ['wcag2a', 'wcag2aa'] })).toEqual([])
    await context.close()
  })
})

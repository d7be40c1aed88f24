import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { axeLooks, findAxeFaults } from '../part/axe.ts'
import { hasChromium, startBrowser } from '../part/browser.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'
import { until } from '../wait.ts'

const isHere = hasChromium('pages in a browser')
const hostile = '<img src=x onerror=alert(1)><b>"bold"'
let service: Running
let browser: Browser

beforeAll(async () => {
  if (!isHere) return
  ;[service, browser] = await Promise.all([startRunning(), startBrowser()])
  const states = ['success', 'failed', 'aborted', 'installing', 'validation', 'configuring', 'unknown', 'success', 'failed', 'success']
  for (const [index, status] of states.entries()) {
    const failure = status === 'failed' && {
      exit_code: 100 + index,
      error: `exit_code=${100 + index} | ${hostile} ${'a long explanation '.repeat(20)}`,
    }
    await service.ask('/telemetry', {
      body: eventBody({ status, nsapp: index % 2 === 0 ? hostile : 'paperless-ngx', os_type: 'debian', os_version: hostile, ...failure }),
    })
  }
  await service.settle()
})
afterAll(async () => {
  await browser?.close()
  await service?.[Symbol.asyncDispose]()
})

type Visit = { readonly page: Page; readonly messages: string[]; readonly hosts: Set<string>; close(): Promise<void> }

/** Opens a page and listens to its console, its errors and its requests. */
async function visit(path: string, options: BrowserContextOptions & { readonly key?: string } = {}): Promise<Visit> {
  const { key, ...rest } = options
  const context = await browser.newContext({ ...rest, ...(key !== undefined && { extraHTTPHeaders: { Authorization: `Bearer ${key}` } }) })
  const page = await context.newPage()
  const messages: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => void messages.push(message.text()))
  page.on('pageerror', (fault) => void messages.push(String(fault)))
  page.on('requestfailed', (request) => void messages.push(`failed ${request.url()}`))
  page.on('request', (request) => void hosts.add(new URL(request.url()).host))
  await page.goto(`${service.url}${path}`, { waitUntil: 'load' })
  return { page, messages, hosts, close: () => context.close() }
}

const widths = [1280, 390]
const schemes = ['light', 'dark'] as const
const looks = widths.flatMap((width) =>
  schemes.flatMap((colorScheme) => [true, false].map((javaScriptEnabled) => ({ width, colorScheme, javaScriptEnabled }))),
)

describe.if(isHere)('the home page in Chromium', () => {
  test.each(
    looks.map((look) => [`${look.width} px, ${look.colorScheme}, scripts ${look.javaScriptEnabled ? 'on' : 'off'}`, look] as const),
  )('%s: no message, no other host, nothing beyond its edge', async (_, { width, colorScheme, javaScriptEnabled }) => {
    const seen = await visit('/', { viewport: { width, height: 800 }, colorScheme, javaScriptEnabled })
    expect(seen.messages).toEqual([])
    expect([...seen.hosts]).toEqual([new URL(service.url).host])
    if (javaScriptEnabled) expect(await seen.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await seen.page.locator('tbody tr').count()).toBe(0)
    expect(await seen.page.locator('img, b').count()).toBe(0)
    expect(await seen.page.locator('strong').textContent()).toBe('10')
    await seen.close()
  })

  test.each(axeLooks)('$width px, $colorScheme: axe finds nothing', async ({ width, colorScheme }) => {
    // The check is a script, which the page’s own policy would not let in.
    const seen = await visit('/?live=0', { viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
    expect(await findAxeFaults(seen.page)).toEqual([])
    await seen.close()
  })

  test('the policy of the page lets no script in, were one to get there', async () => {
    const seen = await visit('/?live=0')
    await seen.page.evaluate('document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="document.title = 1">`)')
    await seen.page.addScriptTag({ content: 'document.title = 2' }).catch(() => undefined)
    expect(await seen.page.title()).toBe('telemetry')
    await seen.close()
  })

  test('the curl line works as it stands there, and the count follows by itself', async () => {
    const seen = await visit('/', { javaScriptEnabled: false })
    const line = (await seen.page.locator('pre').textContent()) ?? ''
    const before = Number(await seen.page.locator('strong').textContent())
    const shell = Bun.spawn(['sh', '-c', line.trim()], { stdout: 'pipe', stderr: 'pipe' })
    expect(await Promise.all([shell.exited, new Response(shell.stdout).text(), new Response(shell.stderr).text()])).toEqual([
      0,
      'accepted',
      '',
    ])
    const count = async () => Number(await seen.page.locator('strong').textContent())
    await until(async () => (await count()) === before + 1, 'the page shows one event more', 15_000)
    await seen.close()
  })

  test('pausing stops it, going on starts it again, without a script', async () => {
    const seen = await visit('/', { javaScriptEnabled: false })
    expect(await seen.page.locator('meta[http-equiv]').count()).toBe(1)
    await seen.page.getByRole('link', { name: 'Pause' }).click()
    expect(await seen.page.locator('meta[http-equiv]').count()).toBe(0)
    await seen.page.getByRole('link', { name: 'Go on' }).click()
    expect(await seen.page.locator('meta[http-equiv]').count()).toBe(1)
    await seen.close()
  })

  test.each<[name: string, key: () => Promise<string>, notice: string]>([
    ['unknown', async () => `ts_r_${'A'.repeat(12)}_${'A'.repeat(43)}`, 'This key is not known here.'],
    ['for ingest', () => service.makeKey('ingest'), 'This key does not grant reading. A key of scope read or admin does.'],
    [
      'revoked',
      async () => {
        const key = await service.makeKey('read')
        await service.revokeKey(key)
        return key
      },
      'This key was revoked.',
    ],
  ])('a key that is %s is told so', async (_, key, notice) => {
    const seen = await visit('/', { key: await key() })
    expect((await seen.page.getByRole('status').textContent())?.trim()).toBe(notice)
    expect(await seen.page.locator('table').count()).toBe(0)
    await seen.close()
  })
})

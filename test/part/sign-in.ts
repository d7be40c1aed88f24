import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Running } from './running.ts'

export const adminName = 'ada'
export const adminPassword = 'correct horse battery'

/** What a browser does: it keeps cookies and sends a page's hidden token along with its form. */
export type Browser = {
  readonly cookies: Map<string, string>
  /** Every Set-Cookie so far, as it came. */
  readonly setCookies: string[]
  get(path: string): Promise<Response>
  /** Fetches the page, then sends its form's token with the fields to `action` (the page itself without one). */
  submit(page: string, fields: Readonly<Record<string, string>>, action?: string): Promise<Response>
  /** Sends fields and nothing else. */
  post(path: string, fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Response>
}

let opened = 0

/** A new browser without cookies, at an address of its own. `more` goes with every request, as a proxy adds headers. */
export function openBrowser(service: Pick<Running, 'ask'>, more: Readonly<Record<string, string>> = {}): Browser {
  opened += 1
  const headers = { 'X-Forwarded-For': `198.51.${opened >> 8}.${opened & 255}`, ...more }
  const cookies = new Map<string, string>()
  const setCookies: string[] = []

  async function ask(path: string, init: { body?: string; headers?: Readonly<Record<string, string>> } = {}): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await service.ask(path, { ...init, headers: { ...headers, ...(cookie !== '' && { Cookie: cookie }), ...init.headers } })
    for (const text of answer.headers.getSetCookie()) keep(text)
    return answer
  }

  function keep(text: string): void {
    setCookies.push(text)
    const [name = '', value = ''] = (text.split(';')[0] ?? '').split('=')
    if (text.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }

  function post(path: string, fields: Readonly<Record<string, string>>, own: Readonly<Record<string, string>> = {}): Promise<Response> {
    const body = new URLSearchParams(fields).toString()
    return ask(path, { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...own } })
  }

  async function submit(page: string, fields: Readonly<Record<string, string>>, action = page): Promise<Response> {
    return post(action, { token: tokenIn(await (await ask(page)).text()), ...fields })
  }

  return { cookies, setCookies, get: (path) => ask(path), submit, post }
}

/** The token in the first form of a page. */
export function tokenIn(html: string): string {
  return /name="token" value="([^"]*)"/.exec(html)?.[1] ?? ''
}

/** The path of the setup link that a first start left in the data folder. */
export function setupPathOf(folder: string): string {
  return new URL(readFileSync(join(folder, 'setup-link'), 'utf8').trim()).pathname
}

/** Makes the first admin by the setup link, in a browser that is then signed in. */
export async function setUp(service: Running): Promise<Browser> {
  const browser = openBrowser(service)
  const made = await browser.submit(setupPathOf(service.folder), { name: adminName, password: adminPassword, repeat: adminPassword })
  if (made.status !== 303) throw new Error(`setup answered ${made.status}`)
  return browser
}

/** Signs in by name and password. */
export function signIn(browser: Browser, name: string, password: string): Promise<Response> {
  return browser.submit('/sign-in', { name, password })
}

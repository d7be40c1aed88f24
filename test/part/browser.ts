import { type Browser, chromium } from 'playwright-core'

/** The shell comes first: without the window that nobody sees a page costs a fifth of the processor time. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']

/** Where Chromium is, or nothing. */
export function findChromium(): string | undefined {
  const candidates = [process.env['CHROMIUM_BIN'], ...names.map((name) => `/usr/bin/${name}`)]
  return candidates.find((path) => path && Bun.which(path) !== null) ?? undefined
}

/** False where Chromium is missing on a developer's machine, with one line that says so. In CI its absence is a failure. */
export function hasChromium(suite: string): boolean {
  if (findChromium() !== undefined) return true
  if (process.env['CI'] === 'true')
    throw new Error(`${suite}: no Chromium (CHROMIUM_BIN or /usr/bin/chromium), and in CI nothing is left out`)
  process.stderr.write(`left out: ${suite}, since no Chromium is here (CHROMIUM_BIN or /usr/bin/chromium)\n`)
  return false
}

/** Starts Chromium without a window and without anything that would call home. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on this machine')
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
  return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
}

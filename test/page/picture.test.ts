import { expect, test } from 'bun:test'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startBrowser } from '../part/browser.ts'
import { startRunning } from '../part/running.ts'

const path = join(import.meta.dir, '../../docs/picture/home-light.png')
const failure = { status: 'failed', exit_code: 100, error: 'exit_code=100 | APT: Package manager error (broken packages)\n---\nE: broken' }

const runs: readonly Readonly<Record<string, unknown>>[] = [
  { nsapp: 'jellyfin', status: 'success', os_type: 'ubuntu', os_version: '24.04' },
  { nsapp: 'homeassistant', status: 'success', type: 'vm' },
  { nsapp: 'nextcloud', ...failure },
  { nsapp: 'docker', status: 'aborted', exit_code: 130 },
  { nsapp: 'adguard', status: 'success' },
  { nsapp: 'paperless-ngx', status: 'success' },
  { nsapp: 'post-install', status: 'success', type: 'pve' },
  { nsapp: 'immich', status: 'configuring' },
]

/** Takes it from a service that runs, as its operator would. */
async function takePicture(): Promise<void> {
  await using service = await startRunning({ PUBLIC_URL: 'https://telemetry.example.org' })
  const read = await service.makeKey('read')
  for (const run of runs) {
    const event = { random_id: crypto.randomUUID(), type: 'lxc', os_type: 'debian', os_version: '13', repo_source: 'ProxmoxVE', ...run }
    expect((await service.ask('/telemetry', { body: JSON.stringify(event) })).status).toBe(202)
  }
  await service.settle()
  const browser = await startBrowser()
  const context = await browser.newContext({
    viewport: { width: 1100, height: 700 },
    colorScheme: 'light',
    extraHTTPHeaders: { Authorization: `Bearer ${read}` },
  })
  const page = await context.newPage()
  await page.goto(service.url)
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: true })
  await browser.close()
}

test('the picture in the README is one, and small', async () => {
  if (process.env['GOLDEN'] === 'write') await takePicture()
  const bytes = readFileSync(path)
  expect(bytes.subarray(0, 8).toHex()).toBe('89504e470d0a1a0a')
  expect(bytes.length).toBeLessThan(200_000)
})

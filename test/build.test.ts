import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { version } from '../package.json'
import { until } from './wait.ts'

const root = resolve(import.meta.dir, '..')
const work = mkdtempSync(join(tmpdir(), 'telemetry-build-'))
const binary = join(work, 'telemetry-service')
const buildLimitMs = 120_000
const runLimitMs = 60_000
const isRoot = process.getuid?.() === 0

beforeAll(async () => {
  const build = Bun.spawn([process.execPath, 'run', join(root, 'script/build.ts'), '--outfile', binary], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  if ((await build.exited) !== 0) throw new Error(`the build failed: ${await build.stdout.text()}`)
}, buildLimitMs)

afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('the binary', () => {
  test('knows its version, and the commit where the sources are a checkout', async () => {
    const { code, out } = await run(['version', '--json'])
    const facts = JSON.parse(out)
    expect(code).toBe(0)
    expect(facts.version).toBe(version)
    const head = Bun.spawnSync(['git', 'rev-parse', '--short=10', 'HEAD'], { cwd: root })
    if (head.success) expect(facts.commit).toMatch(/^[0-9a-f]{10,}(-dirty)?$/)
  })

  test('takes its settings from the environment alone, not from files of the folder it starts in', async () => {
    const folder = join(work, 'elsewhere')
    mkdirSync(folder)
    writeFileSync(join(folder, '.env'), 'RATE_BURST=7\n')
    writeFileSync(join(folder, 'bunfig.toml'), 'preload = ["./stranger.ts"]\n')
    writeFileSync(join(folder, 'stranger.ts'), 'console.log("stranger")\n')
    const { out } = await run(['config', 'print', '--json'], {}, folder)
    expect(JSON.parse(out)).toContainEqual({ name: 'RATE_BURST', value: '20', source: 'default' })
  })

  test(
    'serves, takes an event and stops with 0, started in an empty folder',
    async () => {
      const data = join(work, 'plain')
      await proveService([binary], data, { cwd: tmpdir() })
      expect(readdirSync(data)).toContain('journal.db')
    },
    runLimitMs,
  )

  test.skipIf(!isRoot)(
    'serves as nobody on a read-only filesystem where the sources and packages are gone',
    async () => {
      const data = join(work, 'bare')
      mkdirSync(data)
      const script = join(work, 'bare.sh')
      writeFileSync(script, bareMachine)
      await proveService(['unshare', '--mount', '--', 'sh', script, data, root, binary], data, { cwd: '/' })
      expect(readdirSync(data)).toContain('journal.db')
    },
    runLimitMs,
  )

  test('refuses an unknown target of the build and names the right ones', () => {
    const build = Bun.spawnSync([process.execPath, 'run', join(root, 'script/build.ts'), '--target', 'bun-vax'], { stderr: 'pipe' })
    expect(build.exitCode).toBe(2)
    expect(build.stderr.toString()).toContain('bun-linux-x64-musl')
  })
})

/** Leaves one writable folder, hides the checkout, and gives up every right; the rest of the line is run so. */
const bareMachine = `set -eu
data=$1; sources=$2; shift 2
chown 65534:65534 "$data"
chmod 711 "$(dirname "$data")"
mount --bind "$data" "$data"
mount -t tmpfs -o ro none "$sources"
mount -o remount,bind,ro /
test -z "$(ls -A "$sources")"
if touch /var/probe "$(dirname "$data")/probe" 2>/dev/null; then echo 'the filesystem is not read-only' >&2; exit 9; fi
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all "$@"
`

/** Starts the service with the command, has it take one event and say so in its health, asks \`health\`, and stops it. */
async function proveService(command: readonly string[], data: string, { cwd }: { readonly cwd: string }): Promise<void> {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DATA_DIR: data, LISTEN_ADDR: '127.0.0.1:0' }
  const service = Bun.spawn([...command, 'serve'], { env, cwd, stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' })
  try {
    const url = await bannerUrl(service)
    await until(async () => (await fetch(`${url}/healthz`)).status === 200, 'the service is healthy')
    const event = { random_id: '8f14e45f-ceea-467f-a0e6-1f0a4c9d1b11', type: 'lxc', nsapp: 'build-test', status: 'success' }
    const answer = await fetch(`${url}/telemetry`, { method: 'POST', body: JSON.stringify(event) })
    expect([answer.status, await answer.text()]).toEqual([202, 'accepted'])
    expect(await run(['health'], { LISTEN_ADDR: new URL(url).host })).toMatchObject({ code: 0 })
    service.kill('SIGTERM')
    expect(await service.exited).toBe(0)
  } finally {
    service.kill('SIGKILL')
  }
}

async function bannerUrl(service: Bun.Subprocess<'ignore', 'ignore', 'pipe'>): Promise<string> {
  let told = ''
  for await (const chunk of service.stderr) {
    told += new TextDecoder().decode(chunk)
    const url = /Serving +(http\S+)/.exec(told)?.[1]
    if (url !== undefined) return url
  }
  throw new Error(`the service did not start: ${told}`)
}

async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = work) {
  const child = Bun.spawn([binary, ...words], { env: { ...env }, cwd, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return { code, out, told }
}

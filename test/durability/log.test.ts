import { expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { builtBinary } from '../part/binary.ts'
import { requestText, sendRaw } from '../part/raw.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const testMs = 240_000
const lostName = 'telemetry_log_lines_lost_total{place="stdout"}'

test(
  'a log on a full disk changes no answer and no exit code, and what is lost of it is counted',
  async () => {
    await using log = opened('/dev/full', constants.O_WRONLY)
    await using service = await start(log.fd, {})
    for (let n = 0; n < 3; n++) {
      const refused = await sendRaw(service.port, requestText('POST /telemetry', ['Content-Type: application/json'], 'garbage'))
      expect([refused.status, refused.headers.get('x-content-type-options'), refused.body.length > 0]).toEqual([400, 'nosniff', true])
    }
    const taken = await fetch(`${service.url}/telemetry`, { method: 'POST', body: JSON.stringify(event()) })
    expect(taken.status).toBe(202)
    expect(await lostLines(service.url)).toBeGreaterThan(0)
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

test(
  'a reader of the log that is stuck holds up no answer; it gets whole lines and the number of those it missed once it reads on',
  async () => {
    using folder = temporaryFolder()
    const path = folder.file('log')
    spawnSync('mkfifo', [path])
    await using log = opened(path, constants.O_RDWR | constants.O_NONBLOCK) // Open for both, so that there is a reader, which does not read.
    await using service = await start(log.fd, { ENABLE_REQUEST_LOGGING: 'true' })
    let answered = 0
    while ((await lostLines(service.url)) === 0) {
      const asked = Array.from({ length: 200 }, () => fetch(`${service.url}/healthz`, { signal: AbortSignal.timeout(5_000) }))
      for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200)
      answered += asked.length
      expect(answered).toBeLessThan(100_000)
    }
    let text = ''
    await until(async () => {
      text += readAll(log.fd)
      return text.includes('log lines were lost')
    }, 'the line about lost lines')
    const lines = text.slice(0, text.lastIndexOf('\n')).split('\n')
    const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'log lines were lost')
    expect(told[0]).toMatchObject({ level: 'warn', room: 'service', place: 'stdout' })
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

test(
  'what is said to a reader that went away while it was stuck is counted as lost',
  async () => {
    using folder = temporaryFolder()
    const path = folder.file('log')
    spawnSync('mkfifo', [path])
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const writer = openSync(path, constants.O_WRONLY)
    await using service = await start(writer, { ENABLE_REQUEST_LOGGING: 'true' })
    closeSync(writer)
    const askHundredTimes = () => Promise.all(Array.from({ length: 100 }, () => fetch(`${service.url}/healthz`)))
    for (let n = 0; n < 10; n++) await askHundredTimes()
    closeSync(reader)
    await until(async () => (await lostLines(service.url)) > 0, 'lines that are lost')
    const before = await lostLines(service.url)
    await askHundredTimes()
    expect((await lostLines(service.url)) - before).toBeGreaterThanOrEqual(100)
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

test(
  'SIGTERM ends a service whose log nobody reads, in time and well',
  async () => {
    using folder = temporaryFolder()
    const path = folder.file('log')
    spawnSync('mkfifo', [path])
    await using log = opened(path, constants.O_RDWR)
    await using service = await start(log.fd, { ENABLE_REQUEST_LOGGING: 'true' })
    for (let n = 0; n < 10; n++) await Promise.all(Array.from({ length: 100 }, () => fetch(`${service.url}/healthz`)))
    expect(await service.end('SIGTERM')).toBe(0)
  },
  testMs,
)

function opened(path: string, flags: number) {
  const fd = openSync(path, flags)
  return { fd, [Symbol.asyncDispose]: async () => closeSync(fd) }
}

async function start(stdout: number, env: Readonly<Record<string, string>>) {
  const service = await startServiceProcess({ command: [await builtBinary()], stdout, env: { RATE_LIMIT_RPM: '0', ...env } })
  return { ...service, [Symbol.asyncDispose]: () => service.dispose() }
}

function event() {
  return { random_id: crypto.randomUUID(), type: 'lxc', nsapp: 'debian', status: 'success' }
}

async function lostLines(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(lostName))
      ?.split(' ')[1] ?? 0,
  )
}

/** All that is there to be read now. */
function readAll(fd: number): string {
  const buffer = Buffer.alloc(64 * 1024)
  let text = ''
  try {
    for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) text += buffer.toString('utf8', 0, length)
  } catch {
    // Nothing more for now.
  }
  return text
}

import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DripReport } from '../../bench/drip-clients.ts'
import { makeKey, proveStored } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { createIds, Ledger, sendReport } from '../part/reporter.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const drippers = 2_000
const clients = 2
const testMs = 240_000
const cutMs = 30_000
const residentBytesMax = 256 * 1024 * 1024
const tool = join(import.meta.dir, '../../bench/drip-clients.ts')

describe(`${drippers} clients that drip`, () => {
  test.each([
    ['their bodies are answered 400 and cut off after BODY_TIMEOUT_MS', 'body', { 'HTTP/1.1 400': drippers }],
    ['their headers are cut off by the server', 'headers', {}],
  ] as const)(
    '%s, while every other client is served and memory stays bounded',
    async (_, part, answers) => {
      using folder = temporaryFolder()
      const binary = await builtBinary()
      const { key } = await makeKey(binary, folder.path, ['--scope', 'read'])
      const env = { RATE_LIMIT_RPM: '0', BODY_TIMEOUT_MS: '2000' }
      const service = await startServiceProcess({ command: [binary], folder: folder.path, env })
      await using drip = startDrippers(service.port, part)
      await until(() => drip.report()?.open === drippers, 'all of them connected', cutMs)

      const ledger = new Ledger()
      const load = startLoad(service.url, ledger)
      await until(() => drip.report()?.open === 0, 'all of them cut off', cutMs)
      const enough = ledger.count + 50
      await until(() => ledger.count >= enough, 'the others served on')
      await load.stop()

      expect(drip.report()?.answers).toEqual(answers)
      expect(load.refused).toEqual([])
      expect(residentBytes(service.pid)).toBeLessThan(residentBytesMax)
      await proveStored({ url: service.url, key }, ledger)
      expect(await service.end('SIGTERM')).toBe(0)
    },
    testMs,
  )

  test(
    'their bodies do not keep the service from stopping',
    async () => {
      using folder = temporaryFolder()
      const env = { RATE_LIMIT_RPM: '0', BODY_TIMEOUT_MS: '3600000' }
      const service = await startServiceProcess({ command: [await builtBinary()], folder: folder.path, env })
      await using drip = startDrippers(service.port, 'body')
      await until(() => drip.report()?.open === drippers, 'all of them connected', cutMs)
      const asked = performance.now()
      expect(await service.end('SIGTERM')).toBe(0)
      expect(performance.now() - asked).toBeLessThan(10_000)
    },
    testMs,
  )
})

/** Drippers in a process of their own. */
function startDrippers(port: number, part: 'headers' | 'body') {
  const command = [process.execPath, 'run', tool, String(port), String(drippers), part, '500']
  const child = Bun.spawn(command, { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' })
  let last: DripReport | undefined
  const reading = (async () => {
    let text = ''
    for await (const chunk of child.stdout) {
      text += new TextDecoder().decode(chunk)
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) last = JSON.parse(line) as DripReport
    }
  })()
  async function end(): Promise<void> {
    child.kill()
    await reading
  }
  return { report: () => last, [Symbol.asyncDispose]: end }
}

function startLoad(url: string, ledger: Ledger) {
  const ids = createIds(51)
  const refused: number[] = []
  let isStopping = false
  async function runClient(): Promise<void> {
    while (!isStopping) {
      const { status } = await sendReport(url, { id: ids(), stage: 'success' }, ledger)
      if (status !== 202) refused.push(status)
    }
  }
  const running = Array.from({ length: clients }, runClient)
  async function stop(): Promise<void> {
    isStopping = true
    await Promise.all(running)
  }
  return { refused, stop }
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

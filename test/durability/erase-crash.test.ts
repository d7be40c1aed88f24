import { expect, test } from 'bun:test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { countRuns, makeKey } from '../part/audit.ts'
import { builtBinary } from '../part/binary.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const erasedId = '0190a5f3-7c1e-4abc-8def-00000000002a'
const runs = 400
const kills = 4
const testMs = 240_000

/** Failed runs with logs of their own, every second one of the id that is to go. */
function batchOf(from: number): string {
  const items = Array.from({ length: 50 }, (_, index) => {
    const isMine = (from + index) % 2 === 0
    return JSON.stringify({
      ...{ random_id: isMine ? erasedId : crypto.randomUUID(), execution_id: crypto.randomUUID(), type: 'lxc', nsapp: 'docker' },
      ...{
        status: 'failed',
        exit_code: 1,
        error: `exit_code=1 | broken\n---\n${isMine ? 'quaggatrace\n' : ''}${'a line of the log\n'.repeat(40)}`,
      },
    })
  })
  return items.join('\n')
}

/** The files of a data folder that hold the id or a word of its runs' logs. */
function filesWithRuns(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
  const needles = [erasedId, 'quaggatrace', Buffer.from(erasedId.replaceAll('-', ''), 'hex')]
  return files.filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return needles.some((needle) => bytes.includes(needle))
  })
}

/** Changes whenever a process writes to the store, however it does. */
function traceOf(folder: string): string {
  const names = readdirSync(folder).filter((name) => !name.startsWith('rate.db') && !name.startsWith('access.db'))
  return names.map((name) => `${name} ${statSync(join(folder, name), { throwIfNoEntry: false })?.size}`).join()
}

test(
  'P7 a service that is killed in the middle of an erasure, again and again, has erased after a start what was asked for, and nothing else',
  async () => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    const admin = await makeKey(binary, folder.path, ['--scope', 'admin'])
    const options = { command: [binary], folder: folder.path, env: { RATE_LIMIT_RPM: '0' } }
    let service = await startServiceProcess(options)
    try {
      for (let from = 0; from < runs; from += 50)
        expect((await fetch(`${service.url}/telemetry/batch`, { method: 'POST', body: batchOf(from) })).status).toBe(202)
      await until(async () => (await countRuns({ url: service.url, key: admin.key })) === runs, 'all runs are there', 30_000)
      const answer = await fetch(`${service.url}/api/v1/erasures`, {
        ...{ method: 'POST', body: JSON.stringify({ random_id: erasedId }), headers: { Authorization: `Bearer ${admin.key}` } },
      })
      expect(answer.status).toBe(202)
      for (let kill = 0; kill < kills; kill += 1) {
        // The first is killed as soon as it answered, each later one after more steps of its writing.
        for (let step = 0; step < kill; step += 1) {
          const before = traceOf(folder.path)
          await until(() => traceOf(folder.path) !== before || filesWithRuns(folder.path).length === 0, 'a step of the erasure', 30_000)
        }
        await service.end('SIGKILL')
        service = await startServiceProcess(options)
      }
      await until(() => filesWithRuns(folder.path).length === 0, 'no byte of the runs is left', 90_000)
      await until(async () => (await countRuns({ url: service.url, key: admin.key })) === runs / 2, 'the other runs are there', 30_000)
      expect(await service.end('SIGTERM')).toBe(0)
      expect(filesWithRuns(folder.path)).toEqual([])
    } finally {
      await service.dispose()
    }
  },
  testMs,
)

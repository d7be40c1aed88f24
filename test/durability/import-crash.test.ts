import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../../bench/generated-event.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { builtBinary } from '../part/binary.ts'
import { startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { until } from '../wait.ts'

const records = 100_000
/** Every so many records one is of a type that does not exist. */
const rejectedEvery = 9
const killedRounds = 7
/** So many of the last records are left to the one that is not killed: one that is could come to its end else. */
const leftAlone = 30_000
/** An import is killed after up to so many writes to the folder. A stopped folder sees about six for each checkpoint. */
const changesMax = 8
const testMs = 240_000

const isRejected = (index: number) => index % rejectedEvery === 3
const rejected = Array.from({ length: records }, (_, index) => index).filter(isRejected)

test.each([
  ['a stopped', false],
  ['a running', true],
])(
  'an import into %s service that is killed again and again loses no record and counts each once',
  async (_, isRunning) => {
    using folder = temporaryFolder()
    const binary = await builtBinary()
    const path = folder.file('old.jsonl')
    writeFileSync(path, Array.from({ length: records }, (_row, index) => `${JSON.stringify(recordOf(index))}\n`).join(''))
    const data = folder.file('data')
    const service = isRunning ? await startServiceProcess({ command: [binary], folder: data }) : undefined
    const random = seededRandom(isRunning ? 11 : 12)
    const start = () =>
      Bun.spawn([binary, 'import', path, '--json'], { env: { DATA_DIR: data }, cwd: tmpdir(), stdout: 'pipe', stderr: 'pipe' })

    for (let round = 0; round < killedRounds && placeOf(data) < records - leftAlone; round += 1) {
      const child = start()
      // Every other round comes past a checkpoint; the others are killed on the way to one.
      const place = Math.max(0, placeOf(data))
      if (round % 2 === 1) await until(() => placeOf(data) > place, 'a checkpoint', 60_000)
      const isEnough = seesChanges(data, 1 + Math.floor(random() * changesMax))
      await until(isEnough, 'the import goes on', 60_000)
      child.kill('SIGKILL')
      expect(await child.exited).toBe(137)
    }
    const child = start()
    const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
    expect([code, told]).toEqual([0, expect.stringContaining('Going on')])
    const summary = JSON.parse(out)
    expect(summary).toMatchObject({ read: records, taken: records - rejected.length, rejected: rejected.length })
    expect(readFileSync(summary.rejects_file, 'utf8')).toBe(
      rejected.map((index) => `{"line":${index + 1},"field":"type","rule":"unknown_value"}\n`).join(''),
    )
    expect(readdirSync(join(data, 'import')).filter((name) => name.endsWith('.jsonl')).length).toBe(1)
    expect(placeOf(data)).toBe(-1)
    if (service !== undefined) expect(await service.end('SIGTERM')).toBe(0)
    const reader = openStoreReader(join(data, 'store.db'))
    const runs = reader.countRuns({ tenant: 'default', filter: {} })
    reader.close()
    expect(runs).toBe(records - rejected.length)
  },
  testMs,
)

function recordOf(index: number) {
  return {
    random_id: `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`,
    created_at: new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString(),
    type: isRejected(index) ? 'bicycle' : 'lxc',
    nsapp: `app-${index % 40}`,
    status: index % 5 === 0 ? 'failed' : 'done',
    error: index % 5 === 0 ? `exit_code=100 | apt | at line 3: apt-get install ${index}` : '',
  }
}

/** Whether so many writes to the folder's files were seen since. */
function seesChanges(folder: string, wanted: number): () => boolean {
  let seen = 0
  let last = stampsOf(folder)
  return () => {
    const now = stampsOf(folder)
    if (now !== last) seen += 1
    last = now
    return seen >= wanted
  }
}

function stampsOf(folder: string): string {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  return names.map((name) => `${name} ${statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs}`).join('\n')
}

/** The record behind which the import goes on; -1 without a checkpoint. */
function placeOf(data: string): number {
  const folder = join(data, 'import')
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.checkpoint.json')) : undefined
  return name === undefined ? -1 : JSON.parse(readFileSync(join(folder, name), 'utf8')).end.place
}

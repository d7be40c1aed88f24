import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { seededRandom } from '../../bench/generated-event.ts'
import { readRun } from '../../src/event/reading.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { entryOf, idOf, writeJournal } from './journal-file.ts'

const eventsMax = 40_000
const runsMax = 9_000
const killsMin = 3

test('a consumer killed again and again leaves exactly what an undisturbed one leaves', async () => {
  using undisturbed = temporaryFolder()
  using killed = temporaryFolder()
  for (const folder of [undisturbed, killed]) fillJournal(folder.file('journal.db'))

  expect(await consume(undisturbed.path)).toBe('ended')
  let kills = 0
  const random = seededRandom(7)
  while ((await consume(killed.path, 1 + Math.floor(random() * 2))) === 'killed') kills += 1

  expect(kills).toBeGreaterThanOrEqual(killsMin)
  expect(read(killed.file('store.db'))).toEqual(read(undisturbed.file('store.db')))
}, 60_000)

/** Reports of few thousand runs, in no order, some twice. */
function fillJournal(path: string): void {
  const random = seededRandom(1)
  const statuses = ['installing', 'configuring', 'success', 'failed', 'aborted'] as const
  const groups = Array.from({ length: eventsMax / 40 }, () =>
    Array.from({ length: 40 }, () => {
      const n = Math.floor(random() * runsMax)
      const status = statuses[Math.floor(random() * statuses.length)] ?? 'success'
      const end = status === 'failed' ? { exitCode: 1, trace: `the log of ${n}` } : {}
      return entryOf({ executionId: idOf(n), status, ...end }, Math.floor(random() * 1e9))
    }),
  )
  writeJournal(path, groups)
}

/** Starts a consumer and kills it after some batches; one that is let be ends by itself. */
async function consume(folder: string, batchesUntilKill = Number.POSITIVE_INFINITY): Promise<'killed' | 'ended'> {
  const child = Bun.spawn([process.execPath, 'run', join(import.meta.dir, 'consume-process.ts'), folder, String(batchesUntilKill + 1)], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  let batches = 0
  for await (const chunk of child.stdout) {
    batches += new TextDecoder().decode(chunk).trim().split('\n').length
    if (batches >= batchesUntilKill) child.kill('SIGKILL')
  }
  await child.exited
  if (child.signalCode === 'SIGKILL') return 'killed'
  expect(child.exitCode).toBe(0)
  return 'ended'
}

function read(path: string) {
  const store = openStoreWriter(path)
  const runs = store.changes(0, runsMax + 1).map(({ key, state }) => ({ key: key.toHex(), reading: state && readRun(state) }))
  store.close()
  const reader = openStoreReader(path)
  const totals = reader.totals({})
  reader.close()
  return { totals, runs: runs.sort((left, right) => (left.key < right.key ? -1 : 1)) }
}

import { expect, test } from 'bun:test'
import { openDesk } from '../../src/app/command.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'
import { sampleContext } from './desk-sample.ts'

const dayMs = 86_400_000
const dayText = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A folder with two runs that are too old, one of them and a younger one with a log that is; the line was drawn before. */
function fillFolder() {
  const folder = temporaryFolder()
  const now = Date.now()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ at: now - 370 * dayMs }))
  put(store, 2, stateOf({ at: now - 369 * dayMs, status: 'failed', exitCode: 1, trace: 'an old log' }))
  put(store, 3, stateOf({ at: now - 100 * dayMs, status: 'failed', exitCode: 1, trace: 'a log that is old enough' }))
  put(store, 4, stateOf({ at: now - dayMs, status: 'failed', exitCode: 1, trace: 'a young log' }))
  store.moveCursor('retention', Math.floor(now / dayMs) - 367)
  store.close()
  return { ...folder, now, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

async function preview(folder: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const sample = sampleContext({ DATA_DIR: folder, ...env })
  const service = { ...(await sample.loadService()), openDesk }
  const code = await runCommandLine(['retention', 'preview', ...words], { ...sample, loadService: async () => service })
  return { code, out: sample.out(), told: sample.told() }
}

test('retention preview counts runs, their days and logs, and changes nothing', async () => {
  using folder = fillFolder()
  const first = await preview(folder.path)
  const [from, through] = [dayText(folder.now - 370 * dayMs), dayText(folder.now - 366 * dayMs)]
  expect(first).toMatchObject({ code: 0, told: '' })
  expect(first.out).toStartWith(`2 runs of the days ${from} to ${through}\n2 logs from before ${dayText(folder.now - 90 * dayMs)}`)
  const again = await preview(folder.path, ['--json'])
  expect(JSON.parse(again.out)).toMatchObject({ enabled: true, runs: 2, logs: 2, runs_from: from, runs_through: through })
})

test('retention preview says that nothing goes while RETENTION_ENABLED is false', async () => {
  using folder = fillFolder()
  const env = { RETENTION_ENABLED: 'false' }
  expect(await preview(folder.path, [], env)).toMatchObject({ code: 0, out: 'RETENTION_ENABLED is false: nothing is removed.\n' })
  expect(JSON.parse((await preview(folder.path, ['--json'], env)).out)).toEqual({ enabled: false })
})

test('retention preview says when the next run only draws the line', async () => {
  using folder = fillFolder()
  const env = { RETENTION_DAYS: '20', RETENTION_TRACE_DAYS: '20' }
  const through = dayText(folder.now - 21 * dayMs)
  const said = await preview(folder.path, [], env)
  expect(said.out).toStartWith(
    `no runs yet: the line leapt and is only drawn, at ${through}; the run after the next one removes what is older\n`,
  )
  expect(JSON.parse((await preview(folder.path, ['--json'], env)).out)).toMatchObject({ runs: 0, runs_wait: true, runs_through: through })
})

test('retention preview asks a running service', async () => {
  await using service = await startRunning()
  expect(await preview(service.folder)).toMatchObject({ code: 0, out: 'RETENTION_ENABLED is false: nothing is removed.\n' })
})

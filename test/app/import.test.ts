import { expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { systemClock } from '../../src/base/clock.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { sampleContext } from '../cli/desk-sample.ts'
import { startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'

const [erasedId, otherId] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const

function recordOf(randomId: string, execution: number, created: string) {
  const executionId = `00000000-0000-4000-8000-${String(execution).padStart(12, '0')}`
  return { random_id: randomId, execution_id: executionId, type: 'lxc', nsapp: 'docker', status: 'success', created }
}

function realContext(folder: string) {
  const loadService = async () => ({ ...(await import('../../src/app.ts')), ...(await import('../../src/app/command.ts')) })
  return { ...sampleContext({ DATA_DIR: folder }), clock: systemClock, loadService }
}

/** A program over a folder: by the service that runs on it, else by itself. */
async function run(folder: string, line: readonly string[]): Promise<string> {
  const context = realContext(folder)
  const code = await runCommandLine([...line], context)
  if (code !== 0) throw new Error(context.told())
  return context.out()
}

test.each([true, false])(
  'records of an id that was erased since do not come back by an import (running: %p), those from after it and of others do',
  async (isRunning) => {
    using folder = temporaryFolder()
    const service = await startRunning({ DATA_DIR: folder.path })
    try {
      if (!isRunning) await service.stop()
      await run(folder.path, ['erase', '--random-id', erasedId])
      const hour = new Date(Date.now() + 3_600_000).toISOString() // A clock that runs ahead is set back to the time of the import, after the erasure.
      const records = [
        recordOf(erasedId, 1, '2026-03-01T12:00:00Z'),
        recordOf(otherId, 2, '2026-03-01T12:00:00Z'),
        recordOf(erasedId, 3, hour),
      ]
      const path = folder.file('records.json')
      writeFileSync(path, JSON.stringify(records))
      const dry = JSON.parse(await run(folder.path, ['import', path, '--dry-run', '--json']))
      expect(dry).toMatchObject({ dry_run: true, read: 3, taken: 2, rejected: 0, erased: 1 })
      for (let round = 0; round < 2; round += 1)
        expect(JSON.parse(await run(folder.path, ['import', path, '--json']))).toMatchObject({ read: 3, taken: 2, rejected: 0, erased: 1 })
      const reader = openStoreReader(folder.file('store.db'))
      const { runs } = reader.runList({ tenant: 'default', filter: {}, limit: 10 })
      reader.close()
      expect(runs.map(({ reading }) => reading.executionId?.slice(-1)).sort()).toEqual(['2', '3'])
    } finally {
      await service[Symbol.asyncDispose]()
    }
  },
)

test.each([true, false])(
  'beside a running service (%p) an import lets live events go first, else it takes all of the processor',
  async (isRunning) => {
    using folder = temporaryFolder()
    await using service = await startRunning({ DATA_DIR: folder.path })
    if (!isRunning) await service.stop()
    const path = folder.file('records.json')
    writeFileSync(path, JSON.stringify([recordOf(otherId, 1, '2026-03-01T12:00:00Z')]))
    const context = realContext(folder.path)
    expect(await runCommandLine(['import', path], context)).toBe(0)
    expect(context.stoodBack()).toBe(isRunning)
  },
)

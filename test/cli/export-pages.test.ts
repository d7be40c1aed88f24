import { afterAll, beforeAll, expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { systemClock } from '../../src/base/clock.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import type { RunReading } from '../../src/event/reading.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { type Seeded, startSeeded } from '../http/page/seeded.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

let seeded: Seeded
beforeAll(async () => {
  seeded = await startSeeded()
})
afterAll(() => seeded.service[Symbol.asyncDispose]())

/** The runs of a data folder as a list tells them; when exactly which stage was reported is not in a list. */
function readRuns(folder: string): readonly string[] {
  const reader = openStoreReader(`${folder}/store.db`)
  const found: RunReading[] = []
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const { runs, older } = reader.runList({ tenant: 'default', filter: {}, limit: 100, ...(cursor !== undefined && { cursor }) })
    found.push(...runs.map(({ reading }) => reading))
    cursor = older
  }
  reader.close()
  return found.map(({ pipeline, reported, repairs, rules, repoSourceAssumed, ...told }) => JSON.stringify(told)).sort()
}

test.each(['csv', 'json', 'jsonl'])('what the page of records gives away as %s is taken in elsewhere, run for run', async (format) => {
  using folder = temporaryFolder()
  const answer = await seeded.service.ask(`/export/runs.${format}?period=all`, { key: await seeded.service.makeKey('read') })
  expect(answer.status).toBe(200)
  const path = folder.file(`runs.${format}`)
  writeFileSync(path, await answer.text())
  const context = sampleContext({ DATA_DIR: folder.file('data') })
  expect(await runCommandLine(['import', path, '--json'], { ...context, clock: systemClock })).toBe(0)
  expect(JSON.parse(context.out())).toMatchObject({ read: 300, taken: 300, rejected: 0 })
  const [found, wanted] = [folder.file('data'), seeded.service.folder].map(readRuns)
  expect(found?.find((run, index) => run !== wanted?.[index])).toBeUndefined()
})

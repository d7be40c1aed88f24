import { expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { writeSource } from '../../../bench/import-fill.ts'
import { runCommandLine } from '../../../src/cli/program.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { sampleContext } from '../../cli/desk-sample.ts'
import { temporaryFolder } from '../../store/folder.ts'

const records = 95
const runsMax = 100

/** Takes sources in, one after another, and gives all runs as they are read. */
async function importAll(folder: { file(name: string): string }, data: string, sources: readonly string[]): Promise<readonly string[]> {
  for (const text of sources) {
    const path = folder.file('source.json')
    writeFileSync(path, text)
    expect(await runCommandLine(['import', path, '--json'], sampleContext({ DATA_DIR: data }))).toBe(0)
  }
  const reader = openStoreReader(`${data}/store.db`)
  const { runs } = reader.runList({ tenant: 'default', filter: {}, limit: runsMax })
  reader.close()
  return runs.map(({ reading }) => JSON.stringify(reading)).sort()
}

test('P17 records with every oddity, split in any way, in any order and repeated, give the same runs', async () => {
  using folder = temporaryFolder()
  const path = folder.file('whole.json')
  writeSource(path, records, 5)
  const whole = readFileSync(path, 'utf8')
  const lines = whole
    .split('\n')
    .slice(1, -2)
    .map((line) => line.trim().replace(/,$/, ''))
  expect(lines.length).toBe(records)
  const expected = await importAll(folder, folder.file('whole'), [whole])
  expect(expected.length).toBeGreaterThan(records * 0.9)
  expect(expected.length).toBeLessThan(runsMax)

  let round = 0
  const order = fc.shuffledSubarray(lines, { minLength: records })
  await fc.assert(
    fc.asyncProperty(order, fc.array(fc.nat(records), { maxLength: 2 }), fc.nat(40), async (shuffled, cuts, repeated) => {
      const ends = [0, ...cuts.toSorted((one, other) => one - other), records]
      const parts = ends.slice(1).map((end, index) => shuffled.slice(ends[index], end).join('\n'))
      round += 1
      expect(await importAll(folder, folder.file(`data-${round}`), [...parts, shuffled.slice(0, repeated).join('\r\n')])).toEqual([
        ...expected,
      ])
    }),
    { numRuns: 6, seed: 17 },
  )
}, 120_000)

import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { dimensions } from '../../../src/store/dimension.ts'
import { checkRollups, differencesMax } from '../../../src/store/rollup/check.ts'
import { Words } from '../../../src/store/words.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { batches, writeBatch } from '../history.ts'
import { keyOf, put, stateOf } from '../run-fixture.ts'

/** Each history writes and opens files, which a busy machine takes its time for. */
const timeoutMs = 120_000

const limits = [
  { name: 'each dimension’s own limit', valuesMax: {} },
  { name: 'one value a period', valuesMax: Object.fromEntries(dimensions.map((name) => [name, 1])) },
  { name: 'no value a period', valuesMax: Object.fromEntries(dimensions.map((name) => [name, 0])) },
]

describe('the roll-ups', () => {
  test.each(limits)(
    'equal a recount of the runs, whatever came late, twice, was corrected or removed: with $name',
    ({ valuesMax }) => {
      using folder = temporaryFolder()
      let file = 0
      fc.assert(
        fc.property(batches, (history) => {
          file += 1
          const path = folder.file(`${file}.db`)
          let store = openStoreWriter(path, { valuesMax })
          for (const [index, batch] of history.entries()) {
            writeBatch(store, batch)
            if (index % 3 !== 2) continue
            store.close() // What is kept unpacked in memory goes with it.
            store = openStoreWriter(path, { valuesMax })
          }
          const runs = store.changes(0, 1_000).filter(({ state }) => state !== undefined)
          store.close()
          const check = checkFile(path, valuesMax)
          expect(check.differences).toEqual([])
          expect(check.runs).toBe(runs.length)
        }),
        { numRuns: 25 },
      )
    },
    timeoutMs,
  )

  test.each(limits)(
    'equal a recount where one transaction has runs of more days than are unpacked at a time: with $name',
    ({ valuesMax }) => {
      using folder = temporaryFolder()
      const path = folder.file('store.db')
      const store = openStoreWriter(path, { valuesMax })
      const dayCount = 200
      for (const round of [0, 1]) {
        const deltas = Array.from({ length: dayCount }, (_, n) => {
          const at = ((n * 77) % dayCount) * dayMs // In no order.
          return {
            tenant: 'default',
            key: keyOf(round * dayCount + n),
            after: stateOf({ at, nsapp: `app-${n % 3}`, installDuration: 60 + n }),
          }
        })
        store.apply('test', round + 1, deltas)
      }
      store.close()
      expect(checkFile(path, valuesMax)).toMatchObject({ runs: 2 * dayCount, differing: 0, differences: [] })
    },
  )

  test('are found to differ where the runs were changed behind them, and where a packed period is gone', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    for (let n = 0; n < 3; n++) put(store, n, stateOf({ nsapp: 'redis', installDuration: 60, repoSource: 'external' }))
    store.close()
    expect(checkFile(path)).toMatchObject({ runs: 3, differing: 0, differences: [] })

    const database = new Database(path)
    database.run('DELETE FROM run WHERE id = 1')
    const { differing, differences } = checkFile(path)
    expect(differing).toBeGreaterThan(40)
    const script = {
      tenant: 'default',
      dimension: 'script',
      grain: 'month',
      period: '1970-01-01',
      value: 'redis',
      type: 'lxc',
      source: 'external',
    }
    expect(differences).toContainEqual({ ...script, what: 'success', stored: 3, expected: 2 })
    expect(differences).toContainEqual({ ...script, what: 'seconds', stored: 180, expected: 120 })

    database.run('DELETE FROM run')
    database.run('DELETE FROM rollup')
    expect(checkFile(path).differences.map(({ stored, expected }) => [stored, expected])).toContainEqual([180, 0])
    database.close()
  })

  test('that differ everywhere are counted in full and spelled out in part', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const store = openStoreWriter(path)
    for (let n = 0; n < 50; n++) put(store, n, stateOf({ nsapp: `script ${n}`, cpuModel: `model ${n}` }))
    store.close()
    const database = new Database(path)
    database.run('DELETE FROM rollup')
    database.close()
    const { differing, differences } = checkFile(path)
    expect(differing).toBeGreaterThan(200)
    expect(differences).toHaveLength(differencesMax)
  })
})

function checkFile(path: string, valuesMax = {}) {
  const database = new Database(path, { readonly: true })
  const check = checkRollups(database, new Words(database), valuesMax)
  database.close()
  return check
}

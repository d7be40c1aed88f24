import { expect, test } from 'bun:test'
import { readWholeRuns } from '../../src/store/whole-runs.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

test('all runs of a tenant come whole, by time and then by key, whatever page they lie on', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const stateAt = (n: number) =>
    stateOf({ at: Math.floor(n / 700), status: 'failed', exitCode: 1, error: `run ${n}`, trace: `the log of ${n}`, randomId: `${n}` })
  for (let n = 1_399; n >= 0; n -= 1) put(store, n, stateAt(n))
  put(store, 5, stateOf({ randomId: 'theirs' }), 'other')
  store.close()

  const all = [...readWholeRuns(path, { tenant: 'default', from: 0, to: 10 })]
  expect(all.map((page) => page.length)).toEqual([500, 500, 400])
  expect(all.flat().map(({ key }) => key.toHex())).toEqual(Array.from({ length: 1_400 }, (_, n) => keyOf(n).toHex()))
  expect(all[1]?.[300]?.state).toEqual(stateAt(800))
  expect([...readWholeRuns(path, { tenant: 'default', from: 1, to: 2 })].flat()).toHaveLength(700)
  expect([...readWholeRuns(path, { tenant: 'nobody', from: 0, to: 10 })]).toEqual([])
})

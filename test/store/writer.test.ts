import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { openStoreWriter } from '../../src/store/writer.ts'
import { runState } from '../event/run-arbitrary.ts'
import { temporaryFolder } from './folder.ts'

describe('a stored run', () => {
  test('is loaded exactly as it was applied, first and after a change', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    let n = 0
    fc.assert(
      fc.property(runState, runState, (first, second) => {
        n += 1
        const id = { tenant: `tenant ${n % 3}`, key: Uint8Array.of(n >> 8, n, ...new Uint8Array(14)) }
        store.apply('test', n, [{ ...id, after: first }])
        const [before] = store.load([id])
        if (before === undefined) throw new Error('the run is not there')
        expect(before.state).toEqual(first)
        store.apply('test', n, [{ ...id, before, after: second }])
        expect(store.load([id])[0]?.state).toEqual(second)
      }),
      { numRuns: 300 },
    )
    store.close()
  })
})

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { installConsumer, mergeEntries } from '../../src/consumer/install.ts'
import type { Entry } from '../../src/event/entry.ts'
import type { RunId } from '../../src/store/port.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { timedEvent } from '../event/run-arbitrary.ts'
import { temporaryFolder } from '../store/folder.ts'
import { entryOf, idOf } from './journal-file.ts'

const entries = (...list: readonly Parameters<typeof entryOf>[]): Entry[] =>
  list.map((each, index) => ({ ...entryOf(...each), seq: index + 1 }))

describe('a batch', () => {
  test('is merged into runs by tenant and key before the store is asked', () => {
    const runs = mergeEntries(
      entries(
        [{ executionId: idOf(2), status: 'installing' }, 1],
        [{ executionId: idOf(1), status: 'installing' }, 2],
        [{ executionId: idOf(2), status: 'success' }, 3],
        [{ executionId: idOf(2), status: 'installing' }, 4, 'other'],
      ),
    )
    expect([...runs.keys()]).toEqual(['default', 'other'])
    expect(runs.get('default')?.map(({ key, state }) => [key[3], Object.keys(state.stages)])).toEqual([
      [1, ['installing']],
      [2, ['installing', 'terminal']],
    ])
  })

  test('that tells nothing new changes nothing', () => {
    using folder = temporaryFolder()
    const store = openStoreWriter(folder.file('store.db'))
    const batch = entries([{ executionId: idOf(1), status: 'failed', exitCode: 1, trace: 'log' }, 5], [{ executionId: idOf(2) }, 6])
    store.apply('test', 2, installConsumer.plan(batch, store))
    expect([...installConsumer.plan(batch, store)]).toEqual([])
    expect([...installConsumer.plan(entries([{ executionId: idOf(2) }, 7]), store)]).toHaveLength(1)
    store.close()
  })

  test('loads runs shortly before they are written', () => {
    const batch = entries(...Array.from({ length: 600 }, (_, n): Parameters<typeof entryOf> => [{ executionId: idOf(n) }, n]))
    const loads: number[] = []
    const load = (ids: readonly RunId[]) => {
      loads.push(ids.length)
      return []
    }
    const deltas = installConsumer.plan(batch, { load })[Symbol.iterator]()
    expect(loads).toEqual([])
    deltas.next()
    expect(loads).toEqual([256])
    expect([...{ [Symbol.iterator]: () => deltas }]).toHaveLength(599)
    expect(loads).toEqual([256, 256, 88])
  })

  test('may be cut and repeated anywhere: the store holds the same runs', () => {
    using folder = temporaryFolder()
    let file = 0
    const report = fc.record({ timed: timedEvent, n: fc.nat(3), tenant: fc.constantFrom('a', 'b') })
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 16 }), fc.array(fc.nat(16), { maxLength: 4 }), (reports, cuts) => {
        file += 1
        const all = reports.map(({ timed, n, tenant }, index): Entry => {
          const { event, receivedAt } = entryOf({ ...timed.event.install, executionId: idOf(n) }, timed.at)
          return { event, receivedAt, at: timed.at, tenant, seq: index + 1 }
        })
        const whole = consume(folder.file(`${file}-whole.db`), [all])
        const parts = [...cuts, all.length].sort((a, b) => a - b).map((cut, index, sorted) => all.slice(sorted[index - 1] ?? 0, cut))
        expect(consume(folder.file(`${file}-parts.db`), [...parts, ...parts.reverse()])).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })
})

function consume(path: string, batches: readonly (readonly Entry[])[]): unknown {
  const store = openStoreWriter(path)
  for (const batch of batches) store.apply('test', 0, installConsumer.plan(batch, store))
  const runs = store.changes(0, 1_000).map(({ tenant, key, state }) => ({ name: `${tenant} ${key.toHex()}`, state }))
  store.close()
  return runs.sort((left, right) => (left.name < right.name ? -1 : 1))
}

import fc from 'fast-check'
import { join, lift } from '../../src/event/merge.ts'
import type { RunState } from '../../src/event/run.ts'
import type { RunId, StoreWriter } from '../../src/store/port.ts'
import { timedEvent } from '../event/run-arbitrary.ts'
import { keyOf } from './run-fixture.ts'

const dayMs = 86_400_000
/** The days around the end of a month, so that histories touch two. */
const firstDay = 29

/** Mostly few days, so that runs meet there; some weeks behind them, so that those before them are over. */
const dayOf = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 4 }) }, { weight: 1, arbitrary: fc.integer({ min: 5, max: 20 }) })

/** A report for one of few runs, some days before or after the others; or the removal of one. */
const step = fc.record({
  event: timedEvent,
  day: dayOf,
  n: fc.integer({ min: 1, max: 8 }),
  tenant: fc.constantFrom('a', 'b'),
  isRemoval: fc.nat(9).map((n) => n === 0),
})

/** Batches of reports: late, repeated and corrected ones, and runs removed in between. A batch that `fails` changes nothing. */
export const batches = fc.array(
  fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), fails: fc.nat(5).map((n) => n === 0) }),
  { maxLength: 8 },
)

export type Batch = typeof batches extends fc.Arbitrary<readonly (infer Value)[]> ? Value : never

/** Writes a batch as the consumer does: each run once, merged with what is stored, all in one transaction. */
export function writeBatch(store: StoreWriter, { steps, fails }: Batch): void {
  store.remove(steps.filter(({ isRemoval }) => isRemoval).map(({ tenant, n }) => ({ tenant, key: keyOf(n) })))
  const runs = new Map<string, RunId & { state: RunState }>()
  for (const { event, day, n, tenant, isRemoval } of steps) {
    if (isRemoval) continue
    const state = lift(event.event, event.at + (firstDay + day) * dayMs)
    const known = runs.get(`${tenant} ${n}`)
    runs.set(`${tenant} ${n}`, { tenant, key: keyOf(n), state: known === undefined ? state : join(known.state, state) })
  }
  const deltas = [...runs.values()].map(({ state, ...id }) => {
    const [before] = store.load([id])
    return { ...id, ...(before && { before }), after: before === undefined ? state : join(before.state, state) }
  })
  const lost = { tenant: 'a', key: keyOf(99), revision: 99, state: {} as RunState }
  const broken = { tenant: 'a', key: keyOf(99), before: lost, after: deltas[0]?.after ?? lost.state }
  try {
    store.apply('test', store.cursor('test') + 1, fails && deltas.length > 0 ? [...deltas, broken] : deltas)
  } catch (fault) {
    if (!fails) throw fault
  }
}

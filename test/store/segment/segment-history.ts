import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { join, lift } from '../../../src/event/merge.ts'
import type { RunState } from '../../../src/event/run.ts'
import type { RunId, StoreWriter } from '../../../src/store/port.ts'
import { makeChance } from '../../chance.ts'
import { timedEvent } from '../../event/run-arbitrary.ts'
import { keyOf } from '../run-fixture.ts'

const tenants = ['a', 'b'] as const
/** Reports come for some days, a few of them late. */
const days = 12

/** A repeatable sequence of whole numbers below `max`. */
export function numbers(seed: number): (max: number) => number {
  const chance = makeChance(seed)
  return (max) => Math.floor(chance() * max)
}

/** Reports `count` times on the runs numbered from `first` to below `end`, whatever they were, in one transaction. */
export function reportRuns(store: StoreWriter, seed: number, { count, first, end }: { count: number; first: number; end: number }): void {
  const below = numbers(seed)
  const events = fc.sample(timedEvent, { seed, numRuns: count })
  const runs = new Map<number, RunId & { readonly state: RunState }>()
  events.forEach(({ event, at }, index) => {
    const n = end - first === count ? first + index : first + below(end - first)
    const id = { tenant: tenants[n % 5 === 0 ? 1 : 0] ?? 'a', key: keyOf(n) }
    const day = below(20) === 0 ? below(days) : Math.floor((days * n) / 6_000)
    const state = lift(event, at + day * dayMs + below(dayMs))
    const known = runs.get(n)
    runs.set(n, { ...id, state: known === undefined ? state : join(known.state, state) })
  })
  const deltas = [...runs.values()].map(({ state, ...id }) => {
    const [before] = store.load([id])
    return { ...id, ...(before && { before }), after: before === undefined ? state : join(before.state, state) }
  })
  store.apply('test', store.cursor('test') + 1, deltas)
}

/** Removes every `step`-th of the runs numbered from `first` to below `end`. */
export function removeRuns(store: StoreWriter, { first, end, step }: { first: number; end: number; step: number }): void {
  const ids: RunId[] = []
  for (let n = first; n < end; n += step) ids.push(...tenants.map((tenant) => ({ tenant, key: keyOf(n) })))
  store.remove(ids)
}

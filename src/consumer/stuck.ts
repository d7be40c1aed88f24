import type { StoreWriter } from '../store/port.ts'

/** Runs of which nothing was heard for `stuckMs` before `now` are stuck. */
export type StuckQuestion = { readonly now: number; readonly stuckMs: number }
export type TenantStuckQuestion = StuckQuestion & { readonly tenant: string }

/** How many runs one step gave up, and whether there are no more. */
export type GivenUp = { readonly changed: number; readonly isDone: boolean }

/** Runs given up in one step: events wait for it a few milliseconds. */
const stepRuns = 200
/** Under this name the store keeps when runs were given up last. */
const consumerName = 'stuck'

/**
 * Gives up a few of the runs without an end of which nothing was heard for long: they read as unknown, with the category timeout, until something is
 * heard of them again. Which stage they came to decides nothing.
 */
export function giveUpStuck(store: Pick<StoreWriter, 'unended' | 'apply'>, { now, stuckMs }: StuckQuestion): GivenUp {
  const runs = store.unended(now - stuckMs, stepRuns)
  const deltas = runs.map((before) => ({ tenant: before.tenant, key: before.key, before, after: { ...before.state, stuckAt: now } }))
  if (deltas.length > 0) store.apply(consumerName, now, deltas)
  return { changed: deltas.length, isDone: deltas.length < stepRuns }
}

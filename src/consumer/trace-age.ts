import { withoutTrace } from '../event/outcome.ts'
import type { RunState } from '../event/run.ts'
import type { RunDelta, StoreWriter } from '../store/port.ts'

/** Logs of runs from before the moment `before` go. `after` is what the step before gave, 0 for the first one. */
export type TraceAgeQuestion = { readonly before: number; readonly after: number }

/** How many logs one step removed, whether there are no more to look at, and where the next step goes on. */
export type TracesRemoved = { readonly changed: number; readonly isDone: boolean; readonly after: number }

/** Logs looked at in one step, and those removed: events wait for it some milliseconds. */
const stepTraces = 1_000
const stepRemovals = 100
/** Under this name the store keeps up to which moment logs were removed last. */
const consumerName = 'traces'

/**
 * Removes a few of the logs that are too old. A run that lost its log reads and counts as before: length and hash of the log stay and decide between
 * reports. Each run gets a new revision, so a mirror loses the log, too.
 */
export function removeOldTraces(store: Pick<StoreWriter, 'traces' | 'load' | 'apply'>, { before, after }: TraceAgeQuestion): TracesRemoved {
  const seen = store.traces(after, stepTraces)
  const due = seen.filter(({ at }) => at < before)
  const taken = due.slice(0, stepRemovals)
  const deltas = store.load(taken.map(({ id }) => id)).map((run): RunDelta => ({ ...run, before: run, after: withoutLog(run.state) }))
  if (deltas.length > 0) store.apply(consumerName, before, deltas)
  const hasMore = taken.length < due.length
  const last = hasMore ? taken.at(-1) : seen.at(-1)
  return { changed: deltas.length, isDone: !hasMore && seen.length < stepTraces, after: last?.place ?? after }
}

function withoutLog(state: RunState): RunState {
  return state.outcome === undefined ? state : { ...state, outcome: withoutTrace(state.outcome) }
}

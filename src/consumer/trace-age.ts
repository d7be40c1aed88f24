import { withoutTrace } from '../event/outcome.ts'
import type { RunState } from '../event/run.ts'
import type { RunDelta, StoreWriter } from '../store/port.ts'

/** Logs of runs from before the moment `before` go. `after` is what the step before gave, 0 for the first one. */
export type TraceAgeQuestion = { readonly before: number; readonly after: number }
/** Of one tenant, or of all. */
export type TraceCountQuestion = TraceAgeQuestion & { readonly tenant?: string }

/** How many logs one step removed or counted, whether there are no more to look at, and where the next step goes on. */
export type TracesRemoved = { readonly changed: number; readonly isDone: boolean; readonly after: number }

/** Logs removed in one step, and those counted: events wait for it some milliseconds. */
const stepRemovals = 100
const stepCounted = 2_000
/** Under this name the store keeps up to which moment logs were removed last. */
const consumerName = 'traces'

/**
 * Removes a few of the logs that are too old. A run that lost its log reads and counts as before: length and hash of the log stay and decide between
 * reports. Each run gets a new revision, so a mirror loses the log, too.
 */
export function removeOldTraces(
  store: Pick<StoreWriter, 'agedTraces' | 'load' | 'apply'>,
  { before, after: from }: TraceAgeQuestion,
): TracesRemoved {
  const { ids, after, isDone } = store.agedTraces({ after: from, before, limit: stepRemovals })
  const deltas = store.load(ids).map((run): RunDelta => ({ ...run, before: run, after: withoutLog(run.state) }))
  if (deltas.length > 0) store.apply(consumerName, before, deltas)
  return { changed: deltas.length, isDone, after }
}

/** Counts a few of the logs that would be removed. */
export function countOldTraces(store: Pick<StoreWriter, 'agedTraces'>, { before, after: from, tenant }: TraceCountQuestion): TracesRemoved {
  const { ids, after, isDone } = store.agedTraces({ after: from, before, limit: stepCounted })
  return { changed: ids.filter((id) => tenant === undefined || id.tenant === tenant).length, isDone, after }
}

function withoutLog(state: RunState): RunState {
  return state.outcome === undefined ? state : { ...state, outcome: withoutTrace(state.outcome) }
}

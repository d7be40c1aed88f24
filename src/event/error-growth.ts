/** Runs of a group of errors in a period and, where it is compared, in the one before. */
export type ErrorRuns = { readonly runs: number; readonly previousRuns?: number }

/** A group this small grows by chance. */
const growingRunsMin = 10
const growth = 2

/** Whether a group of errors grew: it has at least ten runs, and twice as many as in the period before. */
export function hasGrown({ runs, previousRuns }: ErrorRuns): boolean {
  return previousRuns !== undefined && runs >= growingRunsMin && runs >= growth * previousRuns
}

/** Whether a group can be new or growing, by its runs alone: one that is new in a period has no run in the period before. */
export function mayStandOut(counted: ErrorRuns): boolean {
  return counted.previousRuns === undefined || counted.previousRuns === 0 || hasGrown(counted)
}

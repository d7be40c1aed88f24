import { judgeFailureRise } from '../../event/failure-rise.ts'
import type { Group } from '../../store/analysis-port.ts'

/** A script that fails more than it used to: the share of failures among the runs that succeeded or failed, now and before. */
export type FailingScript = { readonly name: string; readonly share: number; readonly before: number; readonly runs: number }

/** The scripts of an analysis that fail more than in the range before, the surest first. */
export function findFailingScripts(groups: readonly Group[]): readonly FailingScript[] {
  const found = groups.flatMap(({ value, counts, previous }) => {
    const rise = previous && judgeFailureRise(counts, previous)
    return rise?.isRise ? [{ name: value, ...rise }] : []
  })
  return found.toSorted((one, other) => other.least - one.least).map(({ name, share, before, runs }) => ({ name, share, before, runs }))
}

import { endedWithout, type FailureRise, judgeFailureRise, noRuns } from '../../event/failure-rise.ts'
import type { Analysis } from '../../store/analysis-port.ts'

/** A script that fails more than it used to or, being new, than all others: its share of failures, now and before. */
export type FailingScript = { readonly name: string } & Pick<FailureRise, 'share' | 'before' | 'than' | 'runs'>

/** The scripts of an analysis that fail more than in the range before, the surest first. */
export function findFailingScripts({ previous: whole, by }: Pick<Analysis, 'previous' | 'by'>): readonly FailingScript[] {
  if (whole === undefined) return []
  const found = (by.script?.groups ?? []).flatMap(({ value, counts, previous: own = noRuns }) => {
    const rise = judgeFailureRise(counts, { own, others: endedWithout(whole.counts, own) })
    return rise?.isRise ? [{ name: value, ...rise }] : []
  })
  return found
    .toSorted((one, other) => other.least - one.least)
    .map(({ name, share, before, than, runs }) => ({ name, share, before, than, runs }))
}

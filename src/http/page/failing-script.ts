import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import { errorsBetween } from '../../page/telling.ts'
import type { Group } from '../../store/analysis-port.ts'

/** A script that fails more than it used to: the share of failures among the runs that succeeded or failed, now and before. */
export type FailingScript = { readonly name: string; readonly share: number; readonly before: number; readonly runs: number }

/** A difference this large is worth a look, in shares of one. */
const riseMin = 0.1
const ratioMin = 1.5
/** How many standard errors the difference spans: chance alone names one script in seven hundred. */
const errorsMin = 3

/**
 * The scripts of an analysis that fail more than in the range before, the surest first. A script is named when it has at least 20 ended runs now and
 * before, its share of failures is at least 10 points and 1.5 times above the one before, and a one-sided test of two proportions gives more than 3.
 */
export function findFailingScripts(groups: readonly Group[]): readonly FailingScript[] {
  const found = groups.flatMap((group) => {
    const fault = judge(group)
    return fault === undefined ? [] : [fault]
  })
  return found.toSorted((one, other) => other.errors - one.errors).map(({ errors: _, ...script }) => script)
}

function judge({ value, counts, previous }: Group): (FailingScript & { readonly errors: number }) | undefined {
  if (previous === undefined) return undefined
  const [now, then] = [successRate(counts), successRate(previous)]
  if (now.runs < rateRunsMin || then.runs < rateRunsMin) return undefined
  const [share, before] = [1 - now.share, 1 - then.share]
  const errors = errorsBetween({ part: counts.failed, whole: now.runs }, { part: previous.failed, whole: then.runs }) // Without any failure this is NaN, which is above nothing.
  const isRise = share - before >= riseMin && share >= ratioMin * before && errors > errorsMin
  return isRise ? { name: value, share, before, runs: now.runs, errors } : undefined
}

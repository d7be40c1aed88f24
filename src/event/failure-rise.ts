import { leastRise } from './share-rise.ts'
import { rateRunsMin, successRate } from './success-rate.ts'

/** Runs that ended by success or failure; others say nothing of a script. */
export type Ended = { readonly success: number; readonly failed: number }

/** How a script fails now and how it used to, in shares of one, and the runs of now. */
export type FailureRise = {
  readonly share: number
  readonly before: number
  readonly runs: number
  /** By how much the share rose at the least; above 0 it is more than chance explains. */
  readonly least: number
  readonly isRise: boolean
}

export type FailureRiseRule = {
  /** A rise this large is worth a look, in shares of one. */
  readonly riseMin: number
  /** Fewer ended runs now say nothing; of the past there must be as many, and never fewer than a rate needs. */
  readonly runsMin: number
}

/** What is worth a look where nothing else is said. */
export const failureRiseRule: FailureRiseRule = { riseMin: 0.1, runsMin: rateRunsMin }

/** The share of failures must have grown to this many times what it was: ten points more of fifty are no news. */
const ratioMin = 1.5
/** Standard errors of each share: with hundreds of scripts looked at often, two would cry wolf daily. */
const errors = 3

/**
 * The one judgement of whether a script fails more than in its own past: enough runs of both, a rise that is large in points and against what it was,
 * and more than chance explains. Undefined where there are too few runs to say anything.
 */
export function judgeFailureRise(
  now: Ended,
  past: Ended,
  { riseMin, runsMin }: FailureRiseRule = failureRiseRule,
): FailureRise | undefined {
  const [recent, usual] = [successRate(now), successRate(past)]
  if (recent.runs < Math.max(1, runsMin) || usual.runs < Math.max(rateRunsMin, runsMin)) return undefined
  const [share, before] = [1 - recent.share, 1 - usual.share]
  const least = leastRise({ part: now.failed, whole: recent.runs }, { part: past.failed, whole: usual.runs }, errors)
  const isLarge = share - before >= riseMin && share >= ratioMin * before
  return { share, before, runs: recent.runs, least, isRise: isLarge && least > 0 }
}

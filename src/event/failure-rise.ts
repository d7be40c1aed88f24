import { judgeRise } from './share-rise.ts'
import { rateRunsMin, successRate } from './success-rate.ts'

/** Runs that ended by success or failure; others say nothing of a script. */
export type Ended = { readonly success: number; readonly failed: number }

/** What ended of a script that had no runs. */
export const noRuns: Ended = { success: 0, failed: 0 }

/** What runs are compared with: those of the same script before, and where these are too few, those of all others. */
export type FailurePast = { readonly own: Ended; readonly others?: Ended }

/** How a script fails now and how it used to, in shares of one, and the runs of now. */
export type FailureRise = {
  readonly share: number
  readonly before: number
  /** Whose past `before` is. */
  readonly than: keyof FailurePast
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

/**
 * The one judgement of whether a script fails more than in its own past or, being new, than all others did: enough runs of both, a rise that is large in
 * points and against what it was, and more than chance explains. Undefined where there are too few runs to say anything.
 */
export function judgeFailureRise(
  now: Ended,
  { own, others = noRuns }: FailurePast,
  { riseMin, runsMin }: FailureRiseRule = failureRiseRule,
): FailureRise | undefined {
  const pastRunsMin = Math.max(rateRunsMin, runsMin)
  const than = successRate(own).runs >= pastRunsMin ? 'own' : 'others'
  const past = than === 'own' ? own : others
  const [recent, usual] = [successRate(now), successRate(past)]
  if (recent.runs < Math.max(1, runsMin) || usual.runs < pastRunsMin) return undefined
  const [share, before] = [1 - recent.share, 1 - usual.share]
  const { least, isTelling } = judgeRise({ part: now.failed, whole: recent.runs }, { part: past.failed, whole: usual.runs })
  return { share, before, than, runs: recent.runs, least, isRise: share - before >= riseMin && isTelling }
}

/** All runs but those of one script. */
export function endedWithout(all: Ended, own: Ended): Ended {
  return { success: Math.max(0, all.success - own.success), failed: Math.max(0, all.failed - own.failed) }
}

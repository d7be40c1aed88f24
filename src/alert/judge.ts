import type { Rule } from './rule.ts'
import type { Reading } from './state.ts'

export type Ended = { readonly success: number; readonly failed: number }

/** The share of failures in the window against the threshold. Too few ended runs say nothing. */
export function judgeFailureRate({ runsMin, threshold }: Pick<Rule, 'runsMin' | 'threshold'>, { success, failed }: Ended): Reading {
  const runs = success + failed
  if (runs === 0 || runs < runsMin) return { status: 'no_data', runs }
  const value = percent(failed, runs)
  return { status: value >= threshold ? 'breach' : 'ok', value, runs }
}

/** Runs that the past of a script must have to be compared with. */
const pastRunsMin = 50
/** Standard deviations within which a rate may lie by chance: with hundreds of scripts looked at often, two would cry wolf daily. */
const chance = 3

/**
 * A script's window against its past: breached when its failure rate rose by at least `threshold` points and the two rates differ beyond chance (the
 * lower end of the one lies above the upper end of the other).
 */
export function judgeScript({ runsMin, threshold }: Pick<Rule, 'runsMin' | 'threshold'>, now: Ended, past: Ended): Reading {
  const runs = now.success + now.failed
  const pastRuns = past.success + past.failed
  if (runs === 0 || runs < runsMin || pastRuns < pastRunsMin) return { status: 'no_data', runs }
  const [value, usual] = [percent(now.failed, runs), percent(past.failed, pastRuns)]
  const isBeyondChance = boundsOf(now.failed, runs).low > boundsOf(past.failed, pastRuns).high
  const text = `fails ${value.toFixed(1)} %, usually ${usual.toFixed(1)} %`
  return { status: value - usual >= threshold && isBeyondChance ? 'breach' : 'ok', value: value - usual, runs, text }
}

/** Fewer runs than the threshold are no data; a service that never had a run has nothing to miss. */
export function judgeSilence({ threshold }: Pick<Rule, 'threshold'>, runs: number, hadRuns: boolean): Reading {
  return { status: hadRuns && runs < threshold ? 'no_data' : 'ok', value: runs, runs }
}

/** A count that must stay below the threshold; undefined when it cannot be had. */
export function judgeCount({ threshold }: Pick<Rule, 'threshold'>, value: number | undefined, text?: string): Reading {
  if (value === undefined) return { status: 'no_data' }
  return { status: value >= threshold ? 'breach' : 'ok', value, ...(text !== undefined && { text }) }
}

/** Free space in percent of the disk, which must not fall below the threshold. */
export function judgeDisk(
  { threshold }: Pick<Rule, 'threshold'>,
  disk: { readonly freeBytes: number; readonly totalBytes: number } | undefined,
): Reading {
  if (disk === undefined || disk.totalBytes <= 0) return { status: 'no_data' }
  const value = percent(disk.freeBytes, disk.totalBytes)
  return { status: value < threshold ? 'breach' : 'ok', value }
}

function percent(part: number, whole: number): number {
  return (part / whole) * 100
}

/** Where the true share lies with `count` of `runs` seen: the Wilson interval, which holds for few runs and for shares near 0 and 1. */
function boundsOf(count: number, runs: number): { readonly low: number; readonly high: number } {
  const share = count / runs
  const weight = chance ** 2 / runs
  const middle = share + weight / 2
  const width = chance * Math.sqrt((share * (1 - share)) / runs + weight / (4 * runs))
  return { low: (middle - width) / (1 + weight), high: (middle + width) / (1 + weight) }
}

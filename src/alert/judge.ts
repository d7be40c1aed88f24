import { formatBytes, formatShare } from '../base/format.ts'
import type { Disk } from '../base/free-disk.ts'
import { type Ended, type FailurePast, judgeFailureRise } from '../event/failure-rise.ts'
import { sayMoment } from './figure.ts'
import type { Rule } from './rule.ts'
import type { Reading } from './state.ts'

/** The share of failures in the window against the threshold. Too few ended runs say nothing. */
export function judgeFailureRate({ runsMin, threshold }: Pick<Rule, 'runsMin' | 'threshold'>, { success, failed }: Ended): Reading {
  const runs = success + failed
  if (runs === 0 || runs < runsMin) return { status: 'no_data', runs }
  const value = percent(failed, runs)
  return { status: value >= threshold ? 'breach' : 'ok', value, runs }
}

/** A script's window against its past, or that of all others where it is new: breached when it fails more, by at least `threshold` points. */
export function judgeScript({ runsMin, threshold }: Pick<Rule, 'runsMin' | 'threshold'>, now: Ended, past: FailurePast): Reading {
  const rise = judgeFailureRise(now, past, { riseMin: threshold / 100, runsMin })
  if (rise === undefined) return { status: 'no_data', runs: now.success + now.failed }
  const { share, before, than, runs, isRise } = rise
  const text = `${formatShare(share)} instead of ${formatShare(before)}${than === 'own' ? '' : ' of all others'}`
  return { status: isRise ? 'breach' : 'ok', value: 100 * (share - before), runs, text }
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
export function judgeDisk({ threshold }: Pick<Rule, 'threshold'>, disk: Disk | undefined): Reading {
  if (disk === undefined || disk.totalBytes <= 0) return { status: 'no_data' }
  const value = percent(disk.freeBytes, disk.totalBytes)
  const text = `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)}`
  return { status: value < threshold ? 'breach' : 'ok', value, text }
}

/** Changes that wait for PocketBase; `off` where none is attached. */
export function judgeMirror(rule: Pick<Rule, 'threshold'>, lag: number | 'off' | undefined): Reading {
  return lag === 'off' ? { status: 'no_data', text: 'nothing to watch: PB_URL is not set' } : judgeCount(rule, lag)
}

/** Work by the clock: when the last run ended that was done (0 for never), how many failed since, and when one is due first after a moment. */
export type TimerFacts = { readonly doneAt: number; readonly failedRuns: number; readonly nextAt: (after: number) => number }

/** How many runs failed or were left out since the last good one, of the timer that is worst. */
export function judgeTimers(rule: Pick<Rule, 'threshold'>, timers: readonly TimerFacts[], now: number): Reading {
  const counted = timers.map((timer) => ({ count: Math.max(timer.failedRuns, countMissed(timer, now)), doneAt: timer.doneAt }))
  const [worst] = counted.toSorted((one, other) => other.count - one.count)
  if (worst === undefined) return { status: 'no_data', text: 'nothing to watch: the timer is off' }
  return judgeCount(rule, worst.count, worst.doneAt === 0 ? 'there was none yet' : `of ${sayMoment(worst.doneAt)}`)
}

/** More are not told apart: no threshold is higher. */
const missedMax = 1_000

/** How many moments went by at which a run was due. Of a timer that never was done, or was by a clock that was set back since, nobody knows. */
function countMissed({ doneAt, nextAt }: TimerFacts, now: number): number {
  if (doneAt === 0 || doneAt > now) return 0
  let missed = 0
  for (let dueAt = nextAt(doneAt); missed < missedMax; missed += 1) {
    const followingAt = nextAt(dueAt)
    if (now < dueAt + graceOf(followingAt - dueAt)) break
    dueAt = followingAt
  }
  return missed
}

const graceMs = { min: 60 * 60_000, max: 6 * 60 * 60_000 }

/** How long after its moment a run may end: the service may have been down then, or the run take long. */
function graceOf(periodMs: number): number {
  return Math.min(graceMs.max, Math.max(graceMs.min, periodMs / 2))
}

function percent(part: number, whole: number): number {
  return (part / whole) * 100
}

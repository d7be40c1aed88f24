import { dayMs, dayOf } from '../../base/clock.ts'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import type { Grain } from '../../store/analysis-port.ts'
import type { Totals } from '../../store/count/totals.ts'

export type RateCounts = Pick<Totals, 'success' | 'failed'>

/** Successes and failures over time, in buckets of one size; `whole` is one bucket for everything. */
export type RateSeries = {
  readonly grain: Grain | 'whole'
  readonly buckets: readonly { readonly start: number; readonly counts: RateCounts }[]
}

/** The buckets as they are where most of those that have runs have enough of them for a rate; else by week, by month, or all of them as one. */
export function widenForRate(series: RateSeries): RateSeries {
  const wider = widerGrains[series.grain].map((grain) => ({ grain, buckets: gather(series.buckets, startOf[grain]) }))
  const whole: RateSeries = { grain: 'whole', buckets: gather(series.buckets, () => 0) }
  return [series, ...wider].find(isTelling) ?? whole
}

function isTelling({ buckets }: RateSeries): boolean {
  const runs = buckets.map(({ counts }) => successRate(counts).runs).filter((count) => count > 0)
  return runs.filter((count) => count >= rateRunsMin).length * 2 > runs.length
}

const widerGrains: Readonly<Record<RateSeries['grain'], readonly ('week' | 'month')[]>> = {
  hour: [],
  day: ['week', 'month'],
  week: ['month'],
  month: [],
  whole: [],
}

/** By what buckets are put together: the Monday of their week, the first of their month. */
const startOf: Readonly<Record<'week' | 'month', (start: number) => number>> = {
  week: (start) => (dayOf(start) - ((dayOf(start) + mondayShift) % 7)) * dayMs,
  month: (start) => Date.UTC(new Date(start).getUTCFullYear(), new Date(start).getUTCMonth()),
}

/** Day 0, 1970-01-01, was a Thursday. */
const mondayShift = 3

function gather(buckets: RateSeries['buckets'], startOfWider: (start: number) => number): RateSeries['buckets'] {
  const gathered = new Map<number, RateCounts>()
  for (const { start, counts } of buckets) {
    const { success, failed } = gathered.get(startOfWider(start)) ?? { success: 0, failed: 0 }
    gathered.set(startOfWider(start), { success: success + counts.success, failed: failed + counts.failed })
  }
  return [...gathered].map(([start, counts]) => ({ start, counts }))
}

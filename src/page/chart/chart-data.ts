import { dayMs, dayOf } from '../../base/clock.ts'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import type { Bucket, DayRange, Grain } from '../../store/analysis-port.ts'
import { formatCount, formatDay, formatMinute, formatShare } from '../format.ts'
import { type OutcomeName, outcomes, outcomesOf, sumOf } from '../outcome.ts'
import type { RateSeries } from './rate-series.ts'
import type { TimeChart } from './time-chart.ts'

/** Buckets of one size, oldest first, and the days that they are of. */
export type SeriesView = { readonly buckets: readonly Bucket[]; readonly grain: Grain; readonly range: DayRange }

/** Runs by outcome over time, by those outcomes that are named. */
export function chartRuns(view: SeriesView, names: readonly OutcomeName[] = outcomes): TimeChart {
  const counts = view.buckets.map(({ counts }) => outcomesOf(counts))
  const all = view.buckets.reduce((sum, bucket) => sum + sumOf(bucket.counts), 0)
  const success = counts.reduce((sum, { success }) => sum + success, 0)
  return {
    title: `Runs ${per[view.grain]} by outcome`,
    description: `${formatCount(all)} runs, of which ${formatCount(success)} succeeded, in ${view.buckets.length} bars.`,
    labels: labelsOf(view),
    unit: 'count',
    series: names.map((name) => ({ name, tone: name, values: counts.map((of) => of[name]) })),
  }
}

/** The success rate over time; a bucket with too few runs is a gap. The title says how wide the buckets are. */
export function chartRate({ buckets, grain }: RateSeries): TimeChart {
  const values = buckets.map(({ counts }) => {
    const { share, runs } = successRate(counts)
    return runs < rateRunsMin ? undefined : share * 100
  })
  const known = values.filter((value) => value !== undefined)
  const span =
    known.length === 0
      ? 'Too few runs everywhere.'
      : `Between ${formatShare(Math.min(...known) / 100)} and ${formatShare(Math.max(...known) / 100)}.`
  return {
    title: `Success rate ${grain === 'whole' ? 'of the whole period' : per[grain]}`,
    description: span,
    labels: grain === 'whole' ? buckets.map(() => '') : labelsOf({ buckets, grain }),
    unit: 'percent',
    series: [{ name: 'success rate', tone: 'success', values }],
  }
}

/** Median and 95th percentile of the duration of successful runs; a bucket without any is a gap. */
export function chartDurations(view: SeriesView): TimeChart {
  return {
    title: `Duration of successful runs ${per[view.grain]}`,
    description: 'The median, and the time within which 95 of 100 runs were done.',
    labels: labelsOf(view),
    unit: 'seconds',
    series: [
      { name: 'median', tone: 'main', values: view.buckets.map(({ durations }) => durations?.p50) },
      { name: '95 of 100', tone: 'second', values: view.buckets.map(({ durations }) => durations?.p95) },
    ],
  }
}

const resources = {
  cores: { title: 'Median of cores', unit: 'count' },
  ram: { title: 'Median of RAM', unit: 'megabytes' },
  disk: { title: 'Median of disk', unit: 'gigabytes' },
} as const
export type Resource = keyof typeof resources

/** The median of what runs asked for; a bucket in which none said it is a gap. */
export function chartResource(view: SeriesView, name: Resource): TimeChart {
  const { title, unit } = resources[name]
  return {
    title,
    description: `What the run in the middle asked for, ${per[view.grain]}.`,
    labels: labelsOf(view),
    unit,
    series: [{ name, tone: 'main', values: view.buckets.map(({ medians }) => medians[name]) }],
  }
}

/** How a bucket is called in a table: by its hour, its day, its week’s first day or its month. */
export function nameBucket({ start }: Pick<Bucket, 'start'>, grain: Grain): string {
  const minute = formatMinute(start)
  if (grain === 'hour') return minute.slice(11)
  return grain === 'month' ? minute.slice(0, 7) : minute.slice(0, 10)
}

/** The days of a bucket, as far as the range goes. Nothing for an hour: addresses name whole days. */
export function daysOf({ buckets, grain, range }: SeriesView, index: number): DayRange | undefined {
  const bucket = buckets[index]
  if (bucket === undefined || grain === 'hour') return undefined
  const next = buckets[index + 1]
  return { fromDay: Math.max(dayOf(bucket.start), range.fromDay), toDay: next === undefined ? range.toDay : dayOf(next.start) - 1 }
}

export const per = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month' } as const satisfies Record<Grain, string>

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function labelsOf({ buckets, grain }: { readonly buckets: readonly Pick<Bucket, 'start'>[]; readonly grain: Grain }): readonly string[] {
  return buckets.map(({ start }) => {
    if (grain === 'hour') return formatMinute(start).slice(11)
    const day = Math.floor(start / dayMs)
    if (grain !== 'month') return nameDay(day)
    const [year = '', month] = formatDay(day).split('-')
    return `${monthNames[Number(month) - 1]} ${year}`
  })
}

/** A day as the labels of charts have it: `Mar 2`. */
export function nameDay(day: number): string {
  const [, month, date] = formatDay(day).split('-')
  return `${monthNames[Number(month) - 1]} ${Number(date)}`
}

import { Html } from '@elysiajs/html'
import type { Bucket } from '../../store/analysis-port.ts'
import { during } from '../address.ts'
import {
  chartDurations,
  chartRate,
  chartResource,
  chartRuns,
  daysOf,
  nameBucket,
  type Resource,
  type SeriesView,
} from '../chart/chart-data.ts'
import { lines } from '../chart/lines.ts'
import { widenForRate } from '../chart/rate-series.ts'
import { besideChart, halfChart, smallChart } from '../chart/size.ts'
import { stackedBars } from '../chart/stacked-bars.ts'
import { formatMegabytes } from '../chart/unit.ts'
import type { Counting } from '../counting.ts'
import { formatCount, formatSeconds } from '../format.ts'
import { type OutcomeName, outcomes, outcomesOf, sumOf } from '../outcome.ts'
import { ChartFigure } from './chart-figure.tsx'
import { Count } from './count.tsx'
import { Figures } from './figures.tsx'
import { Rate } from './rate.tsx'

export type TimeCardProps = {
  readonly series: SeriesView
  readonly counting: Counting
  /** Lines of text in the card beside this one: the chart is as high as they are. */
  readonly linesBeside?: number
  /** Only the outcomes that occur, and no rate: what a group of errors is drawn with. */
  readonly isFailed?: boolean
}

/** Runs by outcome over time, with its table: each day opens its records. */
export function RunsCard(props: TimeCardProps): string {
  const { series, linesBeside = 0, isFailed = false } = props
  const names = isFailed ? occurring(series) : outcomes
  const chart = chartRuns(series, names)
  const element = (
    <section class="card">
      <ChartFigure title={chart.title} safeChart={stackedBars(chart, besideChart(linesBeside))} series={chart.series} hasLegend />
      <Figures
        table={{
          label: chart.title,
          heads: ['UTC', 'runs', ...names, ...(isFailed ? [] : ['success rate'])],
          rows: series.buckets.map((bucket, index) => ({
            name: nameBucket(bucket, series.grain),
            safeCells: [...cellsOfRuns(bucket, index, props, names), ...(isFailed ? [] : [Rate({ counts: bucket.counts })])],
          })),
        }}
      />
    </section>
  )
  return String(element)
}

/** The outcomes that any bucket has. */
function occurring({ buckets }: SeriesView): readonly OutcomeName[] {
  return outcomes.filter((name) => buckets.some(({ counts }) => outcomesOf(counts)[name] > 0))
}

function cellsOfRuns(
  { counts }: Bucket,
  index: number,
  { series, counting }: TimeCardProps,
  names: readonly OutcomeName[],
): readonly string[] {
  const range = daysOf(series, index)
  const ofBucket: Counting =
    range === undefined ? { ...counting, canOpen: false } : { ...counting, range, selection: during(counting.selection, range) }
  const count = (value: number, outcome?: OutcomeName) =>
    outcome === 'running'
      ? formatCount(value)
      : Count({ value, counting: ofBucket, filter: outcome === undefined ? {} : { status: outcome } })
  const of = outcomesOf(counts)
  return [count(sumOf(counts)), ...names.map((name) => count(of[name], name))]
}

/**
 * How the success rate goes over time, in buckets that are wide enough for a rate. Where only the whole period is, it is a figure instead. Buckets of
 * the runs have their rates in the table of the runs, wider ones have a table here.
 */
export function RateCard(props: { readonly series: SeriesView }): string {
  const series = widenForRate(props.series)
  const { grain, buckets } = series
  const chart = chartRate(series)
  const [whole] = buckets
  const element = (
    <section class="card">
      {grain === 'whole' ? (
        <>
          <h2 safe>{chart.title}</h2>
          <p class="figure">{whole === undefined ? '' : <Rate counts={whole.counts} />}</p>
          <p class="muted">Too few runs to draw how it changed: a rate needs 20 runs that succeeded or failed.</p>
        </>
      ) : (
        <>
          <ChartFigure title={chart.title} safeChart={lines(chart, halfChart)} series={chart.series} />
          {grain === props.series.grain ? (
            ''
          ) : (
            <Figures
              table={{
                label: chart.title,
                heads: ['UTC', 'success rate'],
                rows: buckets.map(({ start, counts }) => ({ name: nameBucket({ start }, grain), safeCells: [Rate({ counts })] })),
              }}
            />
          )}
        </>
      )}
    </section>
  )
  return String(element)
}

/** How long successful runs take over time, with its table. */
export function DurationCard(props: { readonly series: SeriesView }): string {
  const { series } = props
  const chart = chartDurations(series)
  const element = (
    <section class="card">
      <ChartFigure title={chart.title} safeChart={lines(chart, halfChart)} series={chart.series} />
      <Figures
        table={{
          label: chart.title,
          heads: ['UTC', 'median', '95 of 100', 'n'],
          rows: series.buckets.map((bucket) => ({ name: nameBucket(bucket, series.grain), safeCells: cellsOfDurations(bucket) })),
        }}
      />
    </section>
  )
  return String(element)
}

const noValue = '–'

function cellsOfDurations({ durations }: Bucket): readonly string[] {
  if (durations === undefined) return [noValue, noValue, '0']
  return [formatSeconds(durations.p50), formatSeconds(durations.p95), formatCount(durations.count)]
}

/** What runs ask for over time, one chart a resource and one table for all. */
export function ResourceCard(props: { readonly series: SeriesView }): string {
  const { series } = props
  const element = (
    <section class="card">
      <div class="charts">
        {resourceNames.map((name) => {
          const chart = chartResource(series, name)
          return <ChartFigure title={chart.title} safeChart={lines(chart, smallChart)} series={chart.series} />
        })}
      </div>
      <Figures
        table={{
          label: 'Medians of resources',
          heads: ['UTC', 'cores', 'RAM', 'disk'],
          rows: series.buckets.map(({ start, medians: { cores, ram, disk } }) => ({
            name: nameBucket({ start }, series.grain),
            safeCells: [
              cores === undefined ? noValue : formatCount(cores),
              ram === undefined ? noValue : formatMegabytes(ram),
              disk === undefined ? noValue : `${formatCount(disk)} GB`,
            ],
          })),
        }}
      />
    </section>
  )
  return String(element)
}

const resourceNames: readonly Resource[] = ['cores', 'ram', 'disk']

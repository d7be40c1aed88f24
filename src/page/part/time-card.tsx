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
import { besideChart, type ChartSize, halfChart, smallChart } from '../chart/size.ts'
import { stackedBars } from '../chart/stacked-bars.ts'
import { hasValues, type TimeChart } from '../chart/time-chart.ts'
import { formatMegabytes } from '../chart/unit.ts'
import type { Counting } from '../counting.ts'
import { formatCount, formatSeconds } from '../format.ts'
import { type OutcomeName, outcomes, outcomesOf, sumOf } from '../outcome.ts'
import { ChartFigure } from './chart-figure.tsx'
import { Count } from './count.tsx'
import { Empty } from './empty.tsx'
import { Figures, type FiguresTable } from './figures.tsx'
import { Rate } from './rate.tsx'

export type TimeCardProps = {
  readonly series: SeriesView
  readonly counting: Counting
  /** Lines of text in the card beside this one: the chart is as high as they are. */
  readonly linesBeside?: number
  /** Only the outcomes that occur: what a group of errors is drawn with. */
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
          heads: ['UTC', 'runs', ...names],
          rows: series.buckets.map((bucket, index) => ({
            name: nameBucket(bucket, series.grain),
            safeCells: cellsOfRuns(bucket, index, props, names),
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

/** How the success rate goes over time, in buckets that are wide enough for a rate. Where only the whole period is, it is a figure instead. */
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
          <Figures
            table={{
              label: chart.title,
              heads: ['UTC', 'success rate'],
              rows: buckets.map(({ start, counts }) => ({ name: nameBucket({ start }, grain), safeCells: [Rate({ counts })] })),
            }}
          />
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
      <LineFigure chart={chart} size={halfChart} none="No successful run of this period said how long it took." />
      {hasValues(chart) ? (
        <Figures
          table={{
            label: chart.title,
            heads: ['UTC', 'median', '95 of 100', 'n'],
            rows: series.buckets.map((bucket) => ({ name: nameBucket(bucket, series.grain), safeCells: cellsOfDurations(bucket) })),
          }}
        />
      ) : (
        ''
      )}
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
  const charts = resourceNames.map((name) => chartResource(series, name))
  const element = (
    <section class="card">
      <div class="charts">
        {charts.map((chart) => (
          <LineFigure chart={chart} size={smallChart} none="No run of this period said so." />
        ))}
      </div>
      {charts.some(hasValues) ? <Figures table={tableOfResources(series)} /> : ''}
    </section>
  )
  return String(element)
}

function tableOfResources(series: SeriesView): FiguresTable {
  return {
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
  }
}

/** Lines with their heading. Where there is no value, words stand in place of empty axes. */
function LineFigure(props: { readonly chart: TimeChart; readonly size: ChartSize; readonly none: string }): string {
  const { chart, size, none } = props
  const { title, series } = chart
  if (hasValues(chart)) return ChartFigure({ title, safeChart: lines(chart, size), series })
  return ChartFigure({ title, safeChart: Empty({ why: none }), series, hasLegend: false })
}

const resourceNames: readonly Resource[] = ['cores', 'ram', 'disk']

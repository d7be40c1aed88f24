import { line } from 'd3-shape'
import { frameChart, type Plot } from './frame.ts'
import type { ChartSize } from './size.ts'
import type { Series, TimeChart } from './time-chart.ts'

/** Lines over time, in whole units, which are no coarser than a screen’s. Where a bucket has no value the line has a gap; a value between two gaps is a dot. */
export function lines(chart: TimeChart, size: ChartSize): string {
  const highest = Math.max(0, ...chart.series.flatMap(({ values }) => values.filter((value) => value !== undefined)))
  return frameChart(chart, size, highest, (plot) => chart.series.map((series) => lineOf(series, plot)).join(''))
}

function lineOf({ tone, values, isDots = false }: Series, { x, y }: Plot): string {
  const path = line<number | undefined>()
    .digits(0)
    .defined((value) => value !== undefined)
    .x((_, bucket) => x(bucket))
    .y((value) => y(value ?? 0))(values)
  const dots = values.flatMap((value, bucket) =>
    value !== undefined && (isDots || isAlone(values, bucket)) ? `M${Math.round(x(bucket))} ${y(value)}h0` : [],
  )
  const drawn = isDots ? '' : `<path class="stroke ${tone}" d="${path ?? ''}"/>`
  return `${drawn}${dots.length === 0 ? '' : `<path class="stroke ${tone} dot" d="${dots.join('')}"/>`}`
}

function isAlone(values: Series['values'], bucket: number): boolean {
  return values[bucket - 1] === undefined && values[bucket + 1] === undefined
}

import { stack } from 'd3-shape'
import { frameChart, type Plot } from './frame.ts'
import type { ChartSize } from './size.ts'
import type { TimeChart } from './time-chart.ts'

/**
 * Bars of several measures on top of each other, the first one at the bottom. One path a measure, its bars strokes as wide as a bar:
 * thirty days are five elements and a page stays small.
 */
export function stackedBars(chart: TimeChart, size: ChartSize): string {
  const { series, labels } = chart
  const layers = stack<number, number>()
    .keys(series.keys())
    .value((bucket, index) => series[index]?.values[bucket] ?? 0)(labels.keys())
  const highest = Math.max(0, ...labels.map((_, bucket) => layers.at(-1)?.[bucket]?.[1] ?? 0))
  return frameChart(chart, size, highest, (plot) =>
    layers
      .map((layer, index) => {
        const bars = layer.map(([from, to], bucket) => barOf(from, to, bucket, plot)).join('')
        return bars === '' ? '' : `<path class="bars ${series[index]?.tone}" stroke-width="${plot.bar}" d="${bars}"/>`
      })
      .join(''),
  )
}

/** One pixel less than its height, so that neighbours in a stack are told apart without their colours; what is there is seen, however little. */
function barOf(from: number, to: number, bucket: number, { x, y }: Plot): string {
  if (to <= from) return ''
  const height = y(from) - y(to)
  return `M${x(bucket)} ${y(from)}v${-Math.max(height > 2 ? height - 1 : height, 1)}`
}

import { Html } from '@elysiajs/html'
import { scaleBand, scaleLinear } from 'd3-scale'
import { type ChartSize, chartRight, chartTop } from './size.ts'
import type { TimeChart } from './time-chart.ts'
import { sayValue, scaleOf } from './unit.ts'

/** Where things go in a chart over time: the middle of a bucket, the width of its bar, the height of a value. */
export type Plot = { readonly x: (bucket: number) => number; readonly bar: number; readonly y: (value: number) => number }

/** Draws the axes of a chart and, between them, what `draw` makes of its places. Those are whole units, no coarser than a screen’s, and small in the page. */
export function frameChart(chart: TimeChart, size: ChartSize, highest: number, draw: (plot: Plot) => string): string {
  const scale = scaleOf(chart.unit, highest)
  const right = size.width - chartRight
  const base = size.height - size.bottom
  const y = scaleLinear().domain([0, scale.max]).rangeRound([base, chartTop])
  const band = scaleBand<number>()
    .domain(chart.labels.map((_, index) => index))
    .rangeRound([size.left, right])
    .paddingInner(0.2)
    .paddingOuter(0.1)
  const x = (bucket: number) => Math.round((band(bucket) ?? 0) + band.bandwidth() / 2)
  const grid = scale.ticks.map((tick) => `M${size.left} ${y(tick)}H${right}`).join('')
  const marks = scale.ticks.map((tick) => `<text class="y" x="${size.left - 6}" y="${y(tick) + 4}">${scale.format(tick)}</text>`).join('')
  return `<svg class="chart ${size.name}-chart" viewBox="0 0 ${size.width} ${size.height}" role="img">${titlesOf(chart)}<path class="grid" d="${grid}"/>${marks}${labelsOf(chart.labels, size, x)}${draw({ x, bar: band.bandwidth(), y })}${hitsOf(chart, size, band.step(), x)}</svg>`
}

/** The name and the meaning of a drawing for those who do not see it. */
export function titlesOf({ title, description }: Pick<TimeChart, 'title' | 'description'>): string {
  return `<title>${Html.escapeHtml(title)}</title><desc>${Html.escapeHtml(description)}</desc>`
}

function labelsOf(labels: readonly string[], size: ChartSize, x: Plot['x']): string {
  const stride = Math.max(1, Math.ceil(labels.length / size.labelsMax))
  const shown = labels.flatMap((label, index) =>
    index % stride === 0 ? `<text class="x" x="${x(index)}" y="${size.height - 6}">${Html.escapeHtml(label)}</text>` : [],
  )
  return shown.join('')
}

/** What a pointer over a bucket is told: what is not nothing there. Only wide charts have room to point at one. */
function hitsOf(chart: TimeChart, size: ChartSize, step: number, x: Plot['x']): string {
  if (size.name !== 'wide') return ''
  const width = Math.min(step, size.width - size.left - chartRight)
  const hits = chart.labels.map((label, bucket) => {
    const values = chart.series.flatMap(({ name, values }) => (values[bucket] ? `${name} ${sayValue(values[bucket], chart.unit)}` : []))
    const text = `${label}: ${values.join(', ') || 'nothing'}`
    return `<path d="M${x(bucket)} 0v${size.height}"><title>${Html.escapeHtml(text)}</title></path>`
  })
  return `<g class="hits" stroke-width="${width}">${hits.join('')}</g>`
}

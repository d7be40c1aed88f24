import { Html } from '@elysiajs/html'
import type { Series } from '../chart/time-chart.ts'

/** A chart with its heading and the names of its measures. `safeChart` is an SVG text as `src/page/chart` makes it. */
export function ChartFigure(props: {
  readonly title: string
  readonly safeChart: string
  readonly series: readonly Pick<Series, 'name' | 'tone'>[]
  /** Whether the measures are named; one alone is what the title says, unless it could be another. */
  readonly hasLegend?: boolean
}): string {
  const { title, safeChart, series, hasLegend = series.length > 1 } = props
  const element = (
    <figure>
      <figcaption>
        <strong safe>{title}</strong>
        {hasLegend ? <Legend series={series} /> : ''}
      </figcaption>
      {safeChart}
    </figure>
  )
  return String(element)
}

function Legend(props: { readonly series: readonly Pick<Series, 'name' | 'tone'>[] }): string {
  const element = (
    <span class="legend">
      {props.series.map(({ name, tone }) => (
        <span>
          <i class={`swatch ${tone}`} />
          <span safe>{name}</span>
        </span>
      ))}
    </span>
  )
  return String(element)
}

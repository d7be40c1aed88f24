import { Html } from '@elysiajs/html'
import { lines } from '../chart/lines.ts'
import { wideChart } from '../chart/size.ts'
import type { TimeChart } from '../chart/time-chart.ts'
import { ChartFigure } from '../part/chart-figure.tsx'
import { Empty } from '../part/empty.tsx'
import { Figures } from '../part/figures.tsx'

/** A day of a rule: its figure to draw and in words, and at which hours and minutes alarms were told. */
export type PastDayView = {
  readonly name: string
  readonly label: string
  readonly value?: number
  readonly text: string
  readonly told: readonly string[]
}

/** The figure of a rule over its past, or why there is none. `limit` is in the unit of the figure; `note` says how it was counted. */
export type PastView =
  | { readonly why: string }
  | {
      readonly title: string
      readonly unit: 'percent' | 'count'
      readonly limit: number
      readonly days: readonly PastDayView[]
      readonly note: string
    }

/** The past of a rule as a chart with its limit and with marks where an alarm was told, and the table behind it. */
export function Past(props: { readonly past: PastView }): string {
  const { past } = props
  const element = (
    <section class="card">
      {'why' in past ? (
        <>
          <h2>The last 30 days</h2>
          <Empty why={past.why} />
        </>
      ) : (
        <Drawn past={past} />
      )}
    </section>
  )
  return String(element)
}

function Drawn(props: { readonly past: Exclude<PastView, { readonly why: string }> }): string {
  const { title, days, note } = props.past
  const chart = chartPast(props.past)
  const element = (
    <>
      <ChartFigure title={title} safeChart={lines(chart, wideChart)} series={chart.series} />
      <p class="muted" safe>
        {note}
      </p>
      <Figures
        table={{
          label: title,
          heads: ['UTC', 'figure', 'alarms told'],
          rows: days.map(({ name, text, told }) => ({
            name,
            safeCells: [Html.escapeHtml(text), told.length === 0 ? '–' : Html.escapeHtml(told.join(', '))],
          })),
        }}
      />
    </>
  )
  return String(element)
}

/** The axis begins at 0: what lies below it, as points by which a script became better, is drawn there. */
function chartPast({ title, unit, limit, days }: Exclude<PastView, { readonly why: string }>): TimeChart {
  const values = days.map(({ value }) => (value === undefined ? undefined : Math.max(0, value)))
  const told = days.filter((day) => day.told.length > 0).length
  return {
    title,
    description: `A line for the figure, a dashed one for the limit, and a dot on each of ${told} days on which an alarm was told.`,
    labels: days.map(({ label }) => label),
    unit,
    series: [
      { name: 'figure', tone: 'main', values },
      { name: 'limit', tone: 'second', values: days.map(() => limit) },
      {
        name: 'alarm told',
        tone: 'failed',
        values: days.map((day, index) => (day.told.length > 0 ? (values[index] ?? limit) : undefined)),
        isDots: true,
      },
    ],
  }
}

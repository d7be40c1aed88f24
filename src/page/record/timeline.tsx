import { Html } from '@elysiajs/html'
import type { RunReading } from '../../event/reading.ts'
import { stages } from '../../event/run.ts'
import { formatMoment, formatSeconds } from '../format.ts'

type Step = { readonly name: string; readonly time?: string; readonly hint: string }

/** The stages of a run in the order it passes them, each with its time and how long after the one before; stages nobody reported stay visible as gaps. */
export function Timeline(props: { readonly reading: RunReading }): string {
  const element = (
    <section class="card">
      <h2>Stages</h2>
      <ol class="timeline">
        {stepsOf(props.reading).map(({ name, time, hint }) => (
          <li class={time === undefined ? 'muted' : undefined}>
            <strong safe>{name}</strong> <span safe>{time === undefined ? hint : `${time} (UTC)`}</span>{' '}
            {time === undefined || hint === '' ? '' : <small safe>{hint}</small>}
          </li>
        ))}
      </ol>
    </section>
  )
  return String(element)
}

function stepsOf({ pipeline, status }: RunReading): readonly Step[] {
  let before: number | undefined
  return stages.map((stage) => {
    const name = stage === 'terminal' ? (pipeline.some((step) => step.stage === 'terminal') ? `end: ${status}` : 'end') : stage
    const times = pipeline.find((step) => step.stage === stage)
    if (times === undefined) return { name, hint: 'not reported' }
    const gap = before === undefined ? [] : [sayGap(times.first - before)]
    const again = times.last > times.first ? [`last reported ${formatSeconds((times.last - times.first) / 1_000)} later`] : []
    before = times.first
    return { name, time: formatMoment(times.first), hint: [...gap, ...again].join(', ') }
  })
}

/** Reports of two machines need not agree on the time. */
function sayGap(milliseconds: number): string {
  const text = formatSeconds(Math.abs(milliseconds) / 1_000)
  return milliseconds < 0 ? `${text} before the stage above` : `${text} after the stage above`
}

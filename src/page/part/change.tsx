import { Html } from '@elysiajs/html'
import { rateRunsMin, type SuccessRate, successRate } from '../../event/success-rate.ts'
import type { Totals } from '../../store/reader-port.ts'

/** Whether more of something is good, bad, or neither. */
export type Meaning = 'good' | 'bad' | 'neutral'

/** How a count changed against the period before: `▲ 14 % more`. */
export function CountChange(props: { readonly now: number; readonly before: number; readonly more: Meaning }): string {
  const { now, before, more } = props
  if (before === 0) return now === 0 ? '<span class="muted">none before either</span>' : '<span class="muted">none before</span>'
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return '<span class="muted">as before</span>'
  const isMore = percent > 0
  return Mark({ isUp: isMore, text: `${Math.abs(percent)} % ${isMore ? 'more' : 'fewer'}`, meaning: isMore ? more : opposite[more] })
}

/** How the success rate changed, in points: `▼ 1.2 points worse`. Nothing is said where either period has too few runs; chance has no colour. */
export function RateChange(props: { readonly now: Totals; readonly before: Totals }): string {
  const [now, before] = [successRate(props.now), successRate(props.before)]
  if (now.runs < rateRunsMin || before.runs < rateRunsMin) return '<span class="muted">too few to compare</span>'
  const tenths = Math.round((now.share - before.share) * 1_000)
  if (tenths === 0) return '<span class="muted">as before</span>'
  const isUp = tenths > 0
  const meaning = !isTelling(now, before) ? 'neutral' : isUp ? 'good' : 'bad'
  return Mark({ isUp, text: `${(Math.abs(tenths) / 10).toFixed(1)} points ${isUp ? 'better' : 'worse'}`, meaning })
}

/** Standard errors a difference of two rates must span, so that chance alone gives a colour to one in twenty. */
const tellingErrors = 2

/** Whether two rates differ by more than chance explains: else a page of scripts would be a page of colours. */
function isTelling(now: SuccessRate, before: SuccessRate): boolean {
  const share = (now.share * now.runs + before.share * before.runs) / (now.runs + before.runs)
  const error = Math.sqrt(share * (1 - share) * (1 / now.runs + 1 / before.runs))
  return Math.abs(now.share - before.share) > tellingErrors * error
}

const opposite: Readonly<Record<Meaning, Meaning>> = { good: 'bad', bad: 'good', neutral: 'neutral' }

function Mark(props: { readonly isUp: boolean; readonly text: string; readonly meaning: Meaning }): string {
  const element = (
    <span class={props.meaning}>
      <span aria-hidden="true">{props.isUp ? '▲' : '▼'}</span> <span safe>{props.text}</span>
    </span>
  )
  return String(element)
}

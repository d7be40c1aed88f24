import { Html } from '@elysiajs/html'
import type { Share } from '../../event/share-rise.ts'
import { rateRunsMin, type SuccessRate, successRate } from '../../event/success-rate.ts'
import type { Totals } from '../../store/count/totals.ts'
import type { Whole } from '../outcome.ts'
import { isTelling } from '../telling.ts'

/** What a change is: good, bad, or neither. */
type Meaning = 'good' | 'bad' | undefined

export type CountChangeProps = {
  readonly now: number
  readonly before: number
  /** Of something bad: all that is counted. Its share of that decides the colour; absent where more is neither good nor bad. */
  readonly badOf?: Whole | undefined
}

/** How a count changed against the period before: `▲ 14 % more`. It has a colour where it grew or fell by clearly more than everything did. */
export function CountChange(props: CountChangeProps): string {
  const { now, before, badOf } = props
  if (before === 0) return now === 0 ? '<span class="muted">none before either</span>' : '<span class="muted">none before</span>'
  const percent = Math.round(((now - before) / before) * 100)
  if (percent === 0) return '<span class="muted">as before</span>'
  const isUp = percent > 0
  const isClear = badOf !== undefined && isClearly(isUp, { part: now, whole: badOf.now }, { part: before, whole: badOf.before })
  const meaning = !isClear ? undefined : isUp ? 'bad' : 'good'
  return Mark({ isUp, text: `${Math.abs(percent)} % ${isUp ? 'more' : 'fewer'}`, meaning })
}

/** How a time changed against the period before: `▲ 14 % longer`. It has no colour: nothing is known of how much chance there is in it. */
export function TimeChange(props: { readonly now: number; readonly before: number }): string {
  const { now, before } = props
  const percent = before === 0 ? 0 : Math.round(((now - before) / before) * 100)
  if (percent === 0) return '<span class="muted">as before</span>'
  const isUp = percent > 0
  return Mark({ isUp, text: `${Math.abs(percent)} % ${isUp ? 'longer' : 'shorter'}`, meaning: undefined })
}

/** Whether a share went the way its count did, and by more than chance explains. */
function isClearly(isUp: boolean, now: Share, before: Share): boolean {
  return isUp === now.part * before.whole > before.part * now.whole && isTelling(now, before)
}

/** How the success rate changed, in points: `▼ 1.2 points worse`. Nothing is said where either period has too few runs; chance has no colour. */
export function RateChange(props: { readonly now: Totals; readonly before: Totals }): string {
  const [now, before] = [successRate(props.now), successRate(props.before)]
  if (now.runs < rateRunsMin || before.runs < rateRunsMin) return '<span class="muted">too few to compare</span>'
  const tenths = Math.round((now.share - before.share) * 1_000)
  if (tenths === 0) return '<span class="muted">as before</span>'
  const isUp = tenths > 0
  const meaning = !isTelling(partOf(now), partOf(before)) ? undefined : isUp ? 'good' : 'bad'
  return Mark({ isUp, text: `${(Math.abs(tenths) / 10).toFixed(1)} points ${isUp ? 'better' : 'worse'}`, meaning })
}

function partOf({ share, runs }: SuccessRate): Share {
  return { part: share * runs, whole: runs }
}

function Mark(props: { readonly isUp: boolean; readonly text: string; readonly meaning: Meaning }): string {
  const safeText = Html.escapeHtml(props.text)
  const element = (
    <span class={props.meaning}>
      <span aria-hidden="true">{props.isUp ? '▲' : '▼'}</span> {safeText}
    </span>
  )
  return String(element)
}

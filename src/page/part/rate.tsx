import { Html } from '@elysiajs/html'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import type { Totals } from '../../store/count/totals.ts'
import { formatCount, formatShare } from '../format.ts'

/** The success rate with the number of runs it is made of. Too few runs have no rate. */
export function Rate(props: { readonly counts: Pick<Totals, 'success' | 'failed'> }): string {
  const { share, runs } = successRate(props.counts)
  const safeCount = formatCount(runs)
  const safeRate = runs < rateRunsMin ? '<span class="muted">too few</span>' : formatShare(share)
  const element = (
    <>
      {safeRate} <small>n {safeCount}</small>
    </>
  )
  return String(element)
}

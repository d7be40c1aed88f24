import { Html } from '@elysiajs/html'
import { type Counting, isSealed } from '../counting.ts'
import { formatDay } from '../format.ts'

/** Says what the mark † means, on a page that has it. */
export function SealedHint(props: { readonly counting: Counting }): string {
  const { canOpen, sealedDay } = props.counting
  if (!canOpen || sealedDay === undefined || !isSealed(props.counting)) return ''
  const element = (
    <p class="muted" safe>
      {`† Records up to ${formatDay(sealedDay)} have expired. Their sums are kept, so these numbers are right but cannot be opened.`}
    </p>
  )
  return String(element)
}

import { Html } from '@elysiajs/html'
import { type Counting, isPartial, isSealed } from '../counting.ts'
import { formatDay } from '../format.ts'

/** Says what the marks † and ‡ mean, on a page that has one. Numbers that miss something say so to everybody. */
export function SealedHint(props: { readonly counting: Counting }): string {
  const { canOpen, sealedDay } = props.counting
  if (sealedDay === undefined || !isSealed(props.counting)) return ''
  const day = formatDay(sealedDay)
  if (isPartial(props.counting))
    return Hint({
      text: `‡ Records up to ${day} have expired. With these filters only what is left is counted; sums by source, type and status are whole.`,
    })
  if (!canOpen) return ''
  return Hint({ text: `† Records up to ${day} have expired. Their sums are kept, so these numbers are right but cannot be opened.` })
}

function Hint(props: { readonly text: string }): string {
  const element = (
    <p class="muted" safe>
      {props.text}
    </p>
  )
  return String(element)
}

import type { RunFilter } from '../../store/analysis-port.ts'
import { type Counting, isPartial, isSealed, recordsBehind } from '../counting.ts'
import { formatCount } from '../format.ts'
import { Link } from './link.tsx'

export type CountProps = {
  readonly value: number
  readonly counting: Counting
  /** What the records must be, beyond what the page is about. */
  readonly filter: RunFilter
}

/** A number that opens the records it counts. Where some of them have expired it is marked instead, in another way where it misses them. */
export function Count(props: CountProps): string {
  const text = formatCount(props.value)
  const href = props.value === 0 ? undefined : recordsBehind(props.counting, props.filter)
  if (href !== undefined) return Link({ href, text })
  if (props.value > 0 && isPartial(props.counting)) return `${text}${partialMark}`
  const isMarked = props.value > 0 && props.counting.canOpen && isSealed(props.counting)
  return isMarked ? `${text}${sealedMark}` : text
}

const sealedMark = '<abbr title="sealed: some of these records have expired">†</abbr>'
const partialMark = '<abbr title="partial: records that have expired are not counted">‡</abbr>'

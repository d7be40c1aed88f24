import { Html } from '@elysiajs/html'
import type { Selection } from '../address.ts'
import { formatMany } from '../format.ts'
import type { FrameView } from '../frame/frame-view.ts'

export type FoldedGroupsProps = {
  /** How many runs failed with errors that a period did not keep apart. */
  readonly runs: number
  readonly selection: Selection
  readonly frame: FrameView
}

/** Says how many runs no listed group counts, and why; nothing where every group was kept apart. */
export function FoldedGroups(props: FoldedGroupsProps): string {
  const { runs, selection, frame } = props
  if (runs === 0) return ''
  const few = `of other groups, each with too few to be shown${frame.isPublished ? '' : ' without a sign-in'}`
  const why = selection.isSingle ? few : 'folded: of groups that came after the first ones of their day or month'
  const element = (
    <p class="muted" safe>
      {`${formatMany(runs, 'run')} ${why}.`}
    </p>
  )
  return String(element)
}

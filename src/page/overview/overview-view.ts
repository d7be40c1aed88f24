import type { Analysis, Grain } from '../../store/analysis-port.ts'
import type { Href } from '../address.ts'
import type { Counting } from '../counting.ts'
import type { ErrorLineView } from '../error/error-line-view.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { SendCardView } from '../part/send-card.tsx'

/** Something that wants to be looked at first: what it is, in words, and where to look. `bad` is broken now, `odd` may be, `usual` is told and no worse than ever. */
export type LookView = {
  readonly tone: 'bad' | 'odd' | 'usual'
  readonly text: string
  readonly link: { readonly href: Href; readonly text: string }
}

/** `/` and `/dashboard`. */
export type OverviewView = {
  readonly frame: FrameView
  readonly filter: FilterView
  /** Whose numbers can be opened; its selection and range are those of the filter and of the analysis. */
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  /** Total, previous, series and groups by everything the page shows. Absent when the store gives no answer; a notice of the frame says so. */
  readonly analysis?: Analysis
  readonly grain: Grain
  readonly looks: readonly LookView[]
  /** New or growing groups of errors, the most urgent first. */
  readonly errors: readonly ErrorLineView[]
  /** Before the first event: how to send one, in place of everything else. */
  readonly firstEvent?: SendCardView
}

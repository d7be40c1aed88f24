import type { Analysis, Grain } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { PagesView } from '../part/pages.tsx'
import type { ErrorLineView } from './error-line-view.ts'

/** Groups of errors that are looked at, or that somebody muted. */
export type ErrorState = 'open' | 'muted'

/** `/error-analysis`. The groups arrive in the order of the page. */
export type ErrorsView = {
  readonly frame: FrameView
  readonly filter: FilterView
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  readonly grain: Grain
  /** Of the runs of the selection, by `category` and `exit_code`. Absent when the store gives no answer; a notice of the frame says so. */
  readonly analysis?: Analysis
  readonly state: ErrorState
  /** How many groups of the selection are in each state. */
  readonly counts: Readonly<Record<ErrorState, number>>
  readonly groups: readonly ErrorLineView[]
  /** Runs of the selection whose group the period did not keep apart. */
  readonly foldedRuns: number
  readonly pages: PagesView
}

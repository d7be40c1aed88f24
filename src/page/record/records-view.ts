import type { Href } from '../address.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { RunLineView } from './run-line-view.ts'

/** `/records`: one page of the runs of a selection, newest first. */
export type RecordsView = {
  readonly frame: FrameView
  readonly filter: FilterView
  /** Which days, as `leadOf` says it. */
  readonly lead?: string
  /** All runs of the selection, not of this page alone; absent when the store gives no answer. */
  readonly count?: number
  readonly runs: readonly RunLineView[]
  /** Where the list begins, when no run is left behind the place that the address names. */
  readonly newest?: Href
  readonly newer?: Href
  readonly older?: Href
  /** The whole selection as a file. */
  readonly exports: readonly { readonly text: 'CSV' | 'JSON' | 'JSONL'; readonly href: Href }[]
  /** The newest day whose records have expired, formatted, when the selection reaches it. */
  readonly expiredUntil?: string
}

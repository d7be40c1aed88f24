import type { Breakdown, DayRange, Group } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { PagesView } from '../part/pages.tsx'
import type { Order } from '../part/sort-head.tsx'

/** `/script-analysis`. */
export type ScriptsView = {
  readonly frame: FrameView
  readonly filter: FilterView
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  readonly range?: DayRange
  readonly order: Order
  /** Absent when the store gives no answer; a notice of the frame says so. */
  readonly scripts?: ScriptPage
}

/** One page of all scripts of the selection, with what stands around it. */
export type ScriptPage = Omit<Breakdown, 'groups'> & {
  /** Scripts that have a row, on whichever page. */
  readonly listed: number
  /** Those among them whose name holds what is looked for. */
  readonly found: number
  /** Those of this page, in its order. */
  readonly shown: readonly Group[]
  readonly pages: PagesView
}

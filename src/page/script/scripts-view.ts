import type { Breakdown, DayRange } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { Order } from '../part/sort-head.tsx'

/** `/script-analysis`. The groups arrive in the order of the page. */
export type ScriptsView = {
  readonly frame: FrameView
  readonly filter: FilterView
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  readonly range?: DayRange
  readonly order: Order
  /** Absent when the store gives no answer; a notice of the frame says so. */
  readonly scripts?: Breakdown
}

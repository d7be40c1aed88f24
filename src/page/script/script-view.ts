import type { Analysis, Grain } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import type { ErrorLineView } from '../error/error-line-view.ts'
import type { FilterView } from '../filter-view.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { RunLineView } from '../record/run-line-view.ts'

/** `/scripts/{name}`. The selection of the filter does not name the script; the analysis is of this script alone. */
export type ScriptView = {
  readonly frame: FrameView
  readonly name: string
  readonly filter: FilterView
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  readonly grain: Grain
  /** Absent when the store gives no answer; a notice of the frame says so. */
  readonly analysis?: Analysis
  readonly errors: readonly ErrorLineView[]
  /** The newest runs; empty for who did not sign in. */
  readonly runs: readonly RunLineView[]
}

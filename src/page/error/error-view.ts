import type { Analysis, Grain } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import type { FilterView } from '../filter-view.ts'
import type { FormTarget, FrameView } from '../frame/frame-view.ts'
import type { RunLineView } from '../record/run-line-view.ts'
import type { ErrorLineView } from './error-line-view.ts'
import type { IssueView } from './issue-form.tsx'

/** A stored log of one of the group's runs; it is cloaked. `runId` names the page of that run, `rules` are the cloak rules that fired in it. */
export type SampleView = {
  readonly runId: string
  readonly time: string
  readonly script: string
  readonly trace: string
  readonly rules: readonly string[]
}

/** `/errors/{fingerprint}`. The selection of the filter does not name the error; the analysis is of this group alone. */
export type ErrorView = {
  readonly frame: FrameView
  readonly filter: FilterView
  readonly reach: Pick<Counting, 'canOpen' | 'sealedDay'>
  readonly grain: Grain
  readonly group: ErrorLineView
  /** Absent when the store gives no answer; a notice of the frame says so. */
  readonly analysis?: Analysis
  /** All runs of the selection, whatever they ended with; there where `analysis` is. */
  readonly all?: Pick<Analysis, 'total' | 'previous' | 'isRunning'>
  /** Newest first; absent for who did not sign in, empty where logs have expired. */
  readonly samples?: readonly SampleView[]
  readonly runs: readonly RunLineView[]
  /** Who muted it and when, formatted. */
  readonly muted?: { readonly by: string; readonly at: string; readonly note: string }
  /** Where it is muted or opened again; absent for who may not. */
  readonly change?: FormTarget
  /** Absent for who did not sign in, and where there is none for who may not open one. */
  readonly issue?: IssueView
}

import type { RunReading } from '../../event/reading.ts'
import type { FrameView } from '../frame/frame-view.ts'
import type { RunLineView } from './run-line-view.ts'

/** How a run stands with PocketBase. */
export type MirrorView =
  | { readonly state: 'off' }
  | { readonly state: 'waiting' }
  | { readonly state: 'sent' }
  | { readonly state: 'parked'; readonly reason: string; readonly since: string }

/** `/records/{id}`: one run in full. */
export type RecordView = {
  readonly frame: FrameView
  /** By which the address named it: its execution id or its random id. */
  readonly id: string
  readonly reading: RunReading
  /** The group of its error, where it ended without success. */
  readonly fingerprint?: string
  readonly mirror: MirrorView
  /** Other runs with the same random id, newest first. */
  readonly others: readonly RunLineView[]
}

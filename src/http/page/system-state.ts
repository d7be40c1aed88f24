import type { Tally } from '../../base/tally.ts'
import type { ParkedRun } from '../../store/port.ts'
import type { ServiceState } from './service-state.ts'

/** What the System page knows of the service beyond how its parts are. */
export type SystemState = ServiceState & {
  readonly startedAt: number
  readonly journalBytes: number
  /** Absent while the file cannot be looked at. */
  readonly storeBytes?: number
  readonly disk?: { readonly freeBytes: number; readonly totalBytes: number }
  readonly retentionDays: number
  readonly tallies: Readonly<Record<'accepted' | 'refused' | 'repaired' | 'cloaked' | 'unknownKeys', Pick<Tally, 'entries' | 'total'>>>
  /** The newest parked runs of all tenants. */
  readonly parkedRuns: readonly ParkedRun[]
}

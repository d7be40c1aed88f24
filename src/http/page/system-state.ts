import type { Disk } from '../../base/free-disk.ts'
import type { Tally } from '../../base/tally.ts'
import type { PartView } from '../../page/system/system-view.ts'
import type { ParkedRun } from '../../store/port.ts'
import type { ServiceState } from './service-state.ts'

/** A timer with its last run, if it ever had one. Times are milliseconds since 1970 UTC. */
export type SystemTimer = {
  readonly name: string
  readonly purpose: string
  readonly everyMs: number
  readonly last?: {
    readonly beganAt: number
    readonly tookMs: number
    readonly result: 'running' | 'done' | 'failed'
    readonly changed: number
  }
  readonly dueAt: number
}

/** What the next runs of the retention would remove. `isLeap`: the next look only draws the line, the one after it removes. */
export type RetentionState = {
  readonly runs: {
    readonly count: number
    readonly firstAt?: number
    readonly lastDay: number
    readonly isLeap: boolean
    readonly at: number
  }
  readonly logs: { readonly count: number; readonly before: number; readonly at: number }
}

/** What the System page knows of the service beyond how its parts are. */
export type SystemState = ServiceState & {
  readonly startedAt: number
  readonly journalBytes: number
  /** Absent while the file cannot be looked at. */
  readonly storeBytes?: number
  readonly disk?: Disk
  readonly retentionDays: number
  readonly timers: readonly SystemTimer[]
  /** Of the tenant that asks; `counting` while that takes longer than a page waits. Undefined while it is off, or the store is being opened. */
  readonly retention: RetentionState | 'counting' | undefined
  readonly tallies: Readonly<Record<'accepted' | 'refused' | 'repaired' | 'cloaked' | 'unknownKeys', Pick<Tally, 'entries' | 'total'>>>
  /** What `doctor` says of the machine, without the network. */
  readonly findings: readonly PartView[]
  /** What it says of whole files and of the network, as timers found it; `outsideAt` is when the network was looked at, absent before the first time. */
  readonly checks: { readonly outsideAt?: number; readonly findings: readonly PartView[] }
  /** The newest parked runs of all tenants. */
  readonly parkedRuns: readonly ParkedRun[]
}

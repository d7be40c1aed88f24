import type { RunReading } from '../event/reading.ts'
import type { Analysis, AnalysisQuery, DayRange, RunFilter } from './analysis-port.ts'
import type { Totals } from './count/totals.ts'
import type { Revision, RunId } from './port.ts'

/** A run as it reads, with the revision it stands at. Lists leave its trace out. */
export type RunView = RunId & { readonly revision: Revision; readonly reading: RunReading }

/** One run in full. `fingerprint` is the group of errors that it is counted in. `parked` is there when the mirror refused it for a fault of its own. */
export type RunDetail = RunView & {
  readonly fingerprint?: string
  readonly parked?: { readonly reason: string; readonly parkedAt: number }
}

/** The newest run with a random id in full, and the others with the same one, newest first, at most `othersMax`. */
export type RunFamily = RunDetail & { readonly others: readonly RunView[] }

export type TotalsQuery = { readonly tenant?: string; readonly fromDay?: number; readonly source?: string }

/** Runs of which the first report came at `from` or later and before `to`, in milliseconds since 1970. */
export type RecentQuery = { readonly tenant: string; readonly from: number; readonly to: number; readonly source?: string }

/** The runs of one script by the status they read as. */
export type RecentScript = { readonly script: string; readonly counts: Totals }

/** What the records API asks for. Whatever is absent or out of bounds takes its default; see `boundRecordsQuery`. */
export type RecordsQuery = {
  readonly tenant: string
  readonly page?: number
  readonly limit?: number
  /** 1 is today (UTC), n the last n days including today; 0 and more than 365 mean 365. */
  readonly days?: number
  readonly status?: string
  /** A part of the script's name. */
  readonly app?: string
  readonly os?: string
  readonly type?: string
  /** `all` for every repository; absent or empty for ProxmoxVE, which includes runs that named none. */
  readonly repo?: string
  readonly slug?: string
  /** A key of `sortKeys`, with `-` before it for descending. */
  readonly sort?: string
}

export type RecordsPage = {
  readonly runs: readonly RunView[]
  /** The first day that is listed; the last one is today. */
  readonly fromDay: number
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly totalPages: number
}

/** Which runs a list has. Without a range: all there are. */
export type RunCountQuery = {
  readonly tenant: string
  readonly range?: DayRange
  readonly filter: RunFilter
  /** A part of the script's name, in any case of its ASCII letters. */
  readonly app?: string
  /** Whether a report of the run was repaired, and whether something in it was hidden; absent for both kinds. */
  readonly repaired?: boolean
  readonly cloaked?: boolean
  /** Only runs that began before this moment and whose end nobody knows: none was reported, or they were given up. */
  readonly unendedBefore?: number
}

/** One page of a list. `cursor` is one that an earlier answer gave; what is none begins with the newest run. */
export type RunListQuery = RunCountQuery & {
  readonly cursor?: string
  /** Towards which runs from the cursor; older ones where it is absent. */
  readonly direction?: 'older' | 'newer'
  /** At most `runListMax`. */
  readonly limit?: number
}

/** Runs in the order of their first report, newest first. `older` and `newer` are there where there are more runs on that side. */
export type RunList = { readonly runs: readonly RunView[]; readonly older?: string; readonly newer?: string }

/**
 * What is known of a group of errors beside its counts. `title` is its text with `<path>` and the like for what differs from run to run.
 * `lastAt` is absent when none of its runs is there any more; `exitCodes` and `scripts` are those of its newest runs, the script of most of them first.
 */
export type ErrorGroupFacts = {
  readonly fingerprint: string
  readonly title: string
  readonly category?: string
  readonly exitCodes: readonly number[]
  readonly scripts: readonly string[]
  readonly firstAt: number
  readonly lastAt?: number
}

/** What can be asked of the store. Every question but `totals` names its tenant. */
export type StoreReader = {
  totals(query: TotalsQuery): Totals
  /** Counts over time and by dimension. Source, type and status are answered from roll-ups, other filters from the runs. */
  analyse(query: AnalysisQuery): Analysis
  /** The first day on which each script ran, by its name. */
  scriptFirstDays(tenant: string): ReadonlyMap<string, number>
  /** Runs between two moments by script, the one with the most runs first. Costs what their number costs: ask for days, not years. */
  recentScripts(query: RecentQuery): readonly RecentScript[]
  latest(tenant: string, limit: number): readonly RunView[]
  recordsPage(query: RecordsQuery, now: number): RecordsPage
  runList(query: RunListQuery): RunList
  countRuns(query: RunCountQuery): number
  record(id: RunId): RunDetail | undefined
  recordsByRandomId(tenant: string, randomId: string): RunFamily | undefined
  /** The facts of those groups that the tenant ever had, in the order asked for. Where `isBrief`, what their newest runs tell is left out: a tenth of the time. */
  errorGroups(tenant: string, fingerprints: readonly string[], isBrief?: boolean): readonly ErrorGroupFacts[]
  /** The newest runs of a group whose trace is still there, with it, newest first. */
  errorGroupSamples(tenant: string, fingerprint: string, limit: number): readonly RunView[]
  /** How far the named consumer or mirror came. */
  cursor(consumer: string): number
  close(): void
}

export const othersMax = 50
/** Groups of errors described in one answer. */
export const errorGroupsMax = 500
export const latestMax = 100
export const runListMax = 100

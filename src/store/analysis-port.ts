import type { Totals } from './count/totals.ts'
import type { Dimension } from './dimension.ts'

/** Days since 1970 UTC, both included. */
export type DayRange = { readonly fromDay: number; readonly toDay: number }

/** Which runs are meant: each named value must be what the run reads as. A number is written as a text; `unknown` stands for an absent value. */
export type RunFilter = { readonly [Name in Dimension | 'source' | 'type' | 'status']?: string }

/** `day` gives a bucket for each day of the range, `hour` one for each hour of its last day, `week` (from Monday) and `month` for each that the range touches. */
export type Grain = 'hour' | 'day' | 'week' | 'month'

/** Which groups are worth an answer: scripts that fail more than they used to, or groups of errors that may be new or growing. */
export type GroupChoice = 'fails_more' | 'may_stand_out'

export type AnalysisQuery = {
  readonly tenant: string
  /** Absent: everything there is. */
  readonly range?: DayRange
  /** Without a range, the days that count at all: a run that is dated outside them would stretch a series over thousands of years. Absent: every day. */
  readonly within?: DayRange
  /** What the groups are compared with; absent for no comparison. */
  readonly previous?: DayRange
  readonly filter: RunFilter
  /** The buckets of `series`; absent for none. */
  readonly grain?: Grain
  /** What to break down by, each with at most so many groups, the ones with the most runs first. `type` and `source` are there like dimensions. */
  readonly by: Readonly<Partial<Record<Dimension | 'source' | 'type', number>>>
  /** Days of the trend that each group carries, up to the end of the range; absent for none. */
  readonly trendDays?: number
  /** Whose groups alone carry a comparison and a trend, which cost as much as the groups themselves; absent for all. */
  readonly followed?: readonly (Dimension | 'source' | 'type')[]
  /** Whether nobody asks how long the runs of each group took, which costs as much as the groups themselves. */
  readonly untimed?: boolean
  /** Which of these groups are answered at all; absent for every one. */
  readonly chosen?: Readonly<Partial<Record<Dimension | 'source' | 'type', GroupChoice>>>
}

/** Durations of successful runs that said how long they took, in seconds: their number, mean, and quantiles by nearest rank within 2 %. */
export type Durations = { readonly count: number; readonly mean: number; readonly p50: number; readonly p95: number }

/** Runs by the status they read as, and how long the successful ones took. */
export type Sum = { readonly counts: Totals; readonly durations?: Durations }

/** `start` is the first millisecond of the bucket (UTC). */
export type Bucket = Sum & { readonly start: number; readonly medians: Readonly<Partial<Record<'cores' | 'ram' | 'disk', number>>> }

/**
 * Runs that share a value. `lastDay` is the newest day that has one. `previous` counts the same value in the range compared with.
 * `durations` are there for scripts only, unless the question is `untimed`. `trend` are the runs of each day, oldest first.
 */
export type Group = Sum & {
  readonly value: string
  readonly lastDay: number
  readonly previous?: Totals
  readonly trend?: readonly number[]
}

/** The groups of one dimension; `rest` counts the groups that were cut off, `folded` the runs of values that a period did not keep apart. */
export type Breakdown = { readonly groups: readonly Group[]; readonly distinct: number; readonly rest: Totals; readonly folded: Totals }

export type Analysis = {
  /** The range that was answered: the one asked for, or all days that have runs. Absent when there is no run at all. */
  readonly range?: DayRange
  /** Some runs are dated outside the days that were to count, and are in none of the sums. */
  readonly hasOutside?: true
  readonly total: Sum
  readonly previous?: Sum
  /** The range is the day that is still running, and what it is compared with a whole one: counts of the two say nothing of each other. */
  readonly isRunning?: true
  readonly series: readonly Bucket[]
  readonly by: Readonly<Partial<Record<Dimension | 'source' | 'type', Breakdown>>>
}

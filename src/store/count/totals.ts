import type { InstallStatus } from '../../event/install.ts'
import { countColumns } from '../run/columns.ts'

/** Number of runs by the status they read as. */
export type Totals = { readonly [Status in InstallStatus]: number }

/** The number of runs in a row of counts. */
export function runsIn(counts: ArrayLike<number>, place = 0): number {
  let runs = 0
  for (let status = 0; status < countColumns.length; status++) runs += counts[place + status] ?? 0
  return runs
}

/** The number of runs in counts by status. */
export function sizeOf(counts: Totals): number {
  return sizeIn(counts, countColumns)
}

/** The number of runs in counts that have one of the statuses. */
export function sizeIn(counts: Totals, statuses: readonly (keyof Totals)[]): number {
  return statuses.reduce((sum, status) => sum + counts[status], 0)
}

/** Counts of several groups as those of one. */
export function addTotals(all: readonly Totals[]): Totals {
  return Object.fromEntries(countColumns.map((status) => [status, all.reduce((sum, totals) => sum + totals[status], 0)])) as Totals
}

/** The counts from `place` on by the names of their statuses, in the order of `countColumns`. Spelled out, since pages ask for thousands. */
export function totalsOf(counts: ArrayLike<number>, place = 0): Totals {
  return {
    installing: counts[place] ?? 0,
    validation: counts[place + 1] ?? 0,
    configuring: counts[place + 2] ?? 0,
    success: counts[place + 3] ?? 0,
    failed: counts[place + 4] ?? 0,
    aborted: counts[place + 5] ?? 0,
    unknown: counts[place + 6] ?? 0,
  }
}

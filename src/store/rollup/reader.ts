import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../../base/sql.ts'
import type { DayRange } from '../analysis-port.ts'
import { dayOfWeek } from '../count/week.ts'
import { sql } from '../schema.ts'
import { KeptTallies } from './kept-tally.ts'
import { type PackedPeriod, type PeriodSpan, periodOfId, type RollupDimension, rollupId, type Sums, spansOf } from './key.ts'

/** The fewest periods that add up to a range. */
const fewest: Sums = ['month', 'week']
/** Each day of a range. */
export const everySingleDay: Sums = []

/** Reads packed periods of one tenant, by ranges of rowids. */
export class RollupReader {
  readonly kept = new KeptTallies()
  readonly #cells: Prepared<unknown>
  readonly #durations: Prepared<unknown>

  constructor(database: Database) {
    const cells = sql.selectFrom('rollup').select(['id', 'cells']).where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')
    const durations = sql.selectFrom('rollup_duration').select(['id', 'bins']).where('id', '>=', slot(0)).where('id', '<=', slot(1))
    this.#cells = prepare(database, cells) // Rowid.
    this.#durations = prepare(database, durations.orderBy('id')) // Rowid.
  }

  /** The counts of a dimension over a range, oldest first. */
  cells(tenant: number, dimension: RollupDimension, range: DayRange, sums: Sums = fewest): readonly PackedPeriod[] {
    return read({ statement: this.#cells, tenant, dimension }, spansOf(range, sums))
  }

  /** The durations of a dimension over a range, oldest first. */
  durations(tenant: number, dimension: 'run' | 'script', range: DayRange, sums: Sums = fewest): readonly PackedPeriod[] {
    return read({ statement: this.#durations, tenant, dimension }, spansOf(range, sums))
  }
}

/** Rows of one tenant and dimension. */
type Rows = { readonly statement: Prepared<unknown>; readonly tenant: number; readonly dimension: RollupDimension }

function read(rows: Rows, spans: readonly PeriodSpan[]): readonly PackedPeriod[] {
  return spans.flatMap((span) => (span.grain === 'week' ? readWeeks(rows, span) : readSpan(rows, span)))
}

/** Weeks as far as they are added up, else their days. */
function readWeeks(rows: Rows, span: PeriodSpan): readonly PackedPeriod[] {
  const found = new Map(readSpan(rows, span).map((week) => [periodOfId(week.id), week]))
  const periods: PackedPeriod[] = []
  for (let week = span.from; week <= span.to; week++) {
    const known = found.get(week)
    if (known !== undefined) periods.push(known)
    else periods.push(...readSpan(rows, { grain: 'day', from: dayOfWeek(week), to: dayOfWeek(week + 1) - 1 }))
  }
  return periods
}

function readSpan({ statement, tenant, dimension }: Rows, { grain, from, to }: PeriodSpan): readonly PackedPeriod[] {
  const first = rollupId({ tenant, dimension, grain, period: from })
  const last = rollupId({ tenant, dimension, grain, period: to })
  return statement.arrays(first, last).map(([id, blob]) => ({ id: Number(id), blob: blob as Uint8Array }))
}

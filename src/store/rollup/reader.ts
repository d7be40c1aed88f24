import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../../base/sql.ts'
import type { DayRange } from '../analysis-port.ts'
import { sql } from '../schema.ts'
import { type PeriodSpan, type RollupDimension, rollupId, spansOf } from './key.ts'

/** A packed period: the rowid that spells it, and its blob. */
export type PackedPeriod = { readonly id: number; readonly blob: Uint8Array }

/** Which periods are read: the fewest that add up to the range, or each day of it. */
export type ReadGrain = 'fewest' | 'day'

/** Reads packed periods of one tenant, by ranges of rowids. */
export class RollupReader {
  readonly #cells: Prepared<unknown>
  readonly #durations: Prepared<unknown>

  constructor(database: Database) {
    const cells = sql.selectFrom('rollup').select(['id', 'cells']).where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')
    const durations = sql.selectFrom('rollup_duration').select(['id', 'bins']).where('id', '>=', slot(0)).where('id', '<=', slot(1))
    this.#cells = prepare(database, cells) // Rowid.
    this.#durations = prepare(database, durations.orderBy('id')) // Rowid.
  }

  /** The counts of a dimension over a range, oldest first. */
  cells(tenant: number, dimension: RollupDimension, range: DayRange, grain: ReadGrain = 'fewest'): readonly PackedPeriod[] {
    return read(this.#cells, tenant, dimension, spansAt(range, grain))
  }

  /** The durations of a dimension over a range, oldest first. */
  durations(tenant: number, dimension: 'run' | 'script', range: DayRange, grain: ReadGrain = 'fewest'): readonly PackedPeriod[] {
    return read(this.#durations, tenant, dimension, spansAt(range, grain))
  }
}

function spansAt(range: DayRange, grain: ReadGrain): readonly PeriodSpan[] {
  return grain === 'fewest' ? spansOf(range) : [{ grain: 'day', from: range.fromDay, to: range.toDay }]
}

function read(
  statement: Prepared<unknown>,
  tenant: number,
  dimension: RollupDimension,
  spans: readonly PeriodSpan[],
): readonly PackedPeriod[] {
  return spans.flatMap(({ grain, from, to }) => {
    const first = rollupId({ tenant, dimension, grain, period: from })
    const last = rollupId({ tenant, dimension, grain, period: to })
    return statement.arrays(first, last).map(([id, blob]) => ({ id: Number(id), blob: blob as Uint8Array }))
  })
}

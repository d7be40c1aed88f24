import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import type { DayRange, RunFilter } from '../analysis-port.ts'
import { type Dimension, dimensions } from '../dimension.ts'
import { valuesOf } from '../filter-value.ts'
import { periodOfId } from '../rollup/key.ts'
import { resolveFilter } from '../rollup/totals.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { crossedDayId, crossedDimensions, crossedId, placesMax } from './key.ts'
import { PackedDay } from './packed-day.ts'

/** Days that are counted already, by day; of a value that is written in two ways both. `state` says how they were made. */
export type CrossedDays = { readonly days: ReadonlyMap<number, readonly PackedDay[]>; readonly state: string }

/** Finds days that were counted by the one value that a question asks for. */
export class CrossedReader {
  readonly #words: Words
  readonly #statements: ReturnType<typeof prepareCrossed>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#statements = prepareCrossed(database)
  }

  /** The days of some ranges that are counted by what a filter names; none where it names no dimension, or several. Call it inside a transaction. */
  find(tenantName: string, filter: RunFilter, ranges: readonly DayRange[]): CrossedDays {
    const days = new Map<number, readonly PackedDay[]>()
    const tenant = this.#words.find('tenant', tenantName)
    const cells = resolveFilter(this.#words, filter)
    const dimension = onlyDimensionOf(filter)
    if (tenant === undefined || cells === undefined || dimension === undefined) return { days, state: '' }
    const values = valuesOf(this.#words, dimension, filter[dimension] ?? '')
    for (const { fromDay, toDay } of ranges)
      for (const [day, ids] of this.#rowsOf(tenant, dimension, { fromDay, toDay }, values))
        if (ids.length === values.length && !days.has(day))
          days.set(
            day,
            ids.map((id) => new PackedDay(day, this.#statements.cells.first(id)?.cells ?? new Uint8Array(0), cells)),
          )
    return { days, state: this.state(tenantName, ranges) }
  }

  /** Says how the days of some ranges were made: another text once a run of one changed. */
  state(tenantName: string, ranges: readonly DayRange[]): string {
    const tenant = this.#words.find('tenant', tenantName) ?? 0
    return ranges
      .flatMap(({ fromDay, toDay }) => this.#statements.made.arrays(crossedDayId(tenant, fromDay), crossedDayId(tenant, toDay)))
      .join(' ')
  }

  /** The rows of values, by day. */
  #rowsOf(tenant: number, dimension: Dimension, { fromDay, toDay }: DayRange, values: readonly number[]): ReadonlyMap<number, number[]> {
    const found = new Map<number, number[]>()
    const rows = this.#statements.values.arrays(crossedId(tenant, dimension, fromDay), crossedId(tenant, dimension, toDay, placesMax - 1))
    for (const [id, value] of rows) {
      if (!values.includes(Number(value))) continue
      const day = periodOfId(Math.floor(Number(id) / placesMax))
      const ids = found.get(day)
      if (ids === undefined) found.set(day, [Number(id)])
      else ids.push(Number(id))
    }
    return found
  }
}

/** The dimension that a filter narrows by, beside type, source and status, if days are counted by it. */
function onlyDimensionOf(filter: RunFilter): Dimension | undefined {
  const [only, ...more] = dimensions.filter((name) => filter[name] !== undefined)
  return only !== undefined && more.length === 0 && crossedDimensions.includes(only) ? only : undefined
}

function prepareCrossed(database: Database) {
  const rows = sql.selectFrom('crossed')
  const between = rows.where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')
  const days = sql.selectFrom('crossed_day').select(['id', 'made']).where('id', '>=', slot(0)).where('id', '<=', slot(1))
  return {
    values: prepare(database, between.select(['id', 'value'])), // Rowid; cells are not read.
    cells: prepare(database, rows.select('cells').where('id', '=', slot(0))), // Rowid.
    made: prepare(database, days.where('made', '>', 0).orderBy('id')), // Rowid.
  }
}

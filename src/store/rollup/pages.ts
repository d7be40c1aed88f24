import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import { monthOfDay } from '../count/month.ts'
import type { ValuesMax } from '../dimension.ts'
import { sql } from '../schema.ts'
import { Cells, keyOfCell, pairOfKey, valueOfKey } from './cells.ts'
import { binsMax, type RollupChange, statusesMax, timedDimensions } from './change.ts'
import { DurationCells } from './durations.ts'
import { dimensionOfId, placeOfId, type RollupPlace, rollupDimensions, rollupGrains, rollupId } from './key.ts'
import { PageCache } from './page-cache.ts'

/** Cells and histograms that stay unpacked between two transactions: the day and the month that are being filled, and some more. */
const cellsMax = 50_000
const histogramsMax = 4_000

/** The packed periods that changes touch. */
export class RollupPages {
  readonly #cells: PageCache<Cells>
  readonly #durations: PageCache<DurationCells>

  constructor(database: Database, valuesMax: ValuesMax) {
    const valuesMaxOf = (id: number) => valuesMax[dimensionOfId(id)] ?? Number.POSITIVE_INFINITY
    this.#cells = new PageCache(prepareCells(database), (blob, id) => new Cells(blob, valuesMaxOf(id)), cellsMax)
    this.#durations = new PageCache(prepareDurations(database), (blob) => new DurationCells(blob), histogramsMax)
  }

  /** Brings the day of a change and its month up to date, in memory. Counts come first: they decide which values are kept apart. */
  apply(tenant: number, day: number, change: RollupChange): void {
    const periods = { day, month: monthOfDay(day) }
    const places = (dimension: RollupPlace['dimension']) =>
      rollupGrains(dimension).map((grain) => ({ tenant, dimension, grain, period: periods[grain] }))
    rollupDimensions.forEach((dimension, index) => {
      const changes = [...(change.cells[index] ?? [])].filter(([, by]) => by !== 0)
      if (changes.length > 0) for (const place of places(dimension)) addCounts(this.#cells.open(rollupId(place), true), changes)
    })
    for (const dimension of timedDimensions) {
      const { bins, sums } = change.times[dimension]
      if (sums.size === 0) continue
      for (const place of places(dimension)) {
        const id = rollupId(place)
        addDurations(this.#durations.open(id, true), this.#cells.open(id, false), bins, sums)
      }
    }
  }

  /** Adds a day as it lies packed to its month, in memory. */
  refillMonth(table: 'rollup' | 'rollup_duration', dayId: number, month: number): void {
    const id = rollupId({ ...placeOfId(dayId), grain: 'month', period: month })
    if (table === 'rollup') addPacked(this.#cells.open(id, true), this.#cells.open(dayId, false))
    else addPackedDurations(this.#durations.open(id, true), this.#cells.open(id, false), this.#durations.open(dayId, false))
  }

  write(): void {
    this.#cells.write()
    this.#durations.write()
  }

  forget(): void {
    this.#cells.forget()
    this.#durations.forget()
  }
}

function addCounts(cells: Cells, changes: readonly (readonly [number, number])[]): void {
  for (const [key, by] of changes) {
    const status = key % statusesMax
    const cell = (key - status) / statusesMax
    cells.add(valueOfKey(cell), pairOfKey(cell), status, by)
  }
}

function addPacked(month: Cells, day: Cells): void {
  for (const { value, pair, status, count } of day.counts()) month.add(value, pair, status, count)
}

function addPackedDurations(month: DurationCells, cells: Cells, day: DurationCells): void {
  for (const { key, sum, bins } of day.histograms()) {
    const kept = keyOfCell(cells.kept(valueOfKey(key)), pairOfKey(key))
    bins.forEach((count, bin) => {
      if (count !== 0) month.add(kept, bin, count)
    })
    month.addSum(kept, sum)
  }
}

/** Durations lie with the value that their runs are counted under. */
function addDurations(page: DurationCells, cells: Cells, bins: ReadonlyMap<number, number>, sums: ReadonlyMap<number, number>): void {
  const keptKey = (cell: number) => keyOfCell(cells.kept(valueOfKey(cell)), pairOfKey(cell))
  for (const [key, by] of bins) {
    const bin = key % binsMax
    if (by !== 0) page.add(keptKey((key - bin) / binsMax), bin, by)
  }
  for (const [cell, seconds] of sums) if (seconds !== 0) page.addSum(keptKey(cell), seconds)
}

function prepareCells(database: Database) {
  const write = sql.insertInto('rollup').values({ id: slot(0), cells: slot(1) })
  return {
    find: prepare(database, sql.selectFrom('rollup').select('cells').where('id', '=', slot(0))), // Rowid.
    write: prepare(
      database,
      write.onConflict((conflict) => conflict.column('id').doUpdateSet((row) => ({ cells: row.ref('excluded.cells') }))),
    ),
  }
}

function prepareDurations(database: Database) {
  const write = sql.insertInto('rollup_duration').values({ id: slot(0), bins: slot(1) })
  return {
    find: prepare(database, sql.selectFrom('rollup_duration').select('bins').where('id', '=', slot(0))), // Rowid.
    write: prepare(
      database,
      write.onConflict((conflict) => conflict.column('id').doUpdateSet((row) => ({ bins: row.ref('excluded.bins') }))),
    ),
  }
}

import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import { monthOfDay } from '../count/month.ts'
import { weekOfDay } from '../count/week.ts'
import type { ValuesMax } from '../dimension.ts'
import { sql } from '../schema.ts'
import { Cells, keyOfCell, pairOfKey, valueOfKey } from './cells.ts'
import { binsMax, type RollupChange, statusesMax, timedDimensions } from './change.ts'
import { DurationCells } from './durations.ts'
import {
  dimensionOfId,
  grainOfId,
  placeOfId,
  type RollupDimension,
  type RollupGrain,
  rollupDimensions,
  rollupGrains,
  rollupId,
} from './key.ts'
import { PageCache } from './page-cache.ts'
import { RollupWeeks } from './weeks.ts'

/** Cells and histograms that stay unpacked between two transactions: the day and the month that are being filled, and some more. */
const cellsMax = 50_000
const histogramsMax = 4_000

/** The packed periods that changes touch. */
export class RollupPages {
  readonly #cells: PageCache<Cells>
  readonly #durations: PageCache<DurationCells>
  readonly #weeks: RollupWeeks

  constructor(database: Database, valuesMax: ValuesMax) {
    // A week keeps apart what any of its days does, and so is the sum of them.
    const valuesMaxOf = (id: number) => (grainOfId(id) === 'week' ? undefined : valuesMax[dimensionOfId(id)]) ?? Number.POSITIVE_INFINITY
    this.#cells = new PageCache(prepareCells(database), (blob, id) => new Cells(blob, valuesMaxOf(id)), cellsMax)
    this.#durations = new PageCache(prepareDurations(database), (blob) => new DurationCells(blob), histogramsMax)
    this.#weeks = new RollupWeeks(database)
  }

  /** Brings the day of a change and the periods that it lies in up to date, in memory. Counts come first: they decide which values are kept apart. */
  apply(tenant: number, day: number, change: RollupChange): void {
    const touched = this.#touched(tenant, day)
    rollupDimensions.forEach((dimension, index) => {
      const changes = [...(change.cells[index] ?? [])].filter(([, by]) => by !== 0)
      if (changes.length === 0) return
      for (const { id, keeper } of touched(dimension)) addCounts(this.#cells.open(id, true), this.#cells.open(keeper, false), changes)
    })
    for (const dimension of timedDimensions) {
      const { bins, sums } = change.times[dimension]
      if (sums.size === 0) continue
      for (const { id, keeper } of touched(dimension))
        addDurations(this.#durations.open(id, true), this.#cells.open(keeper, false), bins, sums)
    }
  }

  /** The rows of a day, its month and, once that is added up, its week; and for each the row that says which values it keeps apart. */
  #touched(tenant: number, day: number): (dimension: RollupDimension) => readonly { readonly id: number; readonly keeper: number }[] {
    const periods = { day, week: weekOfDay(day), month: monthOfDay(day) }
    const isAddedUp = this.#weeks.has(tenant, periods.week)
    return (dimension) => {
      const idOf = (grain: RollupGrain) => rollupId({ tenant, dimension, grain, period: periods[grain] })
      const grains = rollupGrains(dimension).filter((grain) => grain !== 'week' || isAddedUp)
      return grains.map((grain) => ({ id: idOf(grain), keeper: idOf(grain === 'week' ? 'day' : grain) }))
    }
  }

  /** Adds a day as it lies packed to its month, in memory. */
  refillMonth(table: 'rollup' | 'rollup_duration', dayId: number, month: number): void {
    const id = rollupId({ ...placeOfId(dayId), grain: 'month', period: month })
    if (table === 'rollup') addPacked(this.#cells.open(id, true), this.#cells.open(dayId, false))
    else addPackedDurations(this.#durations.open(id, true), this.#cells.open(id, false), this.#durations.open(dayId, false))
  }

  /** Writes what was changed so far, for changes of more days than fit into memory. */
  flush(): void {
    this.#cells.write()
    this.#durations.write()
  }

  /** Writes what was changed, the newest of it on a day of a tenant, and adds up a week that has become old enough. */
  write(newestDays: ReadonlyMap<number, number>): void {
    this.flush()
    for (const [tenant, day] of newestDays) this.#weeks.settle(tenant, day)
  }

  forget(): void {
    this.#cells.forget()
    this.#durations.forget()
    this.#weeks.forget()
  }
}

/** `keeper` is the page itself or, for a week, that of the day, which has the changes already. */
function addCounts(cells: Cells, keeper: Cells, changes: readonly (readonly [number, number])[]): void {
  for (const [key, by] of changes) {
    const status = key % statusesMax
    const cell = (key - status) / statusesMax
    const value = valueOfKey(cell)
    cells.add(keeper === cells ? value : keeper.kept(value), pairOfKey(cell), status, by)
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

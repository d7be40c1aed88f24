import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import type { DayRange } from '../analysis-port.ts'
import { dayOfWeek, weekOfDay } from '../count/week.ts'
import { sql } from '../schema.ts'
import { Cells } from './cells.ts'
import { timedDimensions } from './change.ts'
import { DurationCells } from './durations.ts'
import { everyDay, periodOfId, type RollupDimension, type RollupGrain, rollupDimensions, rollupGrains, rollupId } from './key.ts'

/** A week is added up once a later day than the one after it has a run: until then many of its runs still report. */
const settledAfterDays = 1

/**
 * Weeks are the sums of their days, so that a page reads a seventh of the rows. One is added up some while after it ended and changes with its days from
 * then on; readers take the days of one that has no row.
 */
export class RollupWeeks {
  readonly #statements: Statements
  /** By tenant: the newest day that changed, and the weeks that are to be added up. */
  readonly #newest = new Map<number, number>()
  readonly #open = new Map<number, number[]>()

  constructor(database: Database) {
    this.#statements = prepareWeeks(database)
  }

  /** Whether a week of a tenant is added up: what changes its days changes its row as well. */
  has(tenant: number, week: number): boolean {
    return this.#statements.find.first(rollupId({ tenant, dimension: 'run', grain: 'week', period: week })) !== undefined
  }

  /** Adds up one week that is over and has no row, if there is any, the newest first. `day` is the newest one that just changed and is written. */
  settle(tenant: number, day: number): void {
    if (day > (this.#newest.get(tenant) ?? Number.NEGATIVE_INFINITY)) {
      this.#newest.set(tenant, day)
      this.#open.set(tenant, this.#listOpen(tenant))
    }
    const week = this.#open.get(tenant)?.pop()
    if (week !== undefined) this.#addUp(tenant, week)
  }

  forget(): void {
    this.#newest.clear()
    this.#open.clear()
  }

  /** Oldest first. */
  #listOpen(tenant: number): number[] {
    const periodsOf = (grain: RollupGrain, from: number, to: number) =>
      this.#statements.ids.arrays(...idsOf({ tenant, dimension: 'run', grain, from, to })).map(([id]) => periodOfId(Number(id)))
    const days = periodsOf('day', everyDay.fromDay, everyDay.toDay)
    const weeks = new Set(periodsOf('week', weekOfDay(everyDay.fromDay), weekOfDay(everyDay.toDay)))
    const end = weekOfDay((days.at(-1) ?? 0) - settledAfterDays)
    return [...new Set(days.map(weekOfDay))].filter((week) => week < end && !weeks.has(week))
  }

  #addUp(tenant: number, week: number): void {
    const days = { fromDay: dayOfWeek(week), toDay: dayOfWeek(week + 1) - 1 }
    const { cells, bins, addCells, addBins } = this.#statements
    for (const dimension of rollupDimensions) {
      if (!rollupGrains(dimension).includes('week')) continue
      const sum = new Cells(undefined, Number.POSITIVE_INFINITY) // What a day keeps apart its week keeps apart.
      for (const blob of blobsOf(cells, tenant, dimension, days)) sum.addPacked(blob)
      if (sum.size > 0) addCells.run(rollupId({ tenant, dimension, grain: 'week', period: week }), sum.encode())
    }
    for (const dimension of timedDimensions) {
      const sum = new DurationCells(undefined)
      for (const blob of blobsOf(bins, tenant, dimension, days)) sum.addPacked(blob)
      if (sum.size > 0) addBins.run(rollupId({ tenant, dimension, grain: 'week', period: week }), sum.encode())
    }
  }
}

function blobsOf(
  statement: Statements['cells' | 'bins'],
  tenant: number,
  dimension: RollupDimension,
  { fromDay, toDay }: DayRange,
): readonly Uint8Array[] {
  const ids = idsOf({ tenant, dimension, grain: 'day', from: fromDay, to: toDay })
  return statement.arrays(...ids).map(([blob]) => blob as Uint8Array)
}

type Periods = {
  readonly tenant: number
  readonly dimension: RollupDimension
  readonly grain: RollupGrain
  readonly from: number
  readonly to: number
}

/** The rowids of the first and the last of some periods. */
function idsOf({ from, to, ...place }: Periods): readonly [number, number] {
  return [rollupId({ ...place, period: from }), rollupId({ ...place, period: to })]
}

type Statements = ReturnType<typeof prepareWeeks>

function prepareWeeks(database: Database) {
  const counts = sql.selectFrom('rollup').where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')
  const durations = sql.selectFrom('rollup_duration').where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')
  return {
    find: prepare(database, sql.selectFrom('rollup').select('id').where('id', '=', slot(0))), // Rowid.
    ids: prepare(database, counts.select('id')), // Rowid.
    cells: prepare(database, counts.select('cells')), // Rowid.
    bins: prepare(database, durations.select('bins')), // Rowid.
    addCells: prepare(database, sql.insertInto('rollup').values({ id: slot(0), cells: slot(1) })),
    addBins: prepare(database, sql.insertInto('rollup_duration').values({ id: slot(0), bins: slot(1) })),
  }
}

import type { Database } from 'bun:sqlite'
import { dayMs } from '../../base/clock.ts'
import { type Prepared, prepare, slot } from '../../base/sql.ts'
import type { DayRange } from '../analysis-port.ts'
import { dayOfMonth, monthOfDay } from '../count/month.ts'
import { weekOfDay } from '../count/week.ts'
import { ownValuesMax, type ValuesMax } from '../dimension.ts'
import { countColumns, countedColumns } from '../run/columns.ts'
import { sql } from '../schema.ts'
import { Seal } from '../seal.ts'
import type { Words } from '../words.ts'
import { RollupChange, timedDimensions } from './change.ts'
import { compareCounts, compareDurations, type Difference, type RollupDifference, spellDifference } from './difference.ts'
import { daysOfId, type RollupGrain, rollupDimensions, rollupGrains, rollupId } from './key.ts'
import { compareWeek, type PackedRows } from './week-check.ts'

/** What a recount found: how many runs and packed periods were compared, how many numbers differ, and the first of these. */
export type RollupCheck = {
  readonly runs: number
  readonly periods: number
  readonly differing: number
  readonly differences: readonly RollupDifference[]
}

/** The most differences that are spelled out. */
export const differencesMax = 100

/**
 * Counts the runs again and compares every roll-up with them, weeks with their days. Each month is one state of the store, read in a transaction of its
 * own, so that a check of a large store holds up no checkpoint for long.
 */
export function checkRollups(database: Database, words: Words, valuesMax: ValuesMax = ownValuesMax): RollupCheck {
  const statements = prepareCheck(database)
  const check = { runs: 0, periods: 0, differing: 0, differences: [] as RollupDifference[] }
  for (const tenant of words.codes('tenant'))
    for (const month of listMonths(statements, tenant))
      database.transaction(() => {
        if (dayOfMonth(month) <= sealedDay(database)) return // Some of its sums outlive their runs.
        for (const difference of new MonthCheck(statements, words, { ...ownValuesMax, ...valuesMax }, tenant).run(month, check)) {
          check.differing += 1
          if (check.differences.length < differencesMax) check.differences.push(spellDifference(difference, words))
        }
      })()
  return check
}

function sealedDay(database: Database): number {
  return new Seal(database).day
}

/** The months in which a tenant has a run or a roll-up. */
function listMonths({ rollupIds, durationIds, nextRun }: Statements, tenant: number): readonly number[] {
  const first = rollupId({ tenant, dimension: 'run', grain: 'day', period: -(2 ** 20) })
  const end = rollupId({ tenant: tenant + 1, dimension: 'run', grain: 'day', period: -(2 ** 20) })
  const ids = [...rollupIds.arrays(first, end), ...durationIds.arrays(first, end)].map(([id]) => Number(id))
  const months = new Set(ids.map((id) => monthOfDay(daysOfId(id).toDay)))
  let at = nextRun.first(tenant, Number.MIN_SAFE_INTEGER)?.at
  while (at !== undefined) {
    const month = monthOfDay(Math.floor(at / dayMs))
    months.add(month)
    at = nextRun.first(tenant, dayOfMonth(month + 1) * dayMs)?.at
  }
  return [...months].sort((left, right) => left - right)
}

/** The recount of one month of one tenant. */
class MonthCheck {
  readonly #statements: Statements
  readonly #words: Words
  readonly #valuesMax: ValuesMax
  readonly #tenant: number

  constructor(statements: Statements, words: Words, valuesMax: ValuesMax, tenant: number) {
    this.#statements = statements
    this.#words = words
    this.#valuesMax = valuesMax
    this.#tenant = tenant
  }

  run(month: number, counter: { runs: number; periods: number }): readonly Difference[] {
    const whole = new RollupChange()
    const differences: Difference[] = []
    for (let day = dayOfMonth(month); day < dayOfMonth(month + 1); day++) {
      const change = new RollupChange()
      counter.runs += this.#count({ fromDay: day, toDay: day }, [change, whole])
      for (const difference of this.#compare('day', day, change, counter)) differences.push(difference)
    }
    for (const difference of this.#compare('month', month, whole, counter)) differences.push(difference)
    for (const difference of this.#compareWeeks(month, counter)) differences.push(difference)
    return differences
  }

  /** The weeks that end in a month. */
  *#compareWeeks(month: number, counter: { periods: number }): Iterable<Difference> {
    const { cells, bins } = this.#statements
    const rows: PackedRows = { cells: (id) => cells.first(id)?.cells, bins: (id) => bins.first(id)?.bins }
    const end = weekOfDay(dayOfMonth(month + 1))
    for (let week = weekOfDay(dayOfMonth(month)); week < end; week++)
      yield* compareWeek(rows, this.#tenant, week, () => {
        counter.periods += 1
      })
  }

  /** Counts the runs of some days into each change. Gives their number. */
  #count({ fromDay, toDay }: DayRange, changes: readonly RollupChange[]): number {
    const rows = this.#statements.runs.arrays(this.#tenant, fromDay * dayMs, (toDay + 1) * dayMs)
    for (const row of rows) {
      const status = (countColumns as readonly string[]).indexOf(this.#words.text('status', Number(row[2])))
      for (const change of changes) change.count(row, status, 1)
    }
    return rows.length
  }

  *#compare(
    grain: Exclude<RollupGrain, 'week'>,
    period: number,
    expected: RollupChange,
    counter: { periods: number },
  ): Iterable<Difference> {
    for (const [index, dimension] of rollupDimensions.entries()) {
      if (!rollupGrains(dimension).includes(grain)) continue
      const place = { tenant: this.#tenant, dimension, grain, period }
      const id = rollupId(place)
      const cells = this.#statements.cells.first(id)?.cells
      if (cells !== undefined) counter.periods += 1
      const limit = this.#valuesMax[dimension] ?? Number.POSITIVE_INFINITY
      yield* compareCounts(place, cells, expected.cells[index] ?? new Map(), limit)
      const timed = timedDimensions.find((name) => name === dimension)
      if (timed !== undefined) {
        const bins = this.#statements.bins.first(id)?.bins
        yield* compareDurations(place, { cells, bins, limit }, expected.times[timed])
      }
    }
  }
}

type Statements = ReturnType<typeof prepareCheck>

function prepareCheck(database: Database) {
  const runs = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '>=', slot(1))
  const rollups = sql.selectFrom('rollup')
  const durations = sql.selectFrom('rollup_duration')
  return {
    runs: prepare(database, runs.where('at', '<', slot(2)).select(countedColumns)), // Index run_at.
    nextRun: prepare(database, runs.select('at').orderBy('at').limit(1)), // Index run_at.
    rollupIds: prepare(database, rollups.select('id').where('id', '>=', slot(0)).where('id', '<', slot(1))), // Rowid.
    durationIds: prepare(database, durations.select('id').where('id', '>=', slot(0)).where('id', '<', slot(1))), // Rowid.
    cells: prepare(database, rollups.select('cells').where('id', '=', slot(0))), // Rowid.
    bins: prepare(database, durations.select('bins').where('id', '=', slot(0))), // Rowid.
  } satisfies Record<string, Prepared<unknown>>
}

import type { Database } from 'bun:sqlite'
import { dayMs, dayOf } from '../../base/clock.ts'
import { prepare, slot } from '../../base/sql.ts'
import type { CountedRow, Derived } from '../derived.ts'
import { everyDay, periodOfId, placeOfId } from '../rollup/key.ts'
import { countsAlike } from '../run/columns.ts'
import { sql } from '../schema.ts'
import type { Seal } from '../seal.ts'
import type { Words } from '../words.ts'
import { crossedDayId, crossedDimensions, crossedId, crossedVersion, placesMax } from './key.ts'
import { readDayRuns } from './read-day.ts'

/** Days with fewer runs are counted from their columns as quickly. */
const runsMin = 4_096
/** Days with more would hold up the consumer for seconds. */
const runsMax = 200_000
/** A day is made once a later day than the one after it has a run: until then many of its runs still report. */
const settledAfterDays = 1
/** The number of a day that was looked at and has too few runs, or too many. */
const notWorthIt = 0

/**
 * Counts days that are over by the values of every dimension, one day in a transaction, so that a question that narrows runs by one value need not walk
 * through them. What changes a run of such a day drops its rows, and it is open again.
 */
export class CrossedWriter implements Derived {
  readonly name = 'crossed'
  readonly version = crossedVersion
  readonly isMadeInTime = true
  readonly #database: Database
  readonly #words: Words
  readonly #seal: Seal
  readonly #runsMin: number
  readonly #statements: ReturnType<typeof prepareCrossed>
  /** The days whose runs changed, by their rowid. */
  readonly #changed = new Set<number>()

  constructor(database: Database, words: Words, seal: Seal, least = runsMin) {
    this.#database = database
    this.#words = words
    this.#seal = seal
    this.#runsMin = least
    this.#statements = prepareCrossed(database)
  }

  change(_id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    if (before !== undefined && after !== undefined && countsAlike(before, after)) return
    for (const row of [before, after]) if (row !== undefined) this.#changed.add(crossedDayId(Number(row[0]), dayOf(Number(row[1]))))
  }

  write(): void {
    for (const id of this.#changed) this.#drop(id)
    this.#changed.clear()
  }

  forget(): void {
    this.#changed.clear()
  }

  clear(): void {
    this.forget()
    this.#statements.clearRows.run()
    this.#statements.clearDays.run()
  }

  /** Makes one day that is open, the newest one of its tenant. False where none is. Call it inside a transaction. */
  makeOne(): boolean {
    for (const tenant of this.#words.codes('tenant'))
      for (const day of this.#listOpen(tenant)) {
        if (this.#make(tenant, day)) return true
      }
    return false
  }

  /** Days that are over, not sealed and not looked at since they changed. Newest first. */
  #listOpen(tenant: number): readonly number[] {
    const ends = [crossedDayId(tenant, everyDay.fromDay), crossedDayId(tenant, everyDay.toDay)] as const
    const days = this.#statements.rollupIds.arrays(...ends).map(([id]) => periodOfId(Number(id))) // A day's roll-up of runs has its rowid.
    const end = (days[0] ?? 0) - settledAfterDays
    const closed = new Set(this.#statements.closedDays.arrays(...ends).map(([id]) => periodOfId(Number(id))))
    return days.filter((day) => day < end && day > this.#seal.day && !closed.has(day))
  }

  /** Removes what is known of a day. Its number stays below zero, so that no number is given twice. */
  #drop(id: number): void {
    const { findDay, writeDay, removeRows } = this.#statements
    const made = findDay.first(id)?.made ?? -1
    if (made < 0) return
    const { tenant, period } = placeOfId(id)
    for (const dimension of crossedDimensions)
      removeRows.run(crossedId(tenant, dimension, period), crossedId(tenant, dimension, period, placesMax - 1))
    writeDay.run(id, made === notWorthIt ? -1 : -made)
  }

  /** False where the day is not worth it, which is noted. */
  #make(tenant: number, day: number): boolean {
    const { countRuns, writeDay, writeRow, lastMade } = this.#statements
    const count = countRuns.first(tenant, day * dayMs, (day + 1) * dayMs)?.count ?? 0
    const isWorthIt = count >= this.#runsMin && count <= runsMax
    writeDay.run(crossedDayId(tenant, day), isWorthIt ? (lastMade.first()?.made ?? 0) + 1 : notWorthIt)
    if (!isWorthIt) return false
    const runs = readDayRuns(this.#database, this.#words, tenant, day)
    for (const dimension of crossedDimensions) {
      let place = 0
      for (const { value, cells } of runs.cross(dimension)) writeRow.run(crossedId(tenant, dimension, day, place++), value, cells)
    }
    return true
  }
}

function prepareCrossed(database: Database) {
  const runs = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '>=', slot(1)).where('at', '<', slot(2)) // Index run_at.
  const days = sql.selectFrom('crossed_day')
  const writeDay = sql.insertInto('crossed_day').values({ id: slot(0), made: slot(1) })
  const between = days.where('id', '>=', slot(0)).where('id', '<=', slot(1))
  return {
    countRuns: prepare(
      database,
      runs.select((row) => row.fn.countAll<number>().as('count')),
    ),
    rollupIds: prepare(
      database,
      sql.selectFrom('rollup').select('id').where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id', 'desc'),
    ), // Rowid.
    closedDays: prepare(database, between.select('id').where('made', '>=', notWorthIt)), // Rowid.
    findDay: prepare(database, days.select('made').where('id', '=', slot(0))), // Rowid.
    lastMade: prepare(
      database,
      days.select((row) => row.fn.max<number | null>(row.fn<number>('abs', ['made'])).as('made')),
    ), // A row a day.
    writeDay: prepare(
      database,
      writeDay.onConflict((conflict) => conflict.column('id').doUpdateSet((row) => ({ made: row.ref('excluded.made') }))),
    ),
    writeRow: prepare(database, sql.insertInto('crossed').values({ id: slot(0), value: slot(1), cells: slot(2) })),
    removeRows: prepare(database, sql.deleteFrom('crossed').where('id', '>=', slot(0)).where('id', '<=', slot(1))), // Rowid.
    clearRows: prepare(database, sql.deleteFrom('crossed')),
    clearDays: prepare(database, sql.deleteFrom('crossed_day')),
  }
}

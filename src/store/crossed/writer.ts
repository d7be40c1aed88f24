import type { Database } from 'bun:sqlite'
import { dayMs, dayOf } from '../../base/clock.ts'
import { prepare, slot } from '../../base/sql.ts'
import type { CountedRow, Derived } from '../derived.ts'
import { everyDay, periodOfId, rollupId } from '../rollup/key.ts'
import { countsAlike } from '../run/columns.ts'
import { sql } from '../schema.ts'
import type { Seal } from '../seal.ts'
import type { Words } from '../words.ts'
import { crossedDayId, crossedDimensions, crossedId, crossedVersion, placesMax } from './key.ts'
import { readDayRuns } from './read-day.ts'

/** Days with fewer runs are counted from their columns as quickly. */
const runsMin = 4_096
/** Days with more would hold up the batch that makes them for seconds. */
const runsMax = 200_000
/** A day is made once a later day than the one after it has a run: until then many of its runs still report. */
const settledAfterDays = 1
/**
 * Counts days that are over by the values of every dimension, one day in a transaction, so that a question that narrows runs by one value need not walk
 * through them. What changes a run of such a day drops its rows; they are made again once a newer day has a run, so that late reports cost little.
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
  /** The days whose runs changed, by tenant. */
  readonly #changed = new Map<number, Set<number>>()
  /** By tenant: the newest day that changed, the newest one that has a run, and the days that are to be made, oldest first. */
  readonly #known = new Map<number, { readonly changed: number; readonly newest: number; readonly open: number[] }>()

  constructor(database: Database, words: Words, seal: Seal, least = runsMin) {
    this.#database = database
    this.#words = words
    this.#seal = seal
    this.#runsMin = least
    this.#statements = prepareCrossed(database)
  }

  change(_id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    if (before !== undefined && after !== undefined && countsAlike(before, after)) return
    for (const row of [before, after]) if (row !== undefined) this.#note(Number(row[0]), dayOf(Number(row[1])))
  }

  write(): void {
    for (const [tenant, days] of this.#changed) {
      const { newest, open } = this.#know(tenant, Math.max(...days))
      for (const day of days) this.#drop(tenant, day, newest)
      const next = open.pop()
      if (next !== undefined) this.#make(tenant, next, newest)
    }
    this.#changed.clear()
  }

  forget(): void {
    this.#changed.clear()
    this.#known.clear()
  }

  clear(): void {
    this.forget()
    this.#statements.clearRows.run()
    this.#statements.clearDays.run()
  }

  #note(tenant: number, day: number): void {
    const days = this.#changed.get(tenant)
    if (days === undefined) this.#changed.set(tenant, new Set([day]))
    else days.add(day)
  }

  /** What is known of the days of a tenant; looked up again whenever a newer day changes. */
  #know(tenant: number, changed: number) {
    const known = this.#known.get(tenant)
    if (known !== undefined && changed <= known.changed) return known
    const next = { changed, ...this.#listOpen(tenant) }
    this.#known.set(tenant, next)
    return next
  }

  #listOpen(tenant: number): { readonly newest: number; readonly open: number[] } {
    const { rollupIds, dayStates } = this.#statements
    const place = { tenant, dimension: 'run', grain: 'day' } as const
    const ends = [rollupId({ ...place, period: everyDay.fromDay }), rollupId({ ...place, period: everyDay.toDay })] as const
    const days = rollupIds.arrays(...ends).map(([id]) => periodOfId(Number(id)))
    const newest = days.at(-1) ?? everyDay.fromDay
    const settled = new Set(
      dayStates.all(...ends).flatMap(({ id, made, retry_after: after }) => (made > 0 || after >= newest ? [periodOfId(id)] : [])),
    )
    return { newest, open: days.filter((day) => day < newest - settledAfterDays && day > this.#seal.day && !settled.has(day)) }
  }

  /** Removes the rows of a day, if it has any. */
  #drop(tenant: number, day: number, newest: number): void {
    const { findDay, writeDay, removeRows } = this.#statements
    const id = crossedDayId(tenant, day)
    if ((findDay.first(id)?.made ?? 0) === 0) return
    for (const dimension of crossedDimensions)
      removeRows.run(crossedId(tenant, dimension, day), crossedId(tenant, dimension, day, placesMax - 1))
    writeDay.run(id, 0, newest)
  }

  #make(tenant: number, day: number, newest: number): void {
    const { countRuns, writeDay, writeRow, lastMade } = this.#statements
    const count = countRuns.first(tenant, day * dayMs, (day + 1) * dayMs)?.count ?? 0
    const isWorthIt = count >= this.#runsMin && count <= runsMax
    writeDay.run(crossedDayId(tenant, day), isWorthIt ? (lastMade.first()?.made ?? 0) + 1 : 0, newest)
    if (!isWorthIt) return
    const runs = readDayRuns(this.#database, this.#words, tenant, day)
    for (const dimension of crossedDimensions) {
      let place = 0
      for (const { value, cells } of runs.cross(dimension)) writeRow.run(crossedId(tenant, dimension, day, place++), value, cells)
    }
  }
}

function prepareCrossed(database: Database) {
  const runs = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '>=', slot(1)).where('at', '<', slot(2)) // Index run_at.
  const days = sql.selectFrom('crossed_day')
  const writeDay = sql.insertInto('crossed_day').values({ id: slot(0), made: slot(1), retry_after: slot(2) })
  return {
    countRuns: prepare(
      database,
      runs.select((row) => row.fn.countAll<number>().as('count')),
    ),
    rollupIds: prepare(database, sql.selectFrom('rollup').select('id').where('id', '>=', slot(0)).where('id', '<=', slot(1)).orderBy('id')), // Rowid.
    dayStates: prepare(database, days.selectAll().where('id', '>=', slot(0)).where('id', '<=', slot(1))), // Rowid.
    findDay: prepare(database, days.select('made').where('id', '=', slot(0))), // Rowid.
    lastMade: prepare(
      database,
      days.select((row) => row.fn.max<number | null>('made').as('made')),
    ), // A row a day.
    writeDay: prepare(
      database,
      writeDay.onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({ made: row.ref('excluded.made'), retry_after: row.ref('excluded.retry_after') })),
      ),
    ),
    writeRow: prepare(database, sql.insertInto('crossed').values({ id: slot(0), value: slot(1), cells: slot(2) })),
    removeRows: prepare(database, sql.deleteFrom('crossed').where('id', '>=', slot(0)).where('id', '<=', slot(1))), // Rowid.
    clearRows: prepare(database, sql.deleteFrom('crossed')),
    clearDays: prepare(database, sql.deleteFrom('crossed_day')),
  }
}

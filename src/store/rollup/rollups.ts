import type { Database } from 'bun:sqlite'
import { dayOf } from '../../base/clock.ts'
import type { SqlValue } from '../../base/sql.ts'
import type { CountedRow, Derived } from '../derived.ts'
import { ownValuesMax, type ValuesMax } from '../dimension.ts'
import { countColumns, countsAlike } from '../run/columns.ts'
import type { Seal } from '../seal.ts'
import type { Words } from '../words.ts'
import { RollupChange } from './change.ts'
import { rollupVersion } from './key.ts'
import { RollupPages } from './pages.ts'
import { clearUnsealed } from './sealed.ts'

/** Days that are unpacked at a time. Each has some fifty packed rows. */
const openDaysMax = 64

/** Gathers what one transaction changes in the roll-ups, by tenant and day, so that each packed period is written once. */
export class Rollups implements Derived {
  readonly name = 'rollups'
  readonly version: string
  readonly #database: Database
  readonly #words: Words
  readonly #pages: RollupPages
  readonly #changes = new Map<number, Map<number, RollupChange>>()
  readonly #statuses = new Map<SqlValue | undefined, number>()

  readonly #seal: Seal

  constructor(database: Database, words: Words, seal: Seal, valuesMax: ValuesMax = {}) {
    const limits = { ...ownValuesMax, ...valuesMax }
    this.#database = database
    this.#words = words
    this.#seal = seal
    this.#pages = new RollupPages(database, limits)
    this.version = rollupVersion(limits)
  }

  change(_id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    if (before !== undefined && this.isFixed(before)) return
    if (before !== undefined && after !== undefined && countsAlike(before, after)) return
    if (before !== undefined) this.#count(before, -1)
    if (after !== undefined) this.#count(after, 1)
  }

  /** Whether a run was counted in a sealed day, whose sums never change. */
  isFixed(row: CountedRow): boolean {
    return this.#seal.isSealed(Number(row[1]))
  }

  write(): void {
    const newestDays = new Map<number, number>()
    for (const [tenant, days] of this.#changes) {
      const inOrder = [...days].sort(([left], [right]) => left - right) // Neighbours share their month.
      for (const [index, [day, change]] of inOrder.entries()) {
        this.#pages.apply(tenant, day, change)
        if ((index + 1) % openDaysMax === 0) this.#pages.flush()
      }
      newestDays.set(tenant, inOrder.at(-1)?.[0] ?? 0)
    }
    this.#changes.clear()
    this.#pages.write(newestDays)
  }

  forget(): void {
    this.#changes.clear()
    this.#statuses.clear()
    this.#pages.forget()
  }

  clear(): void {
    this.forget()
    clearUnsealed(this.#database, this.#pages, this.#seal.day)
  }

  #count(row: CountedRow, by: 1 | -1): void {
    const tenant = Number(row[0])
    const at = Number(row[1])
    const days = this.#changes.get(tenant) ?? new Map<number, RollupChange>()
    if (days.size === 0) this.#changes.set(tenant, days)
    const day = dayOf(at)
    let change = days.get(day)
    if (change === undefined) {
      change = new RollupChange()
      days.set(day, change)
    }
    change.count(row, this.#statusOf(row[2]), by)
  }

  /** The place of a status in `countColumns`, by its code. */
  #statusOf(code: SqlValue | undefined): number {
    const known = this.#statuses.get(code)
    if (known !== undefined) return known
    const status = (countColumns as readonly string[]).indexOf(this.#words.text('status', Number(code)))
    this.#statuses.set(code, status)
    return status
  }
}

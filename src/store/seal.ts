import type { Database } from 'bun:sqlite'
import { dayOf } from '../base/clock.ts'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { openStoreFileToRead } from './file.ts'
import { sql } from './schema.ts'

/** The name of the fact that holds the newest sealed day, in days since 1970. */
export const sealedFact = 'sealed_day'

/** A day before every other. */
const noDay = Number.NEGATIVE_INFINITY

/**
 * The newest day whose runs expired. The sums of that day and all before it stay what they are: a run that is still there, or goes, or changes, changes
 * none of them; one that comes later is counted once.
 */
export class Seal {
  readonly #find: Prepared<{ value: string }>
  #day: number | undefined

  constructor(database: Database) {
    this.#find = prepare(database, sql.selectFrom('fact').select('value').where('name', '=', slot(0))) // Primary key.
  }

  /** The newest sealed day; before every day while none is. */
  get day(): number {
    this.#day ??= Number(this.#find.first(sealedFact)?.value ?? noDay)
    return this.#day
  }

  isSealed(at: number): boolean {
    return dayOf(at) <= this.day
  }

  /** Drops what is remembered: after the fact was written, and after a rollback. */
  forget(): void {
    this.#day = undefined
  }
}

/** The newest sealed day of a store that nobody here has open, in days since 1970; undefined while none is. */
export function readSealedDay(path: string): number | undefined {
  const database = openStoreFileToRead(path)
  try {
    const { day } = new Seal(database)
    return day === noDay ? undefined : day
  } finally {
    database.close()
  }
}

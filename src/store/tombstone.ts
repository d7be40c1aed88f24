import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { sql } from './schema.ts'

/** What runs that were removed leave behind: no later report brings them back, but for one from after an erasure. */
export class Tombstones {
  readonly #find: Prepared<{ erased_at: number | null }>
  readonly #insert: Prepared<unknown>
  readonly #drop: Prepared<unknown>
  #isEmpty: boolean

  constructor(database: Database, isEmpty: boolean) {
    const found = sql.selectFrom('tombstone').select('erased_at').where('tenant', '=', slot(0)).where('key', '=', slot(1)) // Primary key.
    this.#find = prepare(database, found)
    this.#insert = prepare(
      database,
      sql.insertInto('tombstone').values({ tenant: slot(0), key: slot(1), revision: slot(2), erased_at: slot(3) }),
    )
    this.#drop = prepare(database, sql.deleteFrom('tombstone').where('tenant', '=', slot(0)).where('key', '=', slot(1)))
    this.#isEmpty = isEmpty
  }

  /** Whether a run that begins at a moment stays removed. What begins after an erasure takes the tombstone away. */
  holds(tenant: number, key: Uint8Array, firstAt: () => number): boolean {
    if (this.#isEmpty) return false
    const found = this.#find.first(tenant, key)
    if (found === undefined) return false
    if (found.erased_at === null || firstAt() < found.erased_at) return true
    this.#drop.run(tenant, key)
    return false
  }

  put(tenant: number, key: Uint8Array, revision: number, erasedAt: number | undefined): void {
    this.#isEmpty = false
    this.#insert.run(tenant, key, revision, erasedAt ?? null)
  }
}

import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import type { ParkedRun } from './port.ts'
import { sql } from './schema.ts'
import type { WritableWords } from './words.ts'

/** A run by its cells: the code of its tenant and its key. */
type RunCells = { readonly tenant: number; readonly key: Uint8Array }

/** Runs that a mirror refused for a fault of their own, kept until they change or are sent again. */
export class Parking {
  readonly #words: WritableWords
  readonly #statements: ReturnType<typeof prepareParking>
  #count: number | undefined

  constructor(database: Database, words: WritableWords) {
    this.#words = words
    this.#statements = prepareParking(database)
  }

  park(runs: readonly ParkedRun[]): void {
    this.#count = undefined
    for (const { tenant, key, revision, reason, parkedAt } of runs)
      this.#statements.park.run(this.#words.code('tenant', tenant), key, revision, reason, parkedAt)
  }

  /** The oldest first. */
  list(limit: number): ParkedRun[] {
    return this.#statements.list.all(limit).map(({ tenant, parked_at: parkedAt, ...rest }) => ({
      ...rest,
      tenant: this.#words.text('tenant', tenant),
      parkedAt,
    }))
  }

  count(): number {
    this.#count ??= this.#statements.count.first()?.count ?? 0
    return this.#count
  }

  /** A run that changed goes out again by itself, so it is no longer parked. */
  release(tenant: number, key: Uint8Array): void {
    if (this.count() === 0) return
    this.#count = this.count() - this.#statements.release.run(tenant, key)
  }

  takeAll(): readonly RunCells[] {
    const cells = this.#statements.cells.all()
    this.#statements.clear.run()
    this.#count = 0
    return cells
  }

  /** Drops what is remembered in memory, after a rollback. */
  forget(): void {
    this.#count = undefined
  }
}

function prepareParking(database: Database) {
  const park = sql
    .insertInto('parked')
    .values({ tenant: slot(0), key: slot(1), revision: slot(2), reason: slot(3), parked_at: slot(4) })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet((row) => ({
        revision: row.ref('excluded.revision'),
        reason: row.ref('excluded.reason'),
        parked_at: row.ref('excluded.parked_at'),
      })),
    )
  const parked = sql.selectFrom('parked')
  return {
    park: prepare(database, park),
    list: prepare(database, parked.selectAll().orderBy('parked_at').orderBy('tenant').orderBy('key').limit(slot(0))),
    cells: prepare(database, parked.select(['tenant', 'key'])),
    count: prepare(
      database,
      parked.select((row) => row.fn.countAll<number>().as('count')),
    ),
    release: prepare(database, sql.deleteFrom('parked').where('tenant', '=', slot(0)).where('key', '=', slot(1))),
    clear: prepare(database, sql.deleteFrom('parked')),
  } satisfies Record<string, Prepared<unknown>>
}

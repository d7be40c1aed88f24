import type { Database } from 'bun:sqlite'
import { dayMs } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import type { AgedRuns, RunId } from './port.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

/** Runs up to a day (since 1970 UTC, included). */
export class RunAges {
  readonly #words: Words
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#statements = prepareStatements(database)
  }

  /** Those of one tenant, or of all together. */
  count(day: number, tenant?: string): AgedRuns {
    const codes = this.#words.codes('tenant').filter((code) => tenant === undefined || this.#words.text('tenant', code) === tenant)
    const found = codes.flatMap((code) => this.#statements.count.all(code, endOf(day)))
    const firsts = found.flatMap(({ first_at }) => first_at ?? [])
    const count = found.reduce((sum, row) => sum + row.count, 0)
    return { count, ...(firsts.length > 0 && { firstAt: Math.min(...firsts) }) }
  }

  /** So many of all tenants, the oldest of each first. */
  list(day: number, limit: number): readonly RunId[] {
    const rows = this.#words.codes('tenant').flatMap((tenant) => this.#statements.list.all(tenant, endOf(day), limit))
    return rows.slice(0, limit).map(({ tenant, key }) => ({ tenant: this.#words.text('tenant', tenant), key }))
  }
}

function endOf(day: number): number {
  return (day + 1) * dayMs
}

function prepareStatements(database: Database) {
  const aged = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '<', slot(1)) // Index run_at.
  return {
    list: prepare(database, aged.select(['tenant', 'key']).orderBy('at').limit(slot(2))),
    count: prepare<{ count: number; first_at: number | null }>(
      database,
      aged.select((row) => [row.fn.countAll<number>().as('count'), row.fn.min<number | null>('at').as('first_at')]),
    ),
  }
}

import type { Database } from 'bun:sqlite'
import { dayOf } from '../base/clock.ts'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { type CountColumn, countColumns } from './run-columns.ts'
import { sql } from './schema.ts'
import type { WritableWords } from './words.ts'

/** The one dimension so far: runs as such, with the value 0. */
export const runDimension = 'run'
export const dayGrain = 'day'

/** The cells of a run's row that say where it counts. */
export type CountedCells = {
  readonly tenant: number
  readonly at: number
  readonly status: number
  readonly type: number
  readonly repo_source: number
}

type Sum = { readonly key: readonly [tenant: number, source: number, period: number, type: number]; readonly counts: number[] }

/** Gathers what one transaction changes in the sums, so that each row is written once. */
export class RollupDeltas {
  readonly #words: WritableWords
  readonly #write: Prepared<unknown>
  readonly #sums = new Map<string, Sum>()

  constructor(database: Database, words: WritableWords) {
    this.#words = words
    this.#write = prepare(database, writeSum())
  }

  /** Counts a run in (`by` = 1) or out (`by` = -1). */
  count(run: CountedCells, by: 1 | -1): void {
    const key = [run.tenant, run.repo_source, dayOf(run.at), run.type] as const
    const name = key.join(' ') // Numbers hold no blank.
    const sum = this.#sums.get(name) ?? { key, counts: countColumns.map(() => 0) }
    const index = (countColumns as readonly string[]).indexOf(this.#words.text('status', run.status))
    sum.counts[index] = (sum.counts[index] ?? 0) + by
    this.#sums.set(name, sum)
  }

  /** Writes what was gathered. Call inside the transaction that changes the runs. */
  write(): void {
    for (const { key, counts } of this.#sums.values()) if (counts.some((count) => count !== 0)) this.#write.run(...key, ...counts)
    this.#sums.clear()
  }

  /** Drops what was gathered, after a rollback. */
  forget(): void {
    this.#sums.clear()
  }
}

function writeSum() {
  const counts = Object.fromEntries(countColumns.map((column, index) => [column, slot(4 + index)])) as { [Column in CountColumn]: never }
  const key = { tenant: slot(0), source: slot(1), period: slot(2), type: slot(3) }
  return sql
    .insertInto('rollup')
    .values({ ...key, ...counts, dimension: runDimension, grain: dayGrain, value: 0 })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'dimension', 'source', 'grain', 'period', 'value', 'type'])
        .doUpdateSet((row) =>
          Object.fromEntries(countColumns.map((column) => [column, row(`rollup.${column}`, '+', row.ref(`excluded.${column}`))])),
        ),
    )
}

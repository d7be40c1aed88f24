import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../../base/sql.ts'
import { sql } from '../schema.ts'

/** The logs of runs, compressed, in a table of their own: rows of runs stay small, and logs are removed sooner than runs. */
export class Traces {
  readonly #find: Prepared<{ zstd: Uint8Array }>
  readonly #write: Prepared<unknown>
  readonly #remove: Prepared<unknown>

  constructor(database: Database) {
    const write = sql.insertInto('trace').values({ run: slot(0), zstd: slot(1) })
    this.#find = prepare(database, sql.selectFrom('trace').select('zstd').where('run', '=', slot(0))) // Primary key.
    this.#write = prepare(
      database,
      write.onConflict((conflict) => conflict.column('run').doUpdateSet((row) => ({ zstd: row.ref('excluded.zstd') }))),
    )
    this.#remove = prepare(database, sql.deleteFrom('trace').where('run', '=', slot(0)))
  }

  /** The log of the run in the row `run`; undefined when there is none. */
  read(run: number): string | undefined {
    const zstd = this.#find.first(run)?.zstd
    return zstd === undefined ? undefined : Bun.zstdDecompressSync(zstd).toString('utf8')
  }

  write(run: number, trace: string | undefined): void {
    if (trace === undefined) this.#remove.run(run)
    else this.#write.run(run, Bun.zstdCompressSync(trace))
  }
}

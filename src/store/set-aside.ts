import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import type { SetAsideEntry } from './port.ts'
import { sql } from './schema.ts'

/** Entries of the journal that a consumer could not take, kept until somebody looks at them. */
export class SetAside {
  readonly #statements: ReturnType<typeof prepareSetAside>

  constructor(database: Database) {
    this.#statements = prepareSetAside(database)
  }

  put({ consumer, reason, entry }: Omit<SetAsideEntry, 'id'>): void {
    this.#statements.put.run(consumer, reason, entry)
  }

  /** In the order in which they were put, behind the one with the id `after`. */
  list(after: number, limit: number): readonly SetAsideEntry[] {
    return this.#statements.list.all(after, limit)
  }

  count(): number {
    return this.#statements.count.first()?.count ?? 0
  }

  drop(id: number): void {
    this.#statements.drop.run(id)
  }
}

function prepareSetAside(database: Database) {
  const entries = sql.selectFrom('set_aside')
  return {
    put: prepare(database, sql.insertInto('set_aside').values({ consumer: slot(0), reason: slot(1), entry: slot(2) })),
    list: prepare(database, entries.selectAll().where('id', '>', slot(0)).orderBy('id').limit(slot(1))), // Rowid.
    count: prepare(
      database,
      entries.select((row) => row.fn.countAll<number>().as('count')),
    ),
    drop: prepare(database, sql.deleteFrom('set_aside').where('id', '=', slot(0))),
  } satisfies Record<string, Prepared<unknown>>
}

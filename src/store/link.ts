import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import type { MirrorLink, RunId } from './port.ts'
import { sql } from './schema.ts'
import type { WritableWords } from './words.ts'

/** Ids of records that another service made and that the mirror continues. A tombstone keeps its link until the record is deleted. */
export class MirrorLinks {
  readonly #words: WritableWords
  readonly #statements: ReturnType<typeof prepareLinks>

  constructor(database: Database, words: WritableWords) {
    this.#words = words
    this.#statements = prepareLinks(database)
  }

  find(ids: readonly RunId[]): MirrorLink[] {
    return ids.flatMap(({ tenant, key }) => {
      const code = this.#words.find('tenant', tenant)
      const row = code === undefined ? undefined : this.#statements.find.first(code, key)
      return row === undefined ? [] : [{ tenant, key, recordId: row.record_id }]
    })
  }

  write(links: readonly MirrorLink[]): void {
    for (const { tenant, key, recordId } of links) this.#statements.write.run(this.#words.code('tenant', tenant), key, recordId)
  }

  remove(ids: readonly RunId[]): void {
    for (const { tenant, key } of ids) {
      const code = this.#words.find('tenant', tenant)
      if (code !== undefined) this.#statements.remove.run(code, key)
    }
  }
}

function prepareLinks(database: Database) {
  const links = sql.selectFrom('mirror_link')
  const write = sql.insertInto('mirror_link').values({ tenant: slot(0), key: slot(1), record_id: slot(2) })
  return {
    find: prepare(database, links.select('record_id').where('tenant', '=', slot(0)).where('key', '=', slot(1))), // Primary key.
    write: prepare(
      database,
      write.onConflict((conflict) =>
        conflict.columns(['tenant', 'key']).doUpdateSet((row) => ({ record_id: row.ref('excluded.record_id') })),
      ),
    ),
    remove: prepare(database, sql.deleteFrom('mirror_link').where('tenant', '=', slot(0)).where('key', '=', slot(1))), // Primary key.
  } satisfies Record<string, Prepared<unknown>>
}

import type { Database } from 'bun:sqlite'
import { prepare } from '../base/sql.ts'
import { isWhole, schemaOf } from '../base/sqlite-copy.ts'
import { openStoreFileToInspect } from './file.ts'
import { sql } from './schema.ts'

/** What a store holds, in numbers. `cursors` says how far each consumer came. */
export type StoreCensus = {
  readonly schema: number
  readonly isWhole: boolean
  readonly runs: number
  readonly traces: number
  readonly tombstones: number
  readonly cursors: Readonly<Record<string, number>>
}

/** Counts what is in a store that nobody writes to. Throws where the file is damaged, none of ours, or of a newer version. */
export function takeStoreCensus(path: string): StoreCensus {
  const database = openStoreFileToInspect(path)
  try {
    const cursors = prepare(database, sql.selectFrom('consumer').selectAll().orderBy('name')).all()
    return {
      schema: schemaOf(database),
      isWhole: isWhole(database),
      runs: countRows(database, 'run'),
      traces: countRows(database, 'trace'),
      tombstones: countRows(database, 'tombstone'),
      cursors: Object.fromEntries(cursors.map(({ name, cursor }) => [name, cursor])),
    }
  } finally {
    database.close()
  }
}

function countRows(database: Database, table: 'run' | 'trace' | 'tombstone'): number {
  const query = sql.selectFrom(table).select((row) => row.fn.countAll<number>().as('count'))
  return prepare<{ count: number }>(database, query).first()?.count ?? 0
}

import type { Database } from 'bun:sqlite'
import { prepare } from '../base/sql.ts'
import { isWhole, schemaOf } from '../base/sqlite-copy.ts'
import { accessSql, openAccessDatabaseToInspect } from './database.ts'

/** What `access.db` holds, in numbers. */
export type AccessCensus = {
  readonly schema: number
  readonly isWhole: boolean
  readonly keys: number
  readonly users: number
  readonly secrets: number
}

/** Counts what is in an `access.db` that nobody writes to. Throws where the file is damaged, none of ours, or of a newer version. */
export function takeAccessCensus(path: string): AccessCensus {
  const database = openAccessDatabaseToInspect(path)
  try {
    return {
      schema: schemaOf(database),
      isWhole: isWhole(database),
      keys: countRows(database, 'access_key'),
      users: countRows(database, 'user'),
      secrets: countRows(database, 'secret'),
    }
  } finally {
    database.close()
  }
}

function countRows(database: Database, table: 'access_key' | 'user' | 'secret'): number {
  const query = accessSql.selectFrom(table).select((row) => row.fn.countAll<number>().as('count'))
  return prepare<{ count: number }>(database, query).first()?.count ?? 0
}

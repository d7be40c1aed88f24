import type { Database } from 'bun:sqlite'
import { chmodSync, closeSync, openSync } from 'node:fs'
import { type DatabaseOptions, explainOpening, openDatabase } from '../base/sqlite.ts'

const ownerOnly = 0o600

/** Opens a database that holds secrets: nobody but the service's user may read it, from its first byte on. SQLite gives the WAL the same rights. */
export function openPrivateDatabase(options: DatabaseOptions): Database {
  try {
    closeSync(openSync(options.path, 'a', ownerOnly))
    chmodSync(options.path, ownerOnly) // A file from a backup may have come with other rights.
  } catch (cause) {
    throw explainOpening(options, cause)
  }
  return openDatabase(options)
}

import { Database } from 'bun:sqlite'
import { busyTimeoutMs, checkFile, type DatabaseOptions, readPragma } from './sqlite.ts'

/**
 * Writes all that is committed into a new file, packed: one state of the database, however much is written meanwhile. A write-ahead log grows as long as
 * this reads. The file must not exist yet.
 */
export function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { create: false, readwrite: true, strict: true })
  try {
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    database.run('VACUUM INTO ?', [to])
  } finally {
    database.close()
  }
}

/** Moves all that its log holds into a database that nobody uses any more, so that the file alone is the whole of it. Throws where somebody still does. */
export function foldLog(path: string): void {
  const database = new Database(path, { create: false, readwrite: true, strict: true })
  try {
    const row = database.query<{ busy: number }, []>('PRAGMA wal_checkpoint(TRUNCATE)').get()
    if (row?.busy !== 0) throw new Error(`${path} is still in use`)
  } finally {
    database.close()
  }
}

/**
 * Writes a database anew, so that nothing of what was deleted is left in its file or its log. `folder` takes the temporary file: nothing is written
 * elsewhere. Throws where a reader is in the way for long; what was deleted is then gone with the next one.
 */
export function vacuumHere(database: Database, folder: string): void {
  database.run(`PRAGMA temp_store_directory = '${folder.replaceAll("'", "''")}'`)
  database.run('VACUUM')
  const row = database.query<{ busy: number }, []>('PRAGMA wal_checkpoint(TRUNCATE)').get()
  if (row?.busy !== 0) throw new Error('a reader keeps the log of a database from being emptied')
}

/** Opens a database of this version or an older one, to look at. Throws for one of a newer version and for a file that is none of ours. */
export function openToInspect(options: Pick<DatabaseOptions, 'path' | 'applicationId' | 'migrations'>): Database {
  const database = new Database(options.path, { readonly: true, strict: true })
  try {
    checkFile(database, options)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/** The number of the last schema step that a database went through. */
export function schemaOf(database: Database): number {
  return readPragma(database, 'user_version')
}

/** Whether SQLite finds the pages and rows of a database whole. */
export function isWhole(database: Database): boolean {
  return database.query<{ quick_check: string }, []>('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
}

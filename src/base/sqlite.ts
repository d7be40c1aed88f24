import { Database } from 'bun:sqlite'
import { assert } from './assert.ts'
import { faultCode } from './fault-code.ts'

/** One step of a schema, forward only. Steps are numbered from 1 without gaps and never edited after a release. */
export type Migration = { readonly version: number; readonly sql: string }

export type DatabaseOptions = {
  readonly path: string
  /** Marks the file as this database of ours, so that another file at its path is refused and not written to. */
  readonly applicationId: number
  readonly migrations: readonly Migration[]
  /** `full` fsyncs each commit; `normal` only each checkpoint: after a power loss the newest commits may be gone, the file is whole. */
  readonly synchronous: 'full' | 'normal'
  readonly cacheBytes?: number
  /** Pages of WAL after which a commit checkpoints by itself. */
  readonly walPagesMax?: number
  /** What an operator does when the file is damaged, as the rest of a sentence. */
  readonly remedy?: string
}

export const cacheBytesDefault = 16 * 1024 * 1024
export const busyTimeoutMs = 5_000
const walPagesMaxDefault = 1_000
const bytesPerKibibyte = 1_024

/**
 * Opens a database for writing and brings its schema up to date. Throws with a message for the operator where the file is newer than this program, not
 * the expected one, damaged or not to be written to.
 */
export function openDatabase(options: DatabaseOptions): Database {
  let database: Database | undefined
  try {
    database = new Database(options.path, { create: true, readwrite: true, strict: true })
    setPragmas(database, options)
    migrate(database, options)
    return database
  } catch (cause) {
    database?.close()
    throw explainOpening(options, cause)
  }
}

const remedyDefault =
  'put the newest backup back: `telemetry-service backup list` names it, `telemetry-service backup restore NAME` takes it'
const damageCodes = ['SQLITE_NOTADB', 'SQLITE_CORRUPT']

/** Whether a fault says that a database is damaged. */
export function isDamage(fault: unknown): boolean {
  const code = faultCode(fault)
  return damageCodes.some((name) => code.startsWith(name))
}

/** A fault of opening a file with its name, the rule it breaks and what to do; any other fault as it is. */
export function explainOpening({ path, remedy = remedyDefault }: Pick<DatabaseOptions, 'path' | 'remedy'>, cause: unknown): unknown {
  const code = faultCode(cause)
  const isDamaged = isDamage(cause)
  if (!isDamaged && !isEnvironmentFault(cause) && !fileCodes.has(code)) return cause
  const message = isDamaged
    ? `${path} is damaged (${code}): ${remedy}`
    : `${path} cannot be opened for writing (${code}): give this user the right to write it and its folder, make room if the disk is full, or set another DATA_DIR`
  return Object.assign(new Error(message), { code }) // The code says what the cause would.
}

/** What the system says of a file that cannot be written. */
const fileCodes: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'EISDIR',
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'ELOOP',
  'ENOTDIR',
  'ENOENT',
])

/** Opens an existing database for reading only. Throws unless its schema is exactly the one of `migrations`. */
export function openReadOnly(options: Pick<DatabaseOptions, 'path' | 'applicationId' | 'migrations' | 'cacheBytes'>): Database {
  const database = new Database(options.path, { readonly: true, strict: true })
  try {
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    database.run(`PRAGMA cache_size = -${(options.cacheBytes ?? cacheBytesDefault) / bytesPerKibibyte}`)
    const newest = checkFile(database, options)
    const version = readPragma(database, 'user_version')
    assert(version === newest, `${options.path} is brought up to date by its writer before it is read`)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/**
 * Whether everything committed so far now lies fsynced in the database file. Waits at most `waitMs` for a reader or writer that is in the way;
 * false when it did not go.
 */
export function checkpoint(database: Database, waitMs: number): boolean {
  database.run(`PRAGMA busy_timeout = ${waitMs}`)
  try {
    const row = database.query<{ busy: number }, []>('PRAGMA wal_checkpoint(FULL)').get()
    return row?.busy === 0
  } finally {
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  }
}

const environmentCodes = [
  'FULL',
  'BUSY',
  'LOCKED',
  'IOERR',
  'NOMEM',
  'CANTOPEN',
  'READONLY',
  'PROTOCOL',
  'INTERRUPT',
  'NOLFS',
  'PERM',
  'AUTH',
]

/** Whether a fault lies in the environment (a full disk, another writer), so that the same statement can succeed later. */
export function isEnvironmentFault(fault: unknown): boolean {
  const code = faultCode(fault)
  return environmentCodes.some((name) => code === `SQLITE_${name}` || code.startsWith(`SQLITE_${name}_`))
}

function setPragmas(database: Database, options: DatabaseOptions): void {
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  database.run('PRAGMA journal_mode = WAL')
  database.run(`PRAGMA synchronous = ${options.synchronous}`)
  database.run('PRAGMA foreign_keys = ON')
  database.run(`PRAGMA cache_size = -${(options.cacheBytes ?? cacheBytesDefault) / bytesPerKibibyte}`)
  database.run(`PRAGMA wal_autocheckpoint = ${options.walPagesMax ?? walPagesMaxDefault}`)
}

function migrate(database: Database, options: DatabaseOptions): void {
  const newest = checkFile(database, options)
  if (readPragma(database, 'user_version') === newest) return
  for (const step of options.migrations) {
    // The version is read again inside the transaction: another process may have done the step while this one waited.
    database
      .transaction(() => {
        if (readPragma(database, 'user_version') >= step.version) return
        database.run(step.sql)
        database.run(`PRAGMA application_id = ${options.applicationId}`)
        database.run(`PRAGMA user_version = ${step.version}`)
      })
      .immediate()
  }
}

/** Refuses a file of another program and one from a newer version of this one. Gives the newest version this program knows. */
export function checkFile(database: Database, options: Pick<DatabaseOptions, 'path' | 'applicationId' | 'migrations'>): number {
  const isGapless = options.migrations.every((step, index) => step.version === index + 1)
  assert(isGapless, 'schema steps are numbered from 1 without gaps')
  const newest = options.migrations.length
  const version = readPragma(database, 'user_version')
  const applicationId = readPragma(database, 'application_id')
  const isEmpty = database.query('SELECT 1 FROM sqlite_master LIMIT 1').get() === null
  if (applicationId !== options.applicationId && !(isEmpty && applicationId === 0)) {
    throw new Error(`${options.path} is not the database expected there (application id ${applicationId}); it is left untouched`)
  }
  if (version > newest) {
    throw new Error(`${options.path} has schema ${version}, this program knows up to ${newest}: start the newer version that wrote it`)
  }
  return newest
}

/** One of the two numbers that a database keeps for whoever made it. */
export function readPragma(database: Database, name: 'user_version' | 'application_id'): number {
  const row = database.query<Record<string, number>, []>(`PRAGMA ${name}`).get()
  return row?.[name] ?? 0
}

import { Database } from 'bun:sqlite'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { faultCode } from './fault-code.ts'
import { explainFullDisk } from './free-disk.ts'
import { err, ok, type Result } from './result.ts'
import { syncFolder } from './whole-file.ts'

/** The right to write in a folder. Held until released or until the process ends, however it ends. */
export type FolderLock = { readonly folder: string; release(): void }

export type LockFault = { readonly code: 'held' | 'unwritable'; readonly message: string }

/**
 * Takes the folder for this process alone, creating it when it is missing. The lock is an open exclusive transaction on `lock.db`:
 * the operating system ends it with the process, so a SIGKILL leaves nothing behind that would have to be cleaned up.
 */
export function lockFolder(folder: string): Result<FolderLock, LockFault> {
  let database: Database | undefined
  try {
    makeFolder(resolve(folder))
    accessSync(folder, constants.W_OK | constants.X_OK) // SQLite takes a lock in a folder that it can only read, too.
    database = new Database(join(folder, 'lock.db'), { create: true, readwrite: true })
    database.run('PRAGMA busy_timeout = 0')
    database.run('BEGIN EXCLUSIVE')
  } catch (cause) {
    database?.close()
    return err(explain(folder, cause))
  }
  const held = database
  return ok({ folder, release: () => held.close() })
}

/** Makes what is missing of the path and fsyncs each folder that got a new one: else a power loss may take the new folder with all that is in it. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; ; made = dirname(made)) {
    syncFolder(dirname(made))
    if (made === first) return
  }
}

function explain(folder: string, cause: unknown): LockFault {
  const code = faultCode(cause)
  if (code.startsWith('SQLITE_BUSY')) {
    return {
      code: 'held',
      message: `the data folder ${folder} is in use by another process: stop that one, or give this one a DATA_DIR of its own`,
    }
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return { code: 'unwritable', message: `${join(folder, 'lock.db')} is damaged (${code}): remove it, it holds nothing` }
  }
  const full = explainFullDisk(folder, cause)
  if (full !== undefined) return { code: 'unwritable', message: full }
  return {
    code: 'unwritable',
    message: `the data folder ${folder} cannot be written to (${code}): give this user the right to write there, or set another DATA_DIR`,
  }
}

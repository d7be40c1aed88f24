import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultCode } from '../base/fault-code.ts'
import type { PartView } from '../page/system/system-view.ts'

const name = 'permissions'

/**
 * The folder and its files belong to the service's user. Only that user, or root on its behalf, can look into the folder: the owner is this process, and the
 * folder's owner where root looks.
 */
export function examineOwners(folder: string, files: readonly string[]): readonly PartView[] {
  const own = process.geteuid?.() ?? 0
  const facts = statSync(folder)
  const owner = own === 0 ? facts.uid : own
  const group = owner === facts.uid ? `:${facts.gid}` : ''
  const foreign = [folder, ...withLogs(files)].filter((path) => (statSync(path, { throwIfNoEntry: false })?.uid ?? owner) !== owner)
  return foreign.map((path) => {
    const text = `${path} belongs to another user than ${own === 0 ? 'its folder' : 'the one who runs this'}`
    return { name, state: 'bad', text, todo: `As root: chown ${owner}${group} ${path}` }
  })
}

/** That this user may not even look into the folder, in place of all that could be found there. */
export function examineClosed(folder: string): PartView | undefined {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) accessSync(folder, constants.R_OK | constants.X_OK)
    return undefined
  } catch (cause) {
    const text = `${folder} cannot be looked into by this user (${faultCode(cause)})`
    return { name, state: 'bad', text, todo: 'Run this as the user who runs the service, or as root.' }
  }
}

/** Whether this user may open a database at all: SQLite needs to write to its file, its log and their folder. */
export function isOpenable(path: string): boolean {
  try {
    accessSync(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK)
    for (const file of withLogs([path])) accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A database and what lies beside it while it is open, as far as that is there. */
function withLogs(paths: readonly string[]): readonly string[] {
  const all = paths.flatMap((path) => [path, `${path}-wal`, `${path}-shm`])
  return all.filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
}

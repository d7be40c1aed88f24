import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { err, type Result } from '../base/result.ts'
import { type Manifest, manifestName, readManifest } from './manifest.ts'

/** The name of a backup: when it was begun. Matches 2026-06-15T12-00-00Z; not 2026-06-15T12-00-00Z.partial. */
const nameForm = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/
/** What is being made, or unpacked to be proved. It counts as nothing, and the next backup removes it. */
const partialEnding = '.partial'

/** A backup: the folder it lies in, and its manifest or what is wrong with that. */
export type Backup = { readonly name: string; readonly path: string; readonly manifest: Result<Manifest, string> }

/** Where the backups of a data folder lie. */
export function backupFolderOf(dataFolder: string): string {
  return join(dataFolder, 'backup')
}

/** The name of a backup that begins at a moment. Names sort as their moments do. */
export function nameOfBackup(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

/** How the audit names a backup: one that lies in a folder of another name may be called anything, also by an address. */
export function auditNameOf(name: string): string {
  return nameForm.test(basename(name)) ? basename(name) : 'elsewhere'
}

/** The folder in which a backup is made, or unpacked, before it counts. */
export function partialOf(path: string): string {
  return `${path}${partialEnding}`
}

/** Why the folder of the backups can be of no use to this user; nothing where it can, or is not there yet. */
export function findFolderFault(folder: string): string | undefined {
  const facts = statSync(folder, { throwIfNoEntry: false })
  if (facts === undefined) return undefined
  if (!facts.isDirectory()) return `${folder} is no folder`
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return `${folder} cannot be read and written by this user`
  }
}

/** All backups of a folder, the oldest first, also those that are damaged. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => nameForm.test(name))
  return names.sort().map((name) => openBackup(join(folder, name)))
}

/** The backup in a folder of its own. */
export function openBackup(path: string): Backup {
  return { name: basename(path), path, manifest: readManifestOf(path) }
}

/** Removes all but the newest ones. Gives how many went. */
export function removeOldBackups(folder: string, keep: number): number {
  const old = listBackups(folder).slice(0, -keep)
  for (const { path } of old) {
    rmSync(join(path, manifestName), { force: true }) // First, so that a backup that is half gone is none.
    rmSync(path, { recursive: true, force: true })
  }
  return old.length
}

/** Removes what a process that ended in the middle left. */
export function removePartials(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) if (name.endsWith(partialEnding)) rmSync(join(folder, name), { recursive: true, force: true })
}

function readManifestOf(path: string): Result<Manifest, string> {
  const file = join(path, manifestName)
  if (!existsSync(file)) return err(`${manifestName} is missing`)
  return readManifest(readFileSync(file, 'utf8'))
}

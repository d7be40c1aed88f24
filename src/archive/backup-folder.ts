import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { faultCode } from '../base/fault-code.ts'
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

/** What is wrong with the folder of the backups, and what an operator does about it. */
export type FolderFault = { readonly text: string; readonly todo: string }

/** Why the folder of the backups of a data folder can be of no use to this user; nothing where it can, or is not there yet. */
export function findFolderFault(dataFolder: string): FolderFault | undefined {
  const folder = backupFolderOf(dataFolder)
  try {
    const facts = statSync(folder, { throwIfNoEntry: false })
    if (facts === undefined) return undefined
    if (!facts.isDirectory()) return { text: `${folder} is no folder`, todo: 'Move it away: the next backup makes the folder.' }
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return { text: `${folder} cannot be read and written by this user`, todo: rightsRemedy(dataFolder, folder) }
  }
}

/** The folder is its service's: who is another user has nothing to mend. */
function rightsRemedy(dataFolder: string, folder: string): string {
  const own = process.geteuid?.() ?? 0
  const owner = ownerOf(dataFolder)
  if (owner === undefined || (own !== 0 && own !== owner.uid)) return 'Run this as the user who runs the service.'
  return `chown -R ${owner.uid}:${owner.gid} ${folder} && chmod -R u=rwX ${folder}`
}

function ownerOf(path: string): { readonly uid: number; readonly gid: number } | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** The same in one sentence, for a command that ends by it. */
export function explainFolderFault({ text, todo }: FolderFault): string {
  return `DATA_DIR/backup is of no use: ${text}. ${todo}`
}

/** All backups of a folder, the oldest first, also those that are damaged. Throws where the folder cannot be read: see `findFolderFault`. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => nameForm.test(name))
  return names.sort().map((name) => openBackup(join(folder, name)))
}

/** The backup in a folder of its own. */
export function openBackup(path: string): Backup {
  return { name: basename(path), path, manifest: readManifestOf(path) }
}

/** Removes all that are older than the newest `keep` whole ones: a damaged one takes no place of theirs. Gives how many went. */
export function removeOldBackups(folder: string, keep: number): number {
  const all = listBackups(folder)
  const oldestKept = all.filter(({ manifest }) => manifest.ok).at(-keep)
  const old = oldestKept === undefined ? [] : all.slice(0, all.indexOf(oldestKept))
  for (const { path } of old) {
    rmSync(join(path, manifestName), { recursive: true, force: true }) // First, so that a backup that is half gone is none.
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
  try {
    return readManifest(readFileSync(join(path, manifestName), 'utf8'))
  } catch (cause) {
    const code = faultCode(cause)
    return err(code === 'ENOENT' || code === 'ENOTDIR' ? `${manifestName} is missing` : `${manifestName} cannot be read (${code})`)
  }
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolderOf, findFolderFault, listBackups } from '../archive/backup-folder.ts'
import type { PartView } from '../page/system/system-view.ts'
import { pathsIn } from './folder.ts'

/** A database that is gone, and what an operator does before the service goes on without it. */
export type Missing = { readonly path: string; readonly todo: string }

/**
 * The databases that are gone from a folder that was in use: a start makes empty ones in their place. Each of the others tells of it, `rate.db` and backups
 * too, so that several can be gone together. `hasServed` is what `access.db` says of an earlier start; undefined where it cannot be asked: commands alone make
 * no journal, but then they made `access.db`.
 */
export function findMissing(dataFolder: string, hasServed: boolean | undefined): readonly Missing[] {
  const { accessPath, journalPath, storePath } = pathsIn(dataFolder)
  const hasBackups = findFolderFault(dataFolder) === undefined && listBackups(backupFolderOf(dataFolder)).length > 0
  const isUsed = existsSync(journalPath) || hasBackups || (hasServed ?? [storePath, join(dataFolder, 'rate.db')].some(existsSync))
  if (!isUsed) return []
  const remedies = [
    [accessPath, 'Put a backup back; without one the next start makes new keys, users and ids.'],
    [journalPath, 'Put a backup back; without one what was not yet in the store is lost.'],
    [storePath, 'telemetry-service rebuild --from pocketbase, or put a backup back.'],
  ] as const
  return remedies.filter(([path]) => !existsSync(path)).map(([path, todo]) => ({ path, todo: `Stop the service. ${todo}` }))
}

/** The same as findings. */
export function examineMissing(dataFolder: string, hasServed: boolean | undefined): readonly PartView[] {
  return findMissing(dataFolder, hasServed).map(({ path, todo }) => ({ name: 'files', state: 'bad', text: `${path} is gone`, todo }))
}

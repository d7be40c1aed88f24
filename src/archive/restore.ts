import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../base/result.ts'
import type { Backup } from './backup-folder.ts'
import { takeCensus } from './census.ts'
import { backedUp, type Manifest } from './manifest.ts'
import { syncPath } from './pack.ts'
import { unpackBackup } from './unpack.ts'

/** Names that may stand in a folder that counts as empty: backups, certificates, what a service leaves that a restore does not bring, and what a file system puts there itself. */
const harmless: readonly string[] = [
  ...['backup', 'tls', 'setup-link', 'control.sock', 'lost+found'],
  ...['lock.db', 'lock.db-journal', 'rate.db', 'rate.db-wal', 'rate.db-shm'],
]

export type RestoreOptions = {
  readonly backup: Backup
  /** The data folder, which the caller has locked. */
  readonly folder: string
  /** Brings what was unpacked into the state from which a service may start. */
  readonly finish: (unpacked: string) => Promise<void>
}

/** What was restored: the paper of the backup, and what the folder holds now that it is finished. */
export type Restored = { readonly manifest: Manifest; readonly counts: Manifest['counts'] }

/** Whether a restore into the folder was broken off: what stands in it then is no state to start from. */
export function isRestoreBroken(folder: string): boolean {
  return existsSync(placeOf(folder))
}

/**
 * Puts a backup into an empty data folder. Everything is unpacked, proved and finished beside, then moved; until the last of it is on the disk, the folder
 * says that a restore is going on, and no service starts in it. One that was broken off is begun anew. The fault is a sentence for the operator.
 */
export async function restoreBackup({ backup, folder, finish }: RestoreOptions): Promise<Result<Restored, string>> {
  const place = placeOf(folder)
  if (isRestoreBroken(folder)) removeRemains(folder)
  else {
    const found = readdirSync(folder).find((name) => !harmless.includes(name))
    if (found !== undefined) return err(`${folder} is not empty (${found}): move that away; only ${harmless.join(', ')} may stay`)
  }
  mkdirSync(place, { mode: 0o700 })
  await syncPath(folder)
  const unpacked = await unpackBackup(backup, place)
  if (!unpacked.ok) {
    rmSync(place, { recursive: true, force: true })
    return unpacked
  }
  await finish(place)
  const { counts } = takeCensus(place)
  for (const name of backedUp) renameSync(join(place, name), join(folder, name))
  await syncPath(folder)
  rmSync(place, { recursive: true, force: true })
  await syncPath(folder)
  return ok({ manifest: unpacked.value, counts })
}

function placeOf(folder: string): string {
  return join(folder, 'restoring')
}

/** The folder was empty when the restore began, so that all in it is the restore's. The mark goes last. */
function removeRemains(folder: string): void {
  for (const name of backedUp) for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `${name}${ending}`), { force: true })
  rmSync(placeOf(folder), { recursive: true, force: true })
}

import { dirname } from 'node:path'
import { bringErasures, type Erasure } from '../access/erasure.ts'
import { auditRestore, endRestoredSessions, readIdSecret } from '../access/restored.ts'
import { auditNameOf, backupFolderOf, openBackup } from '../archive/backup-folder.ts'
import { type BackupFacts, Backups, explainUnknown, findBackup, type VerifiedBackup, verifiedOf } from '../archive/backups.ts'
import { demandErasures, readErasures } from '../archive/erasure-hash.ts'
import type { Manifest } from '../archive/manifest.ts'
import { restoreBackup } from '../archive/restore.ts'
import { systemClock } from '../base/clock.ts'
import { tellingFullDisk } from '../base/free-disk.ts'
import { lockFolder } from '../base/lock.ts'
import type { Result } from '../base/result.ts'
import { foldLog } from '../base/sqlite-copy.ts'
import type { Settings } from '../config.ts'
import { drainJournal } from '../consumer/drain.ts'
import { noteRestored } from '../consumer/pocketbase/contact.ts'
import { openStoreWriter } from '../store/writer.ts'
import { eraseFolder } from './erase.ts'
import { pathsIn } from './folder.ts'

/** What a backup holds, for whoever asked to prove or restore it. */
export type BackupReport = { readonly name: string; readonly madeAt: string; readonly service: string; readonly counts: Manifest['counts'] }

/**
 * Unpacks a backup and compares everything in it. Takes no lock: it only reads what exists. Tells what came of it, for the audit. Throws with a sentence
 * for the operator.
 */
export async function verifyBackup(
  { dataDir }: Settings,
  name: string,
  note: (done: VerifiedBackup) => Promise<void>,
): Promise<BackupReport> {
  const backups = new Backups({ folder: dataDir, whileHeld: (work) => work() })
  const verified = await backups.verify(name)
  if (backups.find(name) !== undefined) await note(verifiedOf(name, verified.ok))
  if (!verified.ok) throw new Error(`${name} is no backup to rely on: ${verified.fault}`)
  return reportOf(name, verified.value)
}

/** The backups of a data folder, without opening it: it may have lost its databases, and a file that is made in it would keep a restore out. */
export function listBackups({ dataDir }: Settings): Result<readonly BackupFacts[], string> {
  return new Backups({ folder: dataDir, whileHeld: (work) => work() }).list()
}

/** What is in the folder after a restore: events that waited were taken in, and what was erased since the backup is erased again. `held` is what lay in the backup. */
export type RestoreReport = BackupReport & { readonly held: Manifest['counts'] }

/** How a backup is restored. */
export type RestoreChoice = {
  /** An empty folder other than the data folder. */
  readonly folder?: string | undefined
  /** The operator knows that the list of erasures is missing. One that is there is heeded all the same. */
  readonly withoutErasures?: boolean | undefined
}

/**
 * Puts a backup into the data folder, or into another one that is empty. Events that waited in its journal are consumed, everybody is signed out, and what
 * PocketBase has is joined at the next start before anything is sent there. Throws with a sentence for the operator.
 */
export function restoreFromBackup(settings: Settings, name: string, choice: RestoreChoice = {}): Promise<RestoreReport> {
  return tellingFullDisk(choice.folder ?? settings.dataDir, () => restoreHeld(settings, name, choice))
}

async function restoreHeld(
  { dataDir, pbUrl }: Settings,
  name: string,
  { folder = dataDir, withoutErasures = false }: RestoreChoice,
): Promise<RestoreReport> {
  const path = findBackup(dataDir, name)
  if (path === undefined) throw new Error(explainUnknown(dataDir, name))
  const places = [dirname(path), backupFolderOf(dataDir)] as const
  if (!withoutErasures) demandErasures(places)
  const later = places.flatMap(readErasures)
  const lock = lockFolder(folder)
  if (!lock.ok) throw new Error(lock.fault.message)
  try {
    const restored = await restoreBackup({
      backup: openBackup(path),
      folder,
      finish: async (unpacked) => finishRestore(unpacked, { name: auditNameOf(path), later, isMirrored: pbUrl !== undefined }),
    })
    if (!restored.ok) throw new Error(`nothing was restored: ${restored.fault}`)
    const { manifest, counts } = restored.value
    return { ...reportOf(name, manifest), counts, held: manifest.counts }
  } finally {
    lock.value.release()
  }
}

type Restoring = { readonly name: string; readonly later: readonly Erasure[]; readonly isMirrored: boolean }

function finishRestore(folder: string, { name, later, isMirrored }: Restoring): void {
  const { journalPath, storePath, accessPath } = pathsIn(folder)
  endRestoredSessions(accessPath)
  auditRestore(accessPath, name, systemClock.now())
  const store = openStoreWriter(storePath)
  try {
    drainJournal(journalPath, store, systemClock)
    noteRestored(store)
    store.checkpoint()
  } finally {
    store.close()
  }
  const erasures = bringErasures(accessPath, later)
  if (erasures.length > 0) eraseFolder({ ...pathsIn(folder), erasures, secret: readIdSecret(accessPath), isMirrored })
  for (const path of [journalPath, storePath, accessPath]) foldLog(path)
}

function reportOf(name: string, { done_at: madeAt, service, counts }: Manifest): BackupReport {
  return { name, madeAt, service, counts }
}

import { writeAudit } from '../archive/audit-row.ts'
import { Backups } from '../archive/backups.ts'
import { Erasures } from '../archive/erasures.ts'
import { writeExport } from '../archive/export.ts'
import { systemClock } from '../base/clock.ts'
import { tellingFullDisk } from '../base/free-disk.ts'
import { silentLog } from '../base/log.ts'
import { err, type Result } from '../base/result.ts'
import type { Settings } from '../config.ts'
import { previewRetired, type RetentionPreviewQuestion } from '../consumer/retention.ts'
import { countOldTraces, type TraceCountQuestion } from '../consumer/trace-age.ts'
import type { Desk } from '../http/control/control.ts'
import type { Superuser } from '../http/control/control-inspect.ts'
import { createDesk } from '../http/control/desk.ts'
import { prepareRecord } from '../ingest/prepare-record.ts'
import { checkStoreFile } from '../store/check.ts'
import type { RollupCheck } from '../store/rollup/check.ts'
import { checkSegmentFile, type SegmentCheck } from '../store/segment/check.ts'
import { alertDeskOf } from './alert.ts'
import { examine, examineOutside, inspectDeskOf } from './doctor.ts'
import { eraseFolder } from './erase.ts'
import { openFolder, originOf, pathsOf, pocketbaseAccessOf, pocketbaseOf } from './folder.ts'
import { folderImportOf } from './import.ts'
import { previewRetention } from './task-store.ts'

export { lookAtStore } from './compare.ts'
export { lookAtErased } from './erased.ts'
export { exportFolder, faultOfAct, faultOfFilter } from './export.ts'
export { publishFolder } from './publish.ts'
export { examine, examineOutside, writeAudit, writeExport }

/** Takes the data folder for one command and does by itself what a running server would do for an operator. */
export async function openDesk(settings: Settings): Promise<Desk & AsyncDisposable> {
  const folder = openFolder(settings)
  const { writer } = folder
  const source = {
    parked: async (limit: number) => writer.parked(limit),
    parkedCount: async () => writer.parkedCount(),
    replay: async () => writer.replay(),
  }
  const origin = originOf(settings, settings.listenAddr.port)
  const alerts = alertDeskOf(settings, folder.access, () => origin)
  const backups = new Backups({ folder: settings.dataDir, whileHeld: (work) => work() }) // Nothing is consumed without a service.
  const isMirrored = settings.pbUrl !== undefined
  const erasures = new Erasures({
    book: folder.access.erasures,
    secret: folder.access.idSecret,
    clock: systemClock,
    folder: settings.dataDir,
    erase: async (pending) => eraseFolder({ ...pathsOf(settings), erasures: pending, secret: folder.access.idSecret, isMirrored }),
    isMirrored: () => !isMirrored,
  })
  const imports = folderImportOf(settings, folder.access, { storePath: pathsOf(settings).storePath, letGo: () => writer.close() })
  const desk = createDesk({
    access: folder.access,
    clock: systemClock,
    alerts,
    inspect: inspectDeskOf(settings),
    imports,
    source,
    backups,
    erasures,
    preview: async () => (settings.retentionEnabled ? previewFolder(settings, folder) : undefined),
    folder: settings.dataDir,
    origin,
  })
  async function close(): Promise<void> {
    await imports[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  }
  return { ...desk, [Symbol.asyncDispose]: close }
}

/** What retention would remove if the service were started: runs that were due meanwhile are due then. */
function previewFolder(settings: Settings, { writer, access }: ReturnType<typeof openFolder>) {
  const now = systemClock.now()
  const dueAt = (timer: string) => Math.max(now, access.timerStates.find(timer)?.dueAt ?? now)
  const thread = {
    countOldTraces: async (question: TraceCountQuestion) => countOldTraces(writer, question),
    previewRetired: async (question: RetentionPreviewQuestion) => previewRetired(writer, question),
  }
  return previewRetention(settings, { thread: async () => thread }, { runs: dueAt('runs'), traces: dueAt('traces') })
}

/** Makes the PocketBase of the settings ready for runs. Gives what was changed, a sentence each. */
export async function setupPocketBase(
  settings: Settings,
  superuser: Superuser,
  admitsMembers = false,
): Promise<Result<readonly string[], { readonly message: string }>> {
  const { setupPocketBase } = await import('../consumer/pocketbase/setup.ts')
  const access = pocketbaseAccessOf(settings)
  if (access === undefined) return err({ message: 'PB_URL is not set' })
  return setupPocketBase({
    access,
    targetCollection: settings.pbTargetCollection,
    superuser,
    admitsMembers,
    clock: systemClock,
    log: silentLog, // The command says in words what its log would.
  })
}

/** Takes the data folder and joins every record of PocketBase into the store. Throws with a message for the operator when that cannot be done. */
export function rebuildFromPocketBase(settings: Settings, report: (progress: Progress) => void): Promise<Progress> {
  return tellingFullDisk(settings.dataDir, () => rebuildHeld(settings, report))
}

async function rebuildHeld(settings: Settings, report: (progress: Progress) => void): Promise<Progress> {
  const { createPocketBaseClient } = await import('../consumer/pocketbase/client.ts')
  const { instanceFrom } = await import('../consumer/pocketbase/contact.ts')
  const { rebuildFromPocketBase } = await import('../consumer/pocketbase/rebuild.ts')
  await using folder = openFolder(settings)
  const pocketbase = pocketbaseOf(settings, folder.access)
  if (pocketbase === undefined) throw new Error('PB_URL is not set')
  let last: Progress = { done: 0, total: 0 }
  const rebuilt = await rebuildFromPocketBase({
    store: folder.writer,
    client: createPocketBaseClient(pocketbase.access, systemClock, folder.log),
    place: { url: pocketbase.access.url, collection: pocketbase.collection },
    prepare: (fields) => prepareRecord(fields, pocketbase),
    newId: () => instanceFrom(pocketbase.idSecret),
    clock: systemClock,
    onProgress: (done, total) => {
      last = { done, total }
      report(last)
    },
  })
  if (!rebuilt.ok) throw new Error(rebuilt.fault.message)
  folder.writer.checkpoint()
  const erasures = folder.access.erasures.all() // What was erased here may have come back from there.
  folder.access.erasures.reopen() // PocketBase has to be told again, and tombstones go after that.
  if (erasures.length > 0) eraseFolder({ ...pathsOf(settings), erasures, secret: folder.access.idSecret, isMirrored: true })
  folder.access.audit.add({ at: systemClock.now(), actor: 'cli', act: 'store_rebuild', subject: 'pocketbase', count: last.done })
  return last
}

export { listBackups, restoreFromBackup, verifyBackup } from './backup.ts'

/** Counts all runs of the data folder again and compares the roll-ups. Takes no lock: it only reads, also beside a running server. */
export async function checkRollups(settings: Settings): Promise<RollupCheck> {
  return checkStoreFile(pathsOf(settings).storePath)
}

/** Makes the packed columns of all runs again and compares them. Takes no lock, like the other check. */
export async function checkSegments(settings: Settings): Promise<SegmentCheck> {
  return checkSegmentFile(pathsOf(settings).storePath)
}

type Progress = { readonly done: number; readonly total: number }

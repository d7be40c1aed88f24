import { accessSync, constants, statSync } from 'node:fs'
import type { Standing } from '../access/standing.ts'
import { type Backup, backupFolderOf, findFolderFault, listBackups } from '../archive/backup-folder.ts'
import { findDamage } from '../archive/damage.ts'
import { clockSlackMs, systemClock } from '../base/clock.ts'
import { nextMoment } from '../base/cron.ts'
import { readDisk } from '../base/free-disk.ts'
import { isDamage } from '../base/sqlite.ts'
import type { Settings } from '../config.ts'
import type { PartView } from '../page/system/system-view.ts'
import { checkStoreFile } from '../store/check.ts'
import { checkFiles } from '../store/check-thread.ts'
import { checkSegmentFile } from '../store/segment/check.ts'
import { examineOwners, isOpenable } from './doctor-owner.ts'

const gigabyte = 1024 ** 3

/** Whether something lies at a path. */
export function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Folder and files are for the service's user alone. */
export function examineRights(paths: readonly string[]): readonly PartView[] {
  const [folder = '', ...files] = paths
  if (!isThere(folder)) return [{ name: 'folder', state: 'odd', text: `${folder} is not there yet`, todo: 'The first start makes it.' }]
  const foreign = examineOwners(folder, files)
  const open = paths.filter((path) => (statSync(path).mode & 0o077) !== 0)
  if (open.length + foreign.length === 0)
    return [{ name: 'permissions', state: 'good', text: 'folder and files are for their owner alone' }]
  const readable = open.map(
    (path): PartView => ({ name: 'permissions', state: 'bad', text: `others may read or write ${path}`, todo: `chmod go= ${path}` }),
  )
  return [...foreign, ...readable]
}

/** Whether the disk has room. */
export async function examineDisk(folder: string): Promise<PartView> {
  const disk = await readDisk(folder)
  if (disk === undefined) return { name: 'disk', state: 'odd', text: 'cannot be looked at' }
  const free = disk.freeBytes
  const share = free / Math.max(1, disk.totalBytes)
  const text = `${(free / gigabyte).toFixed(1)} GB free, ${Math.round(share * 100)} %`
  if (free < gigabyte / 4) return { name: 'disk', state: 'bad', text, todo: 'Make room: at the end of it events are answered with 503.' }
  return share < 0.05 ? { name: 'disk', state: 'odd', text, todo: 'Make room soon.' } : { name: 'disk', state: 'good', text }
}

/** Whether the log can be written to its files. */
export function examineLogs({ logDir }: Settings): PartView {
  const name = 'log files'
  if (logDir === undefined) return { name, state: 'off', text: 'the log goes to stdout alone' }
  if (!isThere(logDir)) return { name, state: 'odd', text: `${logDir} is not there`, todo: 'The next line of the service’s log makes it.' }
  try {
    accessSync(logDir, constants.W_OK | constants.X_OK)
    if (statSync(logDir).isDirectory()) return { name, state: 'good', text: `${logDir} can be written to` }
    return { name, state: 'bad', text: `${logDir} is no folder`, todo: 'Set another LOG_DIR.' }
  } catch {
    return {
      name,
      state: 'bad',
      text: `${logDir} cannot be written to`,
      todo: 'Give this user the right to write there, or set another LOG_DIR.',
    }
  }
}

/** The clock against the last entry in the folder, and the last write to its files. */
export function examineClock({ newestAt: notedAt }: Standing, files: readonly string[]): PartView {
  const written = files.flatMap((path) => [path, `${path}-wal`]).map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  const newestAt = Math.max(notedAt, ...written)
  const behindMs = newestAt - systemClock.now()
  if (behindMs < clockSlackMs) return { name: 'clock', state: 'good', text: 'is not behind what was written last' }
  const text = `is ${Math.ceil(behindMs / 1_000)} seconds behind what was written at ${new Date(newestAt).toISOString()}`
  return {
    name: 'clock',
    state: 'bad',
    text,
    todo: 'Time ran backwards: let the machine keep it by NTP. Timers wait until it is caught up.',
  }
}

/** Whether a database is damaged. Reads all of it, in a thread of its own. */
export async function examineFile(path: string): Promise<PartView> {
  const isWhole = await checkFiles([path], new AbortController().signal).then(
    () => true,
    () => false,
  )
  if (isWhole) return { name: 'integrity', state: 'good', text: `${path} is whole` }
  if (!isOpenable(path)) {
    const todo = 'Its owner and rights, and those of its folder, are what to mend: see permissions. No backup is needed for that.'
    return { name: 'integrity', state: 'bad', text: `${path} cannot be opened by this user`, todo }
  }
  return {
    name: 'integrity',
    state: 'bad',
    text: `${path} is damaged`,
    todo: 'Put the newest backup back: `telemetry-service backup list` names it, `telemetry-service backup restore NAME` takes it. A store of which PocketBase has every run can also be made again by `telemetry-service rebuild --from pocketbase`; see docs/operations.md under "A file is damaged".',
  }
}

/** Whether sums and columns agree with all runs. */
export async function examineSums(storePath: string): Promise<readonly PartView[]> {
  try {
    const [rollups, segments] = [await checkStoreFile(storePath), await checkSegmentFile(storePath)]
    return [
      sumsFinding('roll-ups', rollups.differing, 'doctor rollups'),
      sumsFinding('column segments', segments.differing, 'doctor segments'),
    ]
  } catch (cause) {
    const todo = isDamage(cause) ? 'The file is damaged: see integrity.' : 'Start the service once: it brings an older store up to date.'
    return [{ name: 'roll-ups', state: 'bad', text: 'the store cannot be read as it is', todo }]
  }
}

function sumsFinding(name: string, differing: number, command: string): PartView {
  if (differing === 0) return { name, state: 'good', text: 'agree with all runs' }
  return { name, state: 'bad', text: `${differing} numbers differ`, todo: `telemetry-service ${command} names them; please report it.` }
}

/** The newest backup: its age against the schedule, how the last scheduled one went, and, where asked for, every byte of its files. */
export async function examineBackups(settings: Settings, { backup }: Standing, readsAll: boolean): Promise<PartView> {
  const name = 'backups'
  const folderFault = findFolderFault(settings.dataDir)
  if (folderFault !== undefined) return { name, state: 'bad', ...folderFault }
  const newest = listBackups(backupFolderOf(settings.dataDir)).at(-1)
  if (newest === undefined) return explainMissing(settings)
  const damage = readsAll ? await findDamage(newest) : faultOf(newest)
  if (damage !== undefined) {
    const todo = 'telemetry-service backup create makes another one; look at the disk it lies on.'
    return { name, state: 'bad', text: `${newest.name}: ${damage}`, todo }
  }
  if (backup?.result === 'failed') {
    const todo = 'The log says why ("timer failed"); telemetry-service backup create shows it at once.'
    return { name, state: 'bad', text: `the newest is ${newest.name}; the last scheduled one failed`, todo }
  }
  if (isLate(settings, newest)) {
    const text = `the newest is ${newest.name}, and the next one is overdue`
    return { name, state: 'odd', text, todo: 'Is the service running? telemetry-service backup create makes one.' }
  }
  const proof = backup !== undefined && backup.doneAt >= madeAtOf(newest) ? ', proved' : ''
  return { name, state: 'good', text: `the newest is ${newest.name}${proof}` }
}

function explainMissing({ backupCron }: Settings): PartView {
  if (backupCron === 'off')
    return { name: 'backups', state: 'off', text: 'there is none', todo: 'Set BACKUP_CRON, or copy the data yourself.' }
  const todo = 'telemetry-service backup create makes the first at once.'
  return { name: 'backups', state: 'odd', text: `there is none yet; one is due by ${backupCron} (UTC)`, todo }
}

/** Whether two moments of the schedule have passed since it was made: one may just be under way. */
function isLate({ backupCron }: Settings, newest: Backup): boolean {
  if (backupCron === 'off') return false
  return nextMoment(backupCron, nextMoment(backupCron, madeAtOf(newest))) < systemClock.now()
}

function madeAtOf({ manifest }: Backup): number {
  return manifest.ok ? Date.parse(manifest.value.done_at) : 0
}

function faultOf({ manifest }: Backup): string | undefined {
  return manifest.ok ? undefined : manifest.fault
}

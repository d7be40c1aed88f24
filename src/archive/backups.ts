import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Caller } from '../base/call.ts'
import { err, ok, type Result } from '../base/result.ts'
import {
  auditNameOf,
  type Backup,
  backupFolderOf,
  explainFolderFault,
  findFolderFault,
  listBackups,
  removeOldBackups,
} from './backup-folder.ts'
import type { MadeBackup } from './copy-folder.ts'
import type { Manifest } from './manifest.ts'
import type { ArchiveHandlers } from './worker.ts'

/** What was done with a backup, as the audit says it. */
export type BackupDone = CreatedBackup | VerifiedBackup
type CreatedBackup = { readonly act: 'backup_create'; readonly subject: string }
export type VerifiedBackup = { readonly act: 'backup_verify'; readonly subject: string }

export type BackupsParts = {
  readonly folder: string
  /** Runs the work while nothing is consumed; what is not served needs no pause. */
  readonly whileHeld: <Value>(work: () => Promise<Value>) => Promise<Value>
}

/** A backup as lists show it. `fault` says what is wrong with it, as far as its manifest tells. */
export type BackupFacts = {
  readonly name: string
  readonly bytes: number
  readonly runs: number
  readonly madeAt: string
  readonly fault?: string
}

/** The backups of one data folder. One thing at a time is done with them. */
export class Backups {
  readonly #parts: BackupsParts
  readonly #into: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: BackupsParts) {
    this.#parts = parts
    this.#into = backupFolderOf(parts.folder)
  }

  /** All there are, also the damaged ones. The fault is a sentence for the operator. */
  list(): Result<readonly BackupFacts[], string> {
    const fault = findFolderFault(this.#parts.folder)
    return fault === undefined ? ok(listBackups(this.#into).map(factsOf)) : err(explainFolderFault(fault))
  }

  /** Makes one. Once the signal ends it, what was made so far counts for nothing. */
  create(signal?: AbortSignal): Promise<Result<MadeBackup, string>> {
    return this.alone(() => this.#withThread(signal, (thread) => this.#copy(thread)))
  }

  /** Unpacks one and compares everything in it. `name` is one of the list, or the path of a folder. */
  verify(name: string, signal?: AbortSignal): Promise<Result<Manifest, string>> {
    return this.alone(async () => {
      const path = this.find(name)
      return path === undefined
        ? err(explainUnknown(this.#parts.folder, name))
        : this.#withThread(signal, (thread) => thread.call('prove', path))
    })
  }

  /** Makes one, proves it, and only then removes all but the newest. Throws with a sentence for the operator where that fails. */
  async createProved(
    keep: number,
    { signal, note }: { readonly signal: AbortSignal; readonly note: (done: BackupDone) => void },
  ): Promise<MadeBackup> {
    const made = await this.create(signal)
    note(createdOf(made))
    if (!made.ok) throw new Error(made.fault)
    const proved = await this.verify(made.value.name, signal)
    note(verifiedOf(made.value.name, proved.ok))
    if (!proved.ok) throw new Error(`the backup ${made.value.name} was made and could not be proved: ${proved.fault}`)
    removeOldBackups(this.#into, keep)
    return made.value
  }

  /** The folder of a backup by its name or its path. */
  find(name: string): string | undefined {
    return findBackup(this.#parts.folder, name)
  }

  /** Runs work once nothing else is done with the backups, and lets nothing begin before it ends. */
  alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const run = this.#last.then(work)
    this.#last = run.catch(() => undefined)
    return run
  }

  async #copy(thread: Caller<ArchiveHandlers>): Promise<Result<MadeBackup, string>> {
    const { folder, whileHeld } = this.#parts
    const fault = findFolderFault(folder)
    if (fault !== undefined) return err(explainFolderFault(fault))
    const copy = await whileHeld(() => thread.call('copy', { folder, into: this.#into }))
    return copy.ok ? ok(await thread.call('pack', copy.value)) : copy
  }

  async #withThread<Value>(signal: AbortSignal | undefined, work: (thread: Caller<ArchiveHandlers>) => Promise<Value>): Promise<Value> {
    const thread = new Caller<ArchiveHandlers>({ path: 'archive/worker' })
    const end = () => thread.terminate()
    signal?.addEventListener('abort', end)
    try {
      return await work(thread)
    } finally {
      signal?.removeEventListener('abort', end)
      thread.terminate()
    }
  }
}

/** That one was made, or could not be. */
export function createdOf(made: Result<{ readonly name: string }, string>): CreatedBackup {
  return { act: 'backup_create', subject: made.ok ? made.value.name : 'failed' }
}

/** That one was looked through, and how it is. */
export function verifiedOf(name: string, isWhole: boolean): VerifiedBackup {
  return { act: 'backup_verify', subject: `${auditNameOf(name)}:${isWhole ? 'whole' : 'damaged'}` }
}

/** The folder of a backup: one of the data folder by its name, or any by its path. */
export function findBackup(dataFolder: string, name: string): string | undefined {
  return [join(backupFolderOf(dataFolder), name), name].find((path) => existsSync(path))
}

/** Why no backup is found under a name: to who may not look into their folder, none is there. */
export function explainUnknown(dataFolder: string, name: string): string {
  const fault = findFolderFault(dataFolder)
  return fault === undefined
    ? `there is no backup ${name}: \`telemetry-service backup list\` names those of DATA_DIR`
    : explainFolderFault(fault)
}

function factsOf({ name, manifest }: Backup): BackupFacts {
  if (!manifest.ok) return { name, bytes: 0, runs: 0, madeAt: '', fault: manifest.fault }
  const { files, counts, done_at: madeAt } = manifest.value
  return { name, bytes: files.reduce((sum, { packed }) => sum + packed.bytes, 0), runs: counts.runs, madeAt }
}

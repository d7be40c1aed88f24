import { mkdirSync } from 'node:fs'
import type { Erasure, ErasureBook } from '../access/erasure.ts'
import { type Clock, dayMs } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Erased } from '../store/erase.ts'
import { backupFolderOf, findFolderFault, listBackups } from './backup-folder.ts'
import { erasuresOf, keepErasures } from './erasure-hash.ts'

export type ErasuresParts = {
  readonly book: ErasureBook
  readonly secret: Uint8Array
  readonly clock: Clock
  /** The data folder. */
  readonly folder: string
  /** Removes the runs of erasures, and every byte of them. */
  readonly erase: (erasures: readonly Erasure[]) => Promise<Erased>
  /** Whether a mirror has every change, or there is none. */
  readonly isMirrored: () => boolean
}

/** How long an erasure is remembered at the least: copies of backups may lie elsewhere. */
const keptMs = 400 * dayMs

/** Runs of random ids that go for good. What was asked for is on disk before anything is done, and done again until it is through. */
export class Erasures {
  readonly #parts: ErasuresParts
  #running: Promise<number> = Promise.resolve(0)
  #awaitsMirror = false

  constructor(parts: ErasuresParts) {
    this.#parts = parts
  }

  /**
   * Notes that all runs of an id that a tenant has now are to go. On disk when this resolves; `run` does it. Nothing tells whether there are any. Notes nothing
   * where they could not be kept beside the backups, and says why.
   */
  async request(tenant: string, randomId: string, actor: string): Promise<Result<void, string>> {
    const { book, secret, clock, folder } = this.#parts
    const backups = backupFolderOf(folder)
    const fault = findFolderFault(folder)
    if (fault !== undefined) return err(fault.text)
    mkdirSync(backups, { recursive: true, mode: 0o700 })
    book.add(erasuresOf(tenant, randomId, { secret, at: clock.now() }), { actor, tenant })
    await keepErasures(backups, book.all())
    this.#awaitsMirror = false
    return ok(undefined)
  }

  /** Erases what was asked for and is not through. Gives the number of runs that went. */
  run(): Promise<number> {
    this.#running = this.#running.catch(() => 0).then(() => this.#run())
    return this.#running
  }

  async #run(): Promise<number> {
    const { book, clock, folder, erase, isMirrored } = this.#parts
    const backups = backupFolderOf(folder)
    // Backups that cannot be seen may be of any age: nothing is forgotten then.
    if (findFolderFault(folder) === undefined) book.trim(Math.min(clock.now() - keptMs, ...listBackups(backups).map(timeOf)))
    const pending = book.pending()
    if (pending.length === 0 || (this.#awaitsMirror && !isMirrored())) return 0
    const { removed, left } = await erase(pending)
    this.#awaitsMirror = left > 0
    if (left === 0) book.finish(pending, clock.now())
    return removed
  }
}

/** When a backup was begun, by its name. */
function timeOf({ name }: { readonly name: string }): number {
  return Date.parse(name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'))
}

import { Caller } from '../base/call.ts'
import { err, ok, type Result } from '../base/result.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import type { Body, IngestPolicy } from './door.ts'
import { packBodies } from './parcel.ts'
import type { PreparedGroup } from './prepare-group.ts'
import type { PrepareHandlers } from './worker.ts'

/** Bytes of bodies that are with the thread. Beyond it ingest answers 503 rather than fill the memory. */
const bytesUnderWayMax = 32 * 1024 * 1024
const tooBusy = err(refusal('too_busy', 'body', 'waiting'))

/** `onDeath` is told that the thread died; what it had has failed, and the next body starts another. */
export type PrepareThreadOptions = {
  readonly policy: IngestPolicy
  readonly onDeath: (fault: Error) => void
  /** The thread's program, as `startWorker` takes it. */
  readonly workerPath?: string
}

/** The preparing thread as the main thread sees it. Whoever serves starts it ahead; one that died is started again by the next body. */
export class PrepareThread {
  readonly #options: PrepareThreadOptions
  #caller: Caller<PrepareHandlers> | undefined
  #bytesUnderWay = 0

  constructor(options: PrepareThreadOptions) {
    this.#options = options
  }

  /** Starts the thread and lets it warm up, so that the first logs do not wait for either. */
  start(): void {
    this.#started()
  }

  /** Prepares bodies in their order. Refuses all of them when too many bytes wait already; rejects when the thread died. */
  async prepare(bodies: readonly Body[]): Promise<Result<PreparedGroup, Refusal>> {
    const length = bodies.reduce((sum, { bytes }) => sum + bytes.length, 0)
    if (this.#bytesUnderWay > 0 && this.#bytesUnderWay + length > bytesUnderWayMax) return tooBusy
    this.#bytesUnderWay += length
    try {
      const parcel = packBodies(bodies)
      return ok(await this.#started().hand('prepare', parcel, [parcel.bytes.buffer]))
    } finally {
      this.#bytesUnderWay -= length
    }
  }

  close(): void {
    this.#caller?.terminate()
  }

  #started(): Caller<PrepareHandlers> {
    if (this.#caller !== undefined && !this.#caller.isDead) return this.#caller
    const { policy, onDeath, workerPath } = this.#options
    const caller = new Caller<PrepareHandlers>({ path: workerPath ?? 'ingest/worker', onDeath })
    caller.call('open', policy).catch(() => undefined) // Fails only with the thread, which `onDeath` is told.
    this.#caller = caller
    return caller
  }
}

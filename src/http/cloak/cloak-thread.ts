import { Caller } from '../../base/call.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { busy, type CloakFault } from './fault.ts'
import type { DocxTask, Task, Worked } from './work.ts'
import type { CloakHandlers, ThreadSettings } from './worker.ts'

/** Bytes of bodies that are with the thread, and how many of them. Beyond either a client is asked to come again. */
const bytesUnderWayMax = 32 * 1024 * 1024
const bodiesUnderWayMax = 250

const tooBusy = err(busy('body', 'too_many_at_once'))

export type CloakThreadOptions = {
  readonly settings: ThreadSettings
  /** Told that the thread died; what it had has failed, and the next body starts another. */
  readonly onDeath: (fault: Error) => void
}

/** The cloaking thread as the main thread sees it: started by the first body, so that who never cloaks pays nothing. */
export class CloakThread {
  readonly #options: CloakThreadOptions
  #caller: Caller<CloakHandlers> | undefined
  #bytesUnderWay = 0
  #bodiesUnderWay = 0

  constructor(options: CloakThreadOptions) {
    this.#options = options
  }

  /** Answers a body. Refused when too much waits already; rejects when the thread died. */
  work(task: Task, bytes: Uint8Array): Promise<Result<Worked, CloakFault>> {
    return this.#counted(bytes.length, (caller) => caller.call('work', { task, bytes }))
  }

  /** The same for a document. */
  workDocx(task: DocxTask): Promise<Result<Worked, CloakFault>> {
    return this.#counted(task.bytes.length, (caller) => caller.call('workDocx', task))
  }

  async #counted(length: number, ask: (caller: Caller<CloakHandlers>) => Promise<Worked>): Promise<Result<Worked, CloakFault>> {
    const isFull = this.#bytesUnderWay + length > bytesUnderWayMax || this.#bodiesUnderWay >= bodiesUnderWayMax
    if (this.#bodiesUnderWay > 0 && isFull) return tooBusy
    this.#bytesUnderWay += length
    this.#bodiesUnderWay += 1
    try {
      return ok(await ask(this.#started()))
    } finally {
      this.#bytesUnderWay -= length
      this.#bodiesUnderWay -= 1
    }
  }

  close(): void {
    this.#caller?.terminate()
  }

  #started(): Caller<CloakHandlers> {
    if (this.#caller !== undefined && !this.#caller.isDead) return this.#caller
    const { settings, onDeath } = this.#options
    const caller = new Caller<CloakHandlers>({ path: 'http/cloak/worker', onDeath })
    caller.call('open', settings).catch(() => undefined) // Fails only with the thread, which `onDeath` is told.
    this.#caller = caller
    return caller
  }
}

import { Caller } from '../base/call.ts'
import type { ReaderHandlers } from './reader-worker.ts'

/** What every asker is told while the thread cannot start: the next start is tried after this long. */
const restartMs = 1_000

/**
 * One thread that reads the store. It starts with its first call, also while the store is not ready yet, so that its program is there by then; one that
 * dies fails the calls it had, and the next call starts another.
 */
export class ReaderThread {
  readonly #path: string
  readonly #ready: Promise<void>
  readonly #onDeath: (fault: Error) => void
  #thread: Caller<ReaderHandlers> | undefined
  #opening: Promise<void> | undefined
  #diedAt = Number.NEGATIVE_INFINITY
  #outstanding = 0
  #isReady = false

  /** `path` is a store that its writer has opened once `ready` resolves. `onDeath` is told each time the thread dies. */
  constructor(path: string, onDeath: (fault: Error) => void, ready: Promise<void>) {
    this.#path = path
    this.#ready = ready
    this.#onDeath = onDeath
  }

  /** Calls that are not answered yet. */
  get outstanding(): number {
    return this.#outstanding
  }

  /** Rejects with the thrower's message, and at once while no thread can be started. */
  async call<Method extends keyof ReaderHandlers & string>(
    method: Method,
    ...argument: Parameters<ReaderHandlers[Method]>
  ): Promise<Awaited<ReturnType<ReaderHandlers[Method]>>> {
    this.#outstanding += 1
    try {
      const thread = this.#thread === undefined || this.#thread.isDead ? this.#start() : this.#thread
      await this.#opening
      return await thread.call(method, ...argument)
    } finally {
      this.#outstanding -= 1
    }
  }

  /** Closes the connection and ends the thread; outstanding calls are answered first, or fail where the store is not ready. */
  async close(): Promise<void> {
    const thread = this.#thread
    if (thread === undefined || thread.isDead) return
    if (this.#isReady) {
      await this.#opening?.catch(() => undefined)
      await thread.call('close').catch(() => undefined)
    }
    this.#thread = undefined // What is asked meanwhile goes to another one.
    thread.terminate()
  }

  #start(): Caller<ReaderHandlers> {
    if (performance.now() - this.#diedAt < restartMs) throw new Error('the reading thread died a moment ago')
    const thread = new Caller<ReaderHandlers>({ path: 'store/reader-worker', isLarge: true, onDeath: (fault) => this.#mourn(fault) })
    this.#thread = thread
    this.#opening = this.#open(thread)
    this.#opening.catch((fault) => {
      if (thread.isDead) return
      thread.terminate()
      this.#mourn(fault instanceof Error ? fault : new Error('open store'))
    })
    return thread
  }

  async #open(thread: Caller<ReaderHandlers>): Promise<void> {
    await this.#ready
    this.#isReady = true
    await thread.call('open', this.#path)
  }

  #mourn(fault: Error): void {
    this.#diedAt = performance.now()
    this.#onDeath(fault)
  }
}

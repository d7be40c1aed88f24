import { Caller } from '../base/call.ts'
import type { ParkedRun } from '../store/port.ts'
import type { ConsumerNotice } from './consumer-notice.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { Engine, EngineStatus } from './engine.ts'
import type { RetentionPreviewQuestion, RetentionQuestion, Retired } from './retention.ts'
import type { ConsumerHandlers } from './serve-consumer.ts'
import type { GivenUp, StuckQuestion, TenantStuckQuestion } from './stuck.ts'
import type { TraceAgeQuestion, TraceCountQuestion, TracesRemoved } from './trace-age.ts'

export type ConsumerOptions = {
  readonly settings: ConsumerSettings
  readonly onNotice: (notice: ConsumerNotice) => void
  /** Told when the thread died. What it had not finished is still in the journal; opening another continues there. */
  readonly onDeath: (fault: Error) => void
}

/** The main thread's side of the consumer: journal to store, in a thread of its own. */
export class ConsumerThread {
  readonly #caller: Caller<ConsumerHandlers>
  #isTold = false
  #isToldAgain = false

  private constructor(caller: Caller<ConsumerHandlers>) {
    this.#caller = caller
  }

  /**
   * Opens journal and store, creating the store where there is none, and starts consuming. Rejects with the reason when that fails.
   * The first status is told before this resolves; what a companion says, only after whoever waits for this went on.
   */
  static async open({ settings, onNotice, onDeath }: ConsumerOptions): Promise<ConsumerThread> {
    const caller = new Caller<ConsumerHandlers>({
      path: 'app/consumer-worker',
      onNotice: (notice) => onNotice(notice as ConsumerNotice),
      onDeath,
    })
    try {
      await caller.call('open', settings)
      caller.call('start').catch(() => undefined) // A thread that died is reported by `onDeath`.
    } catch (fault) {
      caller.terminate()
      throw fault
    }
    return new ConsumerThread(caller)
  }

  /** Says that entries were appended. However often it is called, at most one message is under way. */
  appended(): void {
    if (this.#isTold) {
      this.#isToldAgain = true
      return
    }
    this.#isTold = true
    this.#caller
      .call('appended')
      .catch(() => undefined) // A thread that died is reported by `onDeath`.
      .finally(() => this.#answered())
  }

  /** Consumes nothing while the work is done. */
  async whileHeld<Value>(work: () => Promise<Value>): Promise<Value> {
    await this.#caller.call('hold')
    try {
      return await work()
    } finally {
      await this.#caller.call('release').catch(() => undefined) // A thread that died holds nothing.
    }
  }

  status(): Promise<EngineStatus> {
    return this.#caller.call('status')
  }

  parked(limit: number): Promise<readonly ParkedRun[]> {
    return this.#caller.call('parked', limit)
  }

  replay(): Promise<number> {
    return this.#caller.call('replay')
  }

  /** One step; see `giveUpStuck`. */
  giveUpStuck(question: StuckQuestion): Promise<GivenUp> {
    return this.#caller.call('giveUpStuck', question)
  }

  /** One step; see `removeOldTraces`. */
  removeOldTraces(question: TraceAgeQuestion): Promise<TracesRemoved> {
    return this.#caller.call('removeOldTraces', question)
  }

  /** One step; see `retireRuns`. */
  retireRuns(question: RetentionQuestion): Promise<Retired> {
    return this.#caller.call('retireRuns', question)
  }

  /** One step; see `Engine`. */
  crossDay(): Promise<ReturnType<Engine['crossDay']>> {
    return this.#caller.call('crossDay')
  }

  /** What the next look of retention would remove; nothing is changed. */
  previewRetired(question: RetentionPreviewQuestion): Promise<ReturnType<Engine['previewRetired']>> {
    return this.#caller.call('previewRetired', question)
  }

  /** One step of counting what `removeOldTraces` would remove. */
  countOldTraces(question: TraceCountQuestion): Promise<TracesRemoved> {
    return this.#caller.call('countOldTraces', question)
  }

  /** How many runs of a tenant would be given up now. */
  countStuck(question: TenantStuckQuestion): Promise<number> {
    return this.#caller.call('countStuck', question)
  }

  /** Resolves when the running batch is finished and durable and everything is closed. */
  async stop(): Promise<void> {
    if (this.#caller.isDead) return
    await this.#caller.call('stop')
    this.#caller.terminate()
  }

  #answered(): void {
    this.#isTold = false
    if (!this.#isToldAgain || this.#caller.isDead) return
    this.#isToldAgain = false
    this.appended()
  }
}

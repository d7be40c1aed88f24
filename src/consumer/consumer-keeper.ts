import type { Log } from '../base/log.ts'
import type { ConsumerNotice } from './consumer-notice.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { ConsumerThread } from './consumer-thread.ts'
import type { EngineStatus } from './engine.ts'

/** Pause before a thread that died is replaced: a fault that comes back at once must not keep a core busy. */
const restartMs = 1_000

/** Keeps a consumer thread running: one that dies is replaced and goes on where the last one's transactions ended. */
export class ConsumerKeeper {
  readonly #settings: ConsumerSettings
  readonly #log: Log
  #thread: ConsumerThread | undefined
  #status: EngineStatus | undefined
  #restart: ReturnType<typeof setTimeout> | undefined
  #isStopping = false

  private constructor(settings: ConsumerSettings, log: Log) {
    const { journalHead: _head, ...later } = settings // Counts for the first thread alone: what comes later was added by this process.
    this.#settings = later
    this.#log = log
  }

  /** Starts the first thread. Rejects with the reason when that fails. */
  static async open(settings: ConsumerSettings, log: Log): Promise<ConsumerKeeper> {
    const keeper = new ConsumerKeeper(settings, log)
    await keeper.#start(settings)
    return keeper
  }

  /** Says that entries were appended to the journal. */
  appended(): void {
    this.#thread?.appended()
  }

  /** What the thread said last, at most about a second ago; undefined while there is no thread. */
  status(): EngineStatus | undefined {
    return this.#thread === undefined ? undefined : this.#status
  }

  /** The thread itself, for questions. Rejects while there is none. */
  async thread(): Promise<ConsumerThread> {
    if (this.#thread === undefined) throw new Error('the store is not ready: it is being opened again')
    return this.#thread
  }

  /** Runs work while no thread has the store or reads the journal, which takes events meanwhile. A thread goes on afterwards, whatever became of the work. */
  async whileStopped<Value>(work: () => Promise<Value>): Promise<Value> {
    const thread = await this.thread()
    this.#thread = undefined
    await thread.stop()
    try {
      return await work()
    } finally {
      if (!this.#isStopping) await this.#start(this.#settings).catch((cause) => this.#mourn(cause))
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#restart)
    await this.#thread?.stop()
  }

  async #start(settings: ConsumerSettings): Promise<void> {
    this.#thread = await ConsumerThread.open({
      settings,
      onNotice: (notice) => this.#hear(notice),
      onDeath: (fault) => this.#mourn(fault),
    })
  }

  #hear(notice: ConsumerNotice): void {
    if (notice.kind === 'status') this.#status = notice.status
    else if (notice.kind === 'log') this.#log[notice.level](notice.facts, notice.message)
    else this.#log.error({ code: notice.code, seq: notice.seq }, notice.seq === undefined ? 'store is held up' : 'entry set aside')
  }

  #mourn(fault: Error): void {
    this.#thread = undefined
    if (this.#isStopping) return
    this.#log.error({ fault: fault.message }, 'consumer thread died, another one takes over')
    clearTimeout(this.#restart) // A thread that dies while it opens is told of twice, and two threads must never write to one store.
    this.#restart = setTimeout(() => this.#start(this.#settings).catch((cause) => this.#mourn(cause)), restartMs)
  }
}

import { Caller } from '../base/call.ts'
import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import type { RunId } from './port.ts'
import type {
  ErrorGroupFacts,
  RecordsPage,
  RecordsQuery,
  RunCountQuery,
  RunDetail,
  RunFamily,
  RunList,
  RunListQuery,
  RunView,
  Totals,
  TotalsQuery,
} from './reader-port.ts'
import type { ReaderHandlers } from './reader-worker.ts'

/** What every asker is told while the thread cannot start: the next start is tried after this long. */
const restartMs = 1_000

/**
 * Asks the store in a thread of its own, so that a slow page never holds up ingest. A thread that dies fails the calls it had;
 * the next call starts another.
 */
export class StoreReaderThread {
  readonly #path: string
  readonly #onDeath: (fault: Error) => void
  readonly #ready: Promise<void>
  #thread: Caller<ReaderHandlers> | undefined
  #opening: Promise<void> | undefined
  #diedAt = Number.NEGATIVE_INFINITY
  #isClosed = false

  /** `path` is a store that its writer has opened once `ready` resolves; questions wait for it. `onDeath` is told each time the thread dies. */
  constructor(path: string, onDeath: (fault: Error) => void, ready: Promise<void> = Promise.resolve()) {
    this.#path = path
    this.#onDeath = onDeath
    this.#ready = ready
  }

  async totals(query: TotalsQuery): Promise<Totals> {
    return (await this.#open()).call('totals', query)
  }

  async analyse(query: AnalysisQuery): Promise<Analysis> {
    return (await this.#open()).call('analyse', query)
  }

  async scriptFirstDays(tenant: string): Promise<ReadonlyMap<string, number>> {
    return (await this.#open()).call('scriptFirstDays', tenant)
  }

  async latest(tenant: string, limit: number): Promise<readonly RunView[]> {
    return (await this.#open()).call('latest', { tenant, limit })
  }

  async recordsPage(query: RecordsQuery, now: number): Promise<RecordsPage> {
    return (await this.#open()).call('recordsPage', { query, now })
  }

  async runList(query: RunListQuery): Promise<RunList> {
    return (await this.#open()).call('runList', query)
  }

  async countRuns(query: RunCountQuery): Promise<number> {
    return (await this.#open()).call('countRuns', query)
  }

  async record(id: RunId): Promise<RunDetail | undefined> {
    return (await this.#open()).call('record', id)
  }

  async recordsByRandomId(tenant: string, randomId: string): Promise<RunFamily | undefined> {
    return (await this.#open()).call('recordsByRandomId', { tenant, randomId })
  }

  async errorGroups(tenant: string, fingerprints: readonly string[]): Promise<readonly ErrorGroupFacts[]> {
    return (await this.#open()).call('errorGroups', { tenant, fingerprints })
  }

  async errorGroupSamples(tenant: string, fingerprint: string, limit: number): Promise<readonly RunView[]> {
    return (await this.#open()).call('errorGroupSamples', { tenant, fingerprint, limit })
  }

  async cursor(consumer: string): Promise<number> {
    return (await this.#open()).call('cursor', consumer)
  }

  /** Closes the connection and ends the thread; outstanding calls are answered first. */
  async close(): Promise<void> {
    this.#isClosed = true
    const thread = this.#thread
    if (thread === undefined || thread.isDead) return
    await this.#opening?.catch(() => undefined)
    await thread.call('close').catch(() => undefined)
    thread.terminate()
  }

  async #open(): Promise<Caller<ReaderHandlers>> {
    await this.#ready
    if (this.#isClosed) throw new Error('the reader is closed')
    const thread = this.#thread === undefined || this.#thread.isDead ? this.#start() : this.#thread
    await this.#opening
    return thread
  }

  #start(): Caller<ReaderHandlers> {
    if (performance.now() - this.#diedAt < restartMs) throw new Error('the reading thread died a moment ago')
    const thread = new Caller<ReaderHandlers>({ path: 'store/reader-worker', onDeath: (fault) => this.#mourn(fault) })
    this.#thread = thread
    this.#opening = thread.call('open', this.#path)
    this.#opening.catch((fault) => {
      if (thread.isDead) return
      thread.terminate()
      this.#mourn(fault instanceof Error ? fault : new Error('open store'))
    })
    return thread
  }

  #mourn(fault: Error): void {
    this.#diedAt = performance.now()
    this.#onDeath(fault)
  }
}

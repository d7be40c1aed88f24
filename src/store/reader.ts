import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import type { Totals } from './count/totals.ts'
import type { RunId } from './port.ts'
import type {
  ErrorGroupFacts,
  RecentQuery,
  RecentScript,
  RecordsPage,
  RecordsQuery,
  RunCountQuery,
  RunDetail,
  RunFamily,
  RunList,
  RunListQuery,
  RunView,
  TotalsQuery,
} from './reader-port.ts'
import { ReaderThread } from './reader-thread.ts'
import type { ReaderHandlers } from './reader-worker.ts'
import { splitQuery } from './split-analysis.ts'

/**
 * Asks the store in threads of its own, so that a slow page never holds up ingest, nor another page. The second one starts when
 * the first is busy.
 */
export class StoreReaders {
  readonly #threads: readonly [ReaderThread, ReaderThread]
  #isClosed = false

  /** `path` is a store that its writer has opened once `ready` resolves; questions wait for it. `onDeath` is told each time a thread dies. */
  constructor(path: string, onDeath: (fault: Error) => void, ready: Promise<void> = Promise.resolve()) {
    this.#threads = [new ReaderThread(path, onDeath, ready), new ReaderThread(path, onDeath, ready)]
  }

  totals(query: TotalsQuery): Promise<Totals> {
    return this.#ask('totals', query)
  }

  /** Counted by two threads, half of what it asks for each, where it asks for much. */
  async analyse(query: AnalysisQuery): Promise<Analysis> {
    const split = splitQuery(query)
    if (split === undefined) return JSON.parse(await this.#ask('analyse', query))
    this.#mustBeOpen()
    const [first, second] = this.#threads
    const [one, other] = await Promise.all([first.call('analyse', split.halves[0]), second.call('analyse', split.halves[1])])
    return split.merge([JSON.parse(one), JSON.parse(other)])
  }

  scriptFirstDays(tenant: string): Promise<ReadonlyMap<string, number>> {
    return this.#ask('scriptFirstDays', tenant)
  }

  recentScripts(query: RecentQuery): Promise<readonly RecentScript[]> {
    return this.#ask('recentScripts', query)
  }

  latest(tenant: string, limit: number): Promise<readonly RunView[]> {
    return this.#ask('latest', { tenant, limit })
  }

  recordsPage(query: RecordsQuery, now: number): Promise<RecordsPage> {
    return this.#ask('recordsPage', { query, now })
  }

  runList(query: RunListQuery): Promise<RunList> {
    return this.#ask('runList', query)
  }

  countRuns(query: RunCountQuery): Promise<number> {
    return this.#ask('countRuns', query)
  }

  record(id: RunId): Promise<RunDetail | undefined> {
    return this.#ask('record', id)
  }

  recordsByRandomId(tenant: string, randomId: string): Promise<RunFamily | undefined> {
    return this.#ask('recordsByRandomId', { tenant, randomId })
  }

  errorGroups(tenant: string, fingerprints: readonly string[], isBrief = false): Promise<readonly ErrorGroupFacts[]> {
    return this.#ask('errorGroups', { tenant, fingerprints, isBrief })
  }

  errorGroupSamples(tenant: string, fingerprint: string, limit: number): Promise<readonly RunView[]> {
    return this.#ask('errorGroupSamples', { tenant, fingerprint, limit })
  }

  cursor(consumer: string): Promise<number> {
    return this.#ask('cursor', consumer)
  }

  /** Ends the threads, which remember words; the next questions start others. */
  async renew(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  /** Closes the connections and ends the threads; outstanding calls are answered first. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw new Error('the reader is closed')
  }

  async #ask<Method extends keyof ReaderHandlers & string>(
    method: Method,
    ...argument: Parameters<ReaderHandlers[Method]>
  ): Promise<Awaited<ReturnType<ReaderHandlers[Method]>>> {
    this.#mustBeOpen()
    const [first, second] = this.#threads
    // Of a question that was cut the second half is mostly the smaller one.
    const isSecond = first.outstanding > 0 && second.outstanding <= first.outstanding
    return (isSecond ? second : first).call(method, ...argument)
  }
}

import type { Clock } from '../base/clock.ts'
import type { Seq } from '../event/entry.ts'
import type { JournalReader } from '../journal/port.ts'
import type { ParkedRun, Revision, StoreWriter } from '../store/port.ts'
import type { Companion } from './companion.ts'
import { installConsumer } from './install.ts'
import { previewRetired, type RetentionPreviewQuestion, type RetentionQuestion, type Retired, retireRuns } from './retention.ts'
import { Runner, type RunnerStatus } from './runner.ts'
import { type GivenUp, giveUpStuck, type StuckQuestion, type TenantStuckQuestion } from './stuck.ts'
import { countOldTraces, removeOldTraces, type TraceAgeQuestion, type TraceCountQuestion, type TracesRemoved } from './trace-age.ts'

export type EngineParts = {
  readonly journal: JournalReader
  /** See `RunnerParts`. */
  readonly journalHead?: Seq
  readonly store: StoreWriter
  readonly companions: readonly Companion[]
  readonly clock: Clock
  readonly onFault: (code: string, seq?: Seq) => void
}

export type EngineStatus = RunnerStatus & {
  readonly revision: Revision
  readonly parked: number
  /** The newest day whose runs have expired; absent while none have. */
  readonly sealedDay?: number
  /** What each companion says of itself, by its name. */
  readonly companions: Readonly<Record<string, unknown>>
}

/** The most parked runs in one answer. */
export const parkedListMax = 1_000

/** Everything that happens in the consumer's thread: the runner, the companions beside it, and the one writer they share. */
export class Engine {
  readonly #parts: EngineParts
  readonly #runner: Runner
  #revision: Revision

  constructor(parts: EngineParts) {
    const { journal, journalHead, store, clock, onFault } = parts
    this.#parts = parts
    this.#revision = store.revision()
    this.#runner = new Runner({
      journal,
      ...(journalHead !== undefined && { journalHead }),
      store,
      consumer: installConsumer,
      clock,
      onFault,
      onBatch: () => this.#wakeCompanions(),
    })
  }

  start(): void {
    for (const companion of this.#parts.companions) companion.start()
    this.#runner.start()
  }

  /** Says that entries were appended to the journal. */
  wake(): void {
    this.#runner.wake()
  }

  /** Consumes nothing until `release`, 15 minutes at the most. */
  hold(): void {
    this.#runner.hold()
  }

  release(): void {
    this.#runner.release()
  }

  status(): EngineStatus {
    const { store, companions } = this.#parts
    const sealedDay = store.sealedDay()
    return {
      ...this.#runner.status(),
      revision: store.revision(),
      parked: store.parkedCount(),
      ...(sealedDay !== undefined && { sealedDay }),
      companions: Object.fromEntries(companions.map((companion) => [companion.name, companion.status()])),
    }
  }

  parked(limit: number): readonly ParkedRun[] {
    return this.#parts.store.parked(Math.min(limit, parkedListMax))
  }

  /** Sends every parked run again. Gives their number. */
  replay(): number {
    const count = this.#parts.store.replay()
    this.#wakeCompanions()
    return count
  }

  /** One step of giving up runs that nothing was heard of for long. */
  giveUpStuck(question: StuckQuestion): GivenUp {
    const step = giveUpStuck(this.#parts.store, question)
    this.#wakeCompanions()
    return step
  }

  /** One step of removing logs that are too old. */
  removeOldTraces(question: TraceAgeQuestion): TracesRemoved {
    const step = removeOldTraces(this.#parts.store, question)
    this.#wakeCompanions()
    return step
  }

  /** Counts one day that is over by the values of every dimension; none while many events wait, or the store is held. */
  crossDay(): { readonly changed: number; readonly isDone: boolean } {
    const isMade = !this.#runner.isBusy && this.#parts.store.crossDay()
    return { changed: Number(isMade), isDone: !isMade }
  }

  /** One step of removing runs that are too old. */
  retireRuns(question: RetentionQuestion): Retired {
    const step = retireRuns(this.#parts.store, question)
    this.#wakeCompanions()
    return step
  }

  /** What `retireRuns` would remove; one step of what `removeOldTraces` would. */
  previewRetired(question: RetentionPreviewQuestion): ReturnType<typeof previewRetired> {
    return previewRetired(this.#parts.store, question)
  }

  countOldTraces(question: TraceCountQuestion): TracesRemoved {
    return countOldTraces(this.#parts.store, question)
  }

  /** How many runs of a tenant would be given up now. */
  countStuck({ tenant, now, stuckMs }: TenantStuckQuestion): number {
    return this.#parts.store.unendedCount(tenant, now - stuckMs)
  }

  /** Ends the running batch and what the companions have in flight, makes it durable, closes journal and store. */
  async stop(): Promise<void> {
    await Promise.all(this.#parts.companions.map((companion) => companion.stop()))
    await this.#runner.stop()
    this.#parts.store.close()
    this.#parts.journal.close()
  }

  #wakeCompanions(): void {
    const revision = this.#parts.store.revision()
    if (revision === this.#revision) return
    this.#revision = revision
    for (const companion of this.#parts.companions) companion.wake()
  }
}

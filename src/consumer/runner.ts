import type { Clock } from '../base/clock.ts'
import { faultCode } from '../base/fault-code.ts'
import { isEnvironmentFault } from '../base/sqlite.ts'
import type { Entry, Seq } from '../event/entry.ts'
import type { JournalReader } from '../journal/port.ts'
import type { RunDelta, StoreWriter } from '../store/port.ts'
import { Pause } from './pause.ts'

/** What makes changes of entries. `plan` reads the store and changes nothing, when its changes are asked for; it throws only on a fault of an entry. */
export type Consumer = {
  readonly name: string
  plan(entries: readonly Entry[], store: Pick<StoreWriter, 'load'>): Iterable<RunDelta>
}

export type RunnerParts = {
  readonly journal: JournalReader
  /** The journal's last seq before this process added to it; without it, the last one now. */
  readonly journalHead?: Seq
  readonly store: StoreWriter
  readonly consumer: Consumer
  readonly clock: Clock
  /** Told of each fault, with a code that holds no text of an entry. `seq` is there when the entry was set aside for it. */
  readonly onFault: (code: string, seq?: Seq) => void
  /** Told after each batch that was committed. */
  readonly onBatch: () => void
}

export type RunnerStatus = {
  readonly cursor: Seq
  readonly head: Seq
  /** Events on disk that are not yet in the store. */
  readonly lag: number
  readonly batches: number
  readonly events: number
  readonly faults: number
  /** The fault that holds the runner up, while it does. */
  readonly heldUpBy?: string
  readonly setAside: number
  /** Entries up to here are durable in the store and may be trimmed. */
  readonly durable: Seq
}

/** Some sixty objects an event live as long as its batch. Twice as many are a tenth faster into a store of ten million runs, for 45 MB more. */
const batchEventsMax = 2_000
/** Entries set aside for a fault of their own. Beyond it the runner stops rather than walk past what may be a bug of ours. */
export const setAsideMax = 10_000
/** Pause after a batch that was not full, at the least and at the most: events of these milliseconds share a commit. */
const gatherMs = { least: 20, most: 250 }
/** How many times as long as the batch took. One event changes some forty packed roll-ups, however many others change them with it. */
const restFactor = 9
/** Events on disk that are a backlog. */
const backlogEvents = 1_000
const idlePollMs = 1_000
const heldPollMs = 50
/** Whoever holds the runner and does not come back holds it no longer than this. */
const holdMsMax = 15 * 60_000
const checkpointEvents = 40_000
const checkpointMs = 2_000
const backOffMs = { first: 100, last: 10_000 }
const retriedAtOnce = 100

/**
 * Walks the journal behind a cursor: what a batch changes and the cursor are one transaction, so each entry has its effect exactly once.
 * A fault of the environment is waited out; an entry with a fault of its own is set aside, whole, and tried again at the next start.
 */
export class Runner {
  readonly #parts: RunnerParts
  readonly #name: string
  readonly #pause = new Pause()
  #cursor: Seq
  #durable: Seq = 0
  #durableAt: number
  #batches = 0
  #events = 0
  #faults = 0
  #heldUpBy: string | undefined
  #backOff = backOffMs.first
  #heldUntil = Number.NEGATIVE_INFINITY
  #running: Promise<void> | undefined

  constructor(parts: RunnerParts) {
    this.#parts = parts
    this.#name = `${parts.consumer.name}@${parts.journal.id}` // Another journal counts from 1 again.
    const stored = parts.store.cursor(this.#name)
    this.#cursor = startOf(stored, parts)
    if (this.#cursor < stored) parts.store.moveCursor(this.#name, this.#cursor)
    this.#durableAt = parts.clock.now()
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Says that entries were appended. */
  wake(): void {
    this.#pause.wake()
  }

  /** Consumes nothing until it is released: a copy of the store is being made, and its log must not grow meanwhile. */
  hold(): void {
    this.#heldUntil = this.#parts.clock.now() + holdMsMax
  }

  release(): void {
    this.#heldUntil = Number.NEGATIVE_INFINITY
  }

  /** Consumes one last batch, makes all of it durable and trims. What is left stays in the journal. */
  async stop(): Promise<void> {
    this.#pause.end()
    await this.#running
    this.#attempt(() => this.#step())
    this.#attempt(() => this.#settle())
  }

  /** Consumes all that is there, makes it durable and trims it, for a command that has the folder to itself. Gives the number of entries. */
  drain(): number {
    let taken = 0
    const head = this.#parts.journal.head() // What comes meanwhile is for whoever consumes next.
    while (this.#cursor < head) taken += this.#step()
    this.#settle()
    return taken
  }

  /** Whether other work on the store would make events wait: a backlog of them, or the end of a hold. */
  get isBusy(): boolean {
    return this.#pause.isEnded || this.#isHeld || this.#parts.journal.head() - this.#cursor >= backlogEvents
  }

  status(): RunnerStatus {
    const head = this.#parts.journal.head()
    return {
      cursor: this.#cursor,
      head,
      lag: Math.max(0, head - this.#cursor),
      batches: this.#batches,
      events: this.#events,
      faults: this.#faults,
      ...(this.#heldUpBy !== undefined && { heldUpBy: this.#heldUpBy }),
      setAside: this.#parts.store.setAsideCount(),
      durable: this.#durable,
    }
  }

  async #run(): Promise<void> {
    this.#attempt(() => this.#retrySetAside())
    while (!this.#pause.isEnded) {
      if (this.#isHeld) {
        await this.#pause.sleep(heldPollMs)
        continue
      }
      const begun = performance.now()
      const taken = this.#attempt(() => this.#step())
      if (taken === undefined) await this.#backOffOnce()
      else if (taken > 0) await this.#rest(restAfter(performance.now() - begun, this.#parts.journal.head() - this.#cursor))
      else await this.#pause.untilWoken(idlePollMs)
    }
  }

  get #isHeld(): boolean {
    return this.#parts.clock.now() < this.#heldUntil
  }

  #rest(ms: number): Promise<void> {
    return ms === 0 ? nextTurn() : this.#pause.sleep(ms)
  }

  /** One batch and, when it is due, a checkpoint. Gives the number of entries taken. */
  #step(): number {
    const entries = this.#parts.journal.read(this.#cursor, batchEventsMax)
    if (entries.length > 0) this.#consume(entries)
    const isOld = this.#parts.clock.now() - this.#durableAt >= checkpointMs
    if (isOld || this.#cursor - this.#durable >= checkpointEvents) this.#settle()
    return entries.length
  }

  #consume(entries: readonly Entry[]): void {
    const { store, consumer } = this.#parts
    const last = entries.at(-1)?.seq ?? this.#cursor
    try {
      store.apply(this.#name, last, consumer.plan(entries, store))
    } catch (fault) {
      if (isEnvironmentFault(fault)) throw fault
      this.#divide(entries, fault)
      return
    }
    this.#cursor = last
    this.#batches += 1
    this.#events += entries.length
    this.#parts.onBatch()
  }

  /** Finds the entries that a batch failed for, by halves, and sets them aside. */
  #divide(entries: readonly Entry[], fault: unknown): void {
    const [entry] = entries
    if (entries.length > 1 || entry === undefined) {
      const half = entries.length >> 1
      this.#consume(entries.slice(0, half))
      this.#consume(entries.slice(half))
      return
    }
    const { store, onFault } = this.#parts
    if (store.setAsideCount() >= setAsideMax) throw fault
    store.setAside(entry.seq, { consumer: this.#name, reason: faultCode(fault), entry: JSON.stringify(entry) })
    this.#cursor = entry.seq
    this.#faults += 1
    onFault(faultCode(fault), entry.seq)
  }

  /** A corrected program may be able to consume what an earlier one could not. */
  #retrySetAside(): void {
    const { store, consumer } = this.#parts
    for (let after = 0; ; ) {
      const rows = store.setAsideEntries(after, retriedAtOnce)
      for (const { id, entry } of rows) {
        after = id
        try {
          store.apply(this.#name, this.#cursor, consumer.plan([JSON.parse(entry) as Entry], store))
          store.dropSetAside(id)
        } catch (fault) {
          if (isEnvironmentFault(fault)) throw fault
        }
      }
      if (rows.length < retriedAtOnce) return
    }
  }

  /** Makes what was consumed durable, then frees it in the journal: a power loss may take back commits that no checkpoint followed. */
  #settle(): void {
    this.#durableAt = this.#parts.clock.now()
    if (this.#durable === this.#cursor) return
    if (!this.#parts.store.checkpoint()) return
    this.#durable = this.#cursor
    this.#parts.journal.trim(this.#cursor)
  }

  /** Runs `work`; undefined when a fault stopped it, which is then counted and shown. */
  #attempt<Value>(work: () => Value): Value | undefined {
    try {
      const value = work()
      this.#heldUpBy = undefined
      this.#backOff = backOffMs.first
      return value
    } catch (fault) {
      this.#heldUpBy = faultCode(fault)
      this.#faults += 1
      this.#parts.onFault(this.#heldUpBy)
      return undefined
    }
  }

  async #backOffOnce(): Promise<void> {
    await this.#pause.sleep(this.#backOff)
    this.#backOff = Math.min(this.#backOff * 2, backOffMs.last)
  }
}

/**
 * How long the runner rests after a batch, given what that took and how many events wait behind it: small batches keep a tenth of a core busy
 * at the most, and a backlog is no reason to rest. A batch may end before it is full, since the journal gives whole groups.
 */
export function restAfter(tookMs: number, waiting: number): number {
  if (waiting >= backlogEvents) return 0
  return Math.min(Math.max(tookMs * restFactor, gatherMs.least), gatherMs.most)
}

/**
 * Where to go on. A cursor beyond the head that the journal had when it was opened belongs to a later copy of this journal: an older one was put
 * back, and its numbers are given a second time. Everything it holds is then read again, which changes nothing where it was read before.
 */
function startOf(cursor: Seq, { journal, journalHead }: RunnerParts): Seq {
  return cursor > (journalHead ?? journal.head()) ? journal.freed() : Math.max(cursor, journal.freed())
}

/** Lets messages of other threads be answered between two batches. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

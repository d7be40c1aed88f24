import { err, ok, type Result } from '../base/result.ts'
import { startWorker } from '../base/worker.ts'
import type { Seq } from '../event/entry.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import type { JournalAnswer, JournalCommand, RefusalRule } from './message.ts'
import type { EncodedEntries } from './payload.ts'
import type { Journal } from './port.ts'

/** Entries waiting for the commit thread, in characters of JSON. Beyond it ingest answers 503 rather than fill the memory. */
const waitingCharactersMax = 32 * 1024 * 1024
/**
 * What one commit takes of them at the most, in characters of JSON; a single append may be larger. A group is copied some times on its way from thread
 * to thread. The allocator keeps blocks beyond 80 kB in regions of 4 MB, one for each size and thread, and gives hardly anything of them back.
 */
const groupCharactersMax = 64 * 1024
/** Groups with the commit thread at a time: it finds the next one there when it comes back from an fsync, and need not wait for this side. */
const groupsUnderWayMax = 2

type AnswerOf<Kind extends JournalAnswer['kind']> = Extract<JournalAnswer, { kind: Kind }>
type Waiting = {
  readonly entries: EncodedEntries
  readonly settle: (result: Result<Seq, Refusal>) => void
  readonly fail: (fault: Error) => void
}

export type JournalStatus = { readonly last: Seq; readonly liveBytes: number; readonly refusedBy: RefusalRule | undefined }

/**
 * `path` is the file, `bytesMax` the limit of live bytes; `onCommit` is told the last seq after each commit, `onCrash` that the thread died,
 * `onFault` why the file cannot be written when neither its limit nor a full disk is the reason (once, until it can again).
 */
export type JournalOptions = {
  readonly path: string
  readonly bytesMax: number
  readonly onCommit: (last: Seq) => void
  readonly onCrash: (fault: Error) => void
  readonly onFault?: (fault: Error) => void
}

/**
 * The journal on SQLite. While the commit thread writes and fsyncs, this side gathers the next group:
 * the busier it is, the more entries share an fsync.
 */
export class SqliteJournal implements Journal {
  readonly #worker: Worker
  readonly #options: JournalOptions
  #waiting: Waiting[] = []
  #waitingCharacters = 0
  /** Groups that the commit thread has, the oldest first; it answers in this order. */
  #committing: (readonly Waiting[])[] = []
  #closing: { resolve: () => void } | undefined
  #closed: Promise<void> | undefined
  #opened: { resolve: () => void; reject: (fault: Error) => void } | undefined
  #probing: Promise<void> | undefined
  #probed: (() => void) | undefined
  #status: JournalStatus = { last: 0, liveBytes: 0, refusedBy: undefined }

  private constructor(options: JournalOptions) {
    this.#options = options
    this.#worker = startWorker('journal/worker')
    this.#worker.onmessage = (message: MessageEvent<JournalAnswer>) => this.#take(message.data)
    this.#worker.onerror = (event) => this.#crash(new Error(`journal thread: ${event.message}`))
  }

  /** Opens or creates the file. Rejects with the reason when that fails. */
  static async open(options: JournalOptions): Promise<SqliteJournal> {
    const journal = new SqliteJournal(options)
    await new Promise<void>((resolve, reject) => {
      journal.#opened = { resolve, reject }
      journal.#send({ kind: 'open', path: options.path, bytesMax: options.bytesMax })
    })
    return journal
  }

  append(entries: EncodedEntries): Promise<Result<Seq, Refusal>> {
    const { length } = entries.lines
    const isTooMuch = this.#waiting.length > 0 && this.#waitingCharacters + length > waitingCharactersMax
    if (this.#closing !== undefined || isTooMuch) {
      return Promise.resolve(err(refusal('journal_full', 'journal', this.#closing ? 'closing' : 'waiting')))
    }
    this.#waitingCharacters += length
    return new Promise((settle, fail) => {
      // What is appended in one go shares an fsync; whoever has single entries gathers them first.
      if (this.#waiting.length === 0) queueMicrotask(() => this.#commit())
      this.#waiting.push({ entries, settle, fail })
    })
  }

  status(): JournalStatus {
    return this.#status
  }

  /** Asks the thread whether it could take an entry now. A journal that refused has no other way to learn it when nobody sends any more. */
  async probe(): Promise<JournalStatus> {
    if (this.#closing !== undefined) return this.#status
    this.#probing ??= new Promise((resolve) => {
      this.#probed = resolve
      this.#send({ kind: 'probe' })
    })
    await this.#probing
    return this.#status
  }

  /** Commits what waits, then closes the file and ends the thread. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#closing = { resolve }
      if (this.#committing.length === 0 && this.#waiting.length === 0) this.#send({ kind: 'close' })
    })
    this.#worker.terminate()
  }

  #commit(): void {
    while (this.#committing.length < groupsUnderWayMax && this.#waiting.length > 0) {
      const group = this.#takeGroup()
      const payload = group.map(({ entries }) => entries.lines).join('\n')
      this.#committing.push(group)
      this.#waitingCharacters -= payload.length - (group.length - 1)
      this.#send({ kind: 'append', n: countOf(group), payload })
    }
  }

  /** The oldest of what waits, at least one append. */
  #takeGroup(): Waiting[] {
    let characters = 0
    const end = this.#waiting.findIndex(({ entries }) => {
      characters += entries.lines.length
      return characters > groupCharactersMax
    })
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : Math.max(1, end))
  }

  #take(answer: JournalAnswer): void {
    if (answer.kind === 'opened') this.#noteOpened(answer)
    else if (answer.kind === 'closed') this.#closing?.resolve()
    else if (answer.kind === 'probed') this.#noteProbe(answer)
    else if (answer.kind === 'failed' && answer.of !== 'append') this.#noteFailure(answer)
    else this.#finish(this.#committing.shift() ?? [], answer)
  }

  #noteOpened({ last, liveBytes, refusedBy }: AnswerOf<'opened'>): void {
    this.#status = { last, liveBytes, refusedBy }
    this.#opened?.resolve()
  }

  /** A command that carried no entries failed: the asker is told, the group on its way has an answer of its own. */
  #noteFailure({ of, reason }: AnswerOf<'failed'>): void {
    if (of === 'open') this.#opened?.reject(new Error(reason))
    else if (of === 'close') this.#closing?.resolve()
    else {
      this.#noteFault(reason)
      this.#noteProbe({ ...this.#status, refusedBy: 'fault' })
    }
  }

  #finish(group: readonly Waiting[], answer: JournalAnswer): void {
    this.#commit() // The thread gets the next group before the answers of this one are written.
    this.#settle(group, answer)
    if (this.#closing !== undefined && this.#committing.length === 0) this.#send({ kind: 'close' })
  }

  #settle(group: readonly Waiting[], answer: JournalAnswer): void {
    if (answer.kind === 'committed') {
      this.#status = { last: answer.last, liveBytes: answer.liveBytes, refusedBy: undefined }
      let seq = answer.last - countOf(group)
      for (const { entries, settle } of group) {
        seq += entries.count
        settle(ok(seq))
      }
      this.#options.onCommit(answer.last)
    } else if (answer.kind === 'refused') {
      this.#status = { ...this.#status, refusedBy: answer.rule }
      for (const waiting of group) waiting.settle(err(refusal('journal_full', 'journal', answer.rule)))
    } else {
      this.#noteFault(answer.kind === 'failed' ? answer.reason : answer.kind)
      for (const waiting of group) waiting.settle(err(refusal('journal_full', 'journal', 'fault')))
    }
  }

  #noteFault(reason: string): void {
    if (this.#status.refusedBy !== 'fault') this.#options.onFault?.(new Error('append to journal', { cause: reason }))
    this.#status = { ...this.#status, refusedBy: 'fault' }
  }

  #noteProbe({ refusedBy, liveBytes }: Pick<AnswerOf<'probed'>, 'refusedBy' | 'liveBytes'>): void {
    this.#status = { ...this.#status, refusedBy, liveBytes }
    this.#probing = undefined
    this.#probed?.()
  }

  #crash(fault: Error): void {
    const group = [...this.#committing.flat(), ...this.#waiting]
    this.#committing = []
    this.#waiting = []
    this.#opened?.reject(fault)
    this.#closing?.resolve()
    this.#probed?.()
    for (const waiting of group) waiting.fail(fault)
    this.#options.onCrash(fault)
  }

  #send(command: JournalCommand): void {
    this.#worker.postMessage(command)
  }
}

function countOf(group: readonly Waiting[]): number {
  return group.reduce((sum, { entries }) => sum + entries.count, 0)
}

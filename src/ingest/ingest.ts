import { err, ok, type Result } from '../base/result.ts'
import type { Refusal } from '../event/refusal.ts'
import type { Journal } from '../journal/port.ts'
import type { Body, IngestTallies, Intake, PrepareOptions } from './door.ts'
import { type PreparedGroup, prepareGroup } from './prepare-group.ts'
import type { PrepareThread } from './prepare-thread.ts'

/**
 * A body of more bytes than this carries a log, and cloaking that costs more than handing it to another thread.
 * Smaller ones are prepared here: a message to a thread would cost as much as the work.
 */
export const apartBytesMin = 1_500
/** Small bodies prepared in one turn of the event loop at the most: some milliseconds. */
const smallTurnMax = 256
/** Bytes of one parcel for the preparing thread; a single body may be larger. All of its bodies wait for the last one, and its lines share a commit. */
export const parcelBytesMax = 48 * 1024
/** Parcels with the preparing thread at a time: it finds the next one when it is done. */
const parcelsUnderWayMax = 2

type Taken = Result<void, Refusal>
type Waiting = {
  readonly bodies: readonly Body[]
  readonly settle: (answers: readonly Taken[]) => void
  readonly fail: (fault: Error) => void
}

export type IngestOptions = PrepareOptions & {
  readonly journal: Journal
  readonly thread: PrepareThread
  readonly tallies: IngestTallies
  /** Told how long a group took to be on disk. */
  readonly observeCommit: (seconds: number) => void
}

const stored: Taken = ok(undefined)

/**
 * From bytes to the journal. Bodies of one moment are prepared together, the small ones here and the others in a thread,
 * so that code and data stay in the processor's caches and an fsync is shared.
 */
export class Ingest implements Intake {
  readonly #options: IngestOptions
  #small: Waiting[] = []
  #apart: Waiting[] = []
  #parcelsUnderWay = 0

  constructor(options: IngestOptions) {
    this.#options = options
  }

  take(body: Body): Promise<Taken> {
    const isSmall = body.bytes.length < apartBytesMin
    return new Promise((resolve, fail) => {
      const waiting: Waiting = { bodies: [body], settle: ([answer = stored]) => resolve(answer), fail }
      if (isSmall) this.#addSmall(waiting)
      else this.#addApart(waiting)
    })
  }

  takeAll(bodies: readonly Body[]): Promise<readonly Taken[]> {
    return new Promise((settle, fail) => this.#addApart({ bodies, settle, fail }))
  }

  #addSmall(waiting: Waiting): void {
    if (this.#small.push(waiting) === 1) setImmediate(() => this.#prepareSmall())
  }

  #prepareSmall(): void {
    const group = this.#small
    this.#small = group.length > smallTurnMax ? group.splice(smallTurnMax) : []
    if (this.#small.length > 0) setImmediate(() => this.#prepareSmall())
    void this.#store(group, prepareGroup(bodiesOf(group), this.#options))
  }

  #addApart(waiting: Waiting): void {
    if (this.#apart.push(waiting) === 1 && this.#parcelsUnderWay < parcelsUnderWayMax) setImmediate(() => this.#sendApart())
  }

  #sendApart(): void {
    while (this.#apart.length > 0 && this.#parcelsUnderWay < parcelsUnderWayMax) void this.#prepareApart(this.#takeParcel())
  }

  /** The oldest of what waits, at least one. */
  #takeParcel(): readonly Waiting[] {
    let bytes = 0
    const end = this.#apart.findIndex(({ bodies }) => {
      for (const body of bodies) bytes += body.bytes.length
      return bytes > parcelBytesMax
    })
    return this.#apart.splice(0, end === -1 ? this.#apart.length : Math.max(1, end))
  }

  async #prepareApart(group: readonly Waiting[]): Promise<void> {
    this.#parcelsUnderWay += 1
    try {
      const prepared = await this.#options.thread.prepare(bodiesOf(group)).finally(() => {
        this.#parcelsUnderWay -= 1
        this.#sendApart() // The thread gets the next parcel before this one is written.
      })
      if (prepared.ok) await this.#store(group, prepared.value)
      else for (const { bodies, settle } of group) settle(bodies.map(() => prepared))
    } catch (fault) {
      failAll(group, fault)
    }
  }

  /** Writes what is good and answers each of the group. What is not on disk is not counted. */
  async #store(group: readonly Waiting[], prepared: PreparedGroup): Promise<void> {
    const answers: Taken[] = Array.from({ length: prepared.entries.count + prepared.refused.length + prepared.failed.length }, () => stored)
    try {
      if (prepared.entries.count > 0) {
        const started = performance.now()
        const result = await this.#options.journal.append(prepared.entries)
        if (result.ok) this.#count(prepared, (performance.now() - started) / 1_000)
        else answers.fill(result)
      }
    } catch (fault) {
      failAll(group, fault)
      return
    }
    for (const { index, fault } of prepared.refused) answers[index] = err(fault)
    answerEach(group, answers, prepared.failed)
  }

  #count({ entries, repairs, rules, unknownKeys }: PreparedGroup, seconds: number): void {
    const { tallies, observeCommit } = this.#options
    observeCommit(seconds)
    tallies.accepted.add('install', entries.count)
    for (const repair of repairs) tallies.repaired.add(repair)
    for (const rule of rules) tallies.cloaked.add(rule)
    if (unknownKeys > 0) tallies.unknownKeys.add('install', unknownKeys)
  }
}

function bodiesOf(group: readonly Waiting[]): readonly Body[] {
  return group.flatMap(({ bodies }) => bodies)
}

function failAll(group: readonly Waiting[], fault: unknown): void {
  for (const { fail } of group) fail(fault as Error)
}

function answerEach(group: readonly Waiting[], answers: readonly Taken[], failed: PreparedGroup['failed']): void {
  let start = 0
  for (const { bodies, settle, fail } of group) {
    const end = start + bodies.length
    const broken = failed.find(({ index }) => index >= start && index < end)
    if (broken === undefined) settle(answers.slice(start, end))
    else fail(Object.assign(new Error('an event that ingest failed on'), { name: broken.name }))
    start = end
  }
}

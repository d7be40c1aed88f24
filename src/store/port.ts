import type { Seq } from '../event/entry.ts'
import type { RunState } from '../event/run.ts'
import type { ValuesMax } from './dimension.ts'

/** Which run: its tenant and its 16-byte key. The same key under two tenants is two runs. */
export type RunId = { readonly tenant: string; readonly key: Uint8Array }

/** Grows by one with every change of a run, whoever made it. */
export type Revision = number

/** A run to be removed. Where `erasedAt` is given, a report that is dated from then on begins it anew. */
export type RemovedRun = RunId & { readonly erasedAt?: number }

export type StoredRun = RunId & { readonly revision: Revision; readonly state: RunState }

/** What a consumer wants changed: the run as it stands in the store (absent when new) and as it shall be. */
export type RunDelta = RunId & { readonly before?: StoredRun; readonly after: RunState }

/** A change to carry on: the run as it is now, or, where it was removed, its tombstone without a state. */
export type RunChange = RunId & { readonly revision: Revision; readonly state?: RunState }

/** A record the mirror refused for a fault of its own. */
export type ParkedRun = RunId & { readonly revision: Revision; readonly reason: string; readonly parkedAt: number }

/** An entry that no try could consume, for a fault of its own: kept whole, so that a corrected program can. `entry` is its JSON. */
export type SetAsideEntry = { readonly id: number; readonly consumer: string; readonly reason: string; readonly entry: string }

/** Which record of the mirror holds a run, where another service made the record. */
export type MirrorLink = RunId & { readonly recordId: string }

export type StoreWriterOptions = {
  /** How many values a period keeps apart, for the dimensions named; the others keep their own limit. */
  readonly valuesMax?: ValuesMax
  /** How many runs a day has at least that is counted by the values of every dimension once it is over. */
  readonly crossedRunsMin?: number
  /** Told, while a store of an earlier version is brought up to date, how many of its rows were passed. */
  readonly onBackfill?: (done: number, total: number) => void
}

/** Logs of runs that began before a moment, behind the place `after`; 0 for the first look. */
export type TraceQuestion = { readonly after: number; readonly before: number; readonly limit: number }

/** The runs of such logs, where the next look goes on, and whether there are no more. */
export type AgedTraces = { readonly ids: readonly RunId[]; readonly after: number; readonly isDone: boolean }

/** Runs of a day and all before it that are still there: how many, and when the first one began. */
export type AgedRuns = { readonly count: number; readonly firstAt?: number }

/** The one writer of `store.db`. Every method is one whole transaction; there is no `begin`. */
export type StoreWriter = {
  /** How far the named consumer came; 0 at first. */
  cursor(consumer: string): Seq
  /** The runs among `ids` that exist, traces included. */
  load(ids: readonly RunId[]): readonly StoredRun[]
  /** Writes the deltas, their roll-ups and the consumer's cursor, all or nothing. They may be made, and runs loaded for them, on the way. Removed runs stay removed. */
  apply(consumer: string, cursor: Seq, deltas: Iterable<RunDelta>): void
  /** Runs of all tenants without an end that were not given up and of which nothing was heard since a moment; traces included. */
  unended(heardBefore: number, limit: number): readonly StoredRun[]
  /** How many of them a tenant has. */
  unendedCount(tenant: string, heardBefore: number): number
  /** The logs of all tenants that are older than a moment. One call looks through a bounded part of the store. */
  agedTraces(question: TraceQuestion): AgedTraces
  /** The runs that sealing this day would let go, of one tenant or of all. */
  agedRuns(day: number, tenant?: string): AgedRuns
  /** Seals a day and all before it: their sums stay as they are from here on, whatever becomes of their runs. A sealed day stays sealed. */
  seal(day: number): void
  /** The newest sealed day, in days since 1970; undefined while none is. */
  sealedDay(): number | undefined
  /** Removes runs of sealed days, the oldest of each tenant first, and leaves a revisioned tombstone for each. Gives their number. */
  retire(limit: number): number
  /** Removes runs, leaves a revisioned tombstone for each, corrects the roll-ups. */
  remove(ids: readonly RemovedRun[]): void
  /** Counts one day that is over by the values of every dimension, once or again where its runs changed. False where none is left. */
  crossDay(): boolean
  /** Runs changed after `revision`, oldest change first; several changes of one run come as one. */
  changes(revision: Revision, limit: number): readonly RunChange[]
  /** The newest revision given out. */
  revision(): Revision
  /** Moves a cursor that has no runs to write with it (a mirror's). */
  moveCursor(consumer: string, cursor: Revision): void
  park(runs: readonly ParkedRun[]): void
  parked(limit: number): readonly ParkedRun[]
  parkedCount(): number
  /** Takes runs from the parking place, so that they are sent again: each gets a new revision. Returns how many. */
  replay(): number
  /** Keeps an entry that cannot be consumed and moves the consumer's cursor past it. */
  setAside(cursor: Seq, entry: Omit<SetAsideEntry, 'id'>): void
  /** The oldest entries set aside with an id greater than `after`. */
  setAsideEntries(after: number, limit: number): readonly SetAsideEntry[]
  setAsideCount(): number
  /** Forgets an entry set aside that could be consumed after all. */
  dropSetAside(id: number): void
  /** The links of those among `ids` that have one. */
  links(ids: readonly RunId[]): readonly MirrorLink[]
  link(links: readonly MirrorLink[]): void
  unlink(ids: readonly RunId[]): void
  /** A small fact the writer keeps about itself (instance id, schema of a mirror). */
  fact(name: string): string | undefined
  setFact(name: string, value: string): void
  /** Makes everything committed so far durable (WAL checkpoint, fsynced). False when a reader kept it from finishing: nothing may be trimmed then. */
  checkpoint(): boolean
  close(): void
}

import type { Clock } from '../base/clock.ts'
import type { Tally } from '../base/tally.ts'
import type { Journal } from '../journal/port.ts'

/** What an operator decided about what may come in and how it is kept. */
export type IngestPolicy = {
  /** Owners whose repository names are stored. */
  readonly repoOwners: readonly string[]
  /** The 32 bytes behind the keyed hash of ids. */
  readonly idSecret: Uint8Array
  /** How far back a keyed client may date an event, in milliseconds. */
  readonly retentionMs: number
}

/** True counts of what came in, for `/metrics`. */
export type IngestTallies = {
  readonly accepted: Tally
  readonly repaired: Tally
  readonly cloaked: Tally
  readonly unknownKeys: Tally
}

/** What an event needs on its way from bytes to the journal. */
export type Door = {
  readonly journal: Journal
  readonly policy: IngestPolicy
  readonly clock: Clock
  readonly tallies: IngestTallies
}

/** Who sends: the tenant, and whether the event's own time counts (only with an ingest key). */
export type Sender = { readonly tenant: string; readonly mayDate: boolean }

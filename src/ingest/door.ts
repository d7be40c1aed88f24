import type { Clock } from '../base/clock.ts'
import type { Result } from '../base/result.ts'
import type { Tally } from '../base/tally.ts'
import type { Refusal } from '../event/refusal.ts'

/** What an operator decided about what may come in and how it is kept. Passes `postMessage`. */
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

/** Who sends: the tenant, and whether the event's own time counts (only with an ingest key). */
export type Sender = { readonly tenant: string; readonly mayDate: boolean }

/** The body of one event on its way in. */
export type Body = { readonly bytes: Uint8Array; readonly sender: Sender }

/** What bodies are prepared with. */
export type PrepareOptions = { readonly policy: IngestPolicy; readonly clock: Clock }

/**
 * The way in, as a route sees it. The body is checked, cloaked and on disk when this resolves; what a client can send is refused by value.
 * Rejects only on a fault of our own.
 */
export type Intake = {
  take(body: Body): Promise<Result<void, Refusal>>
  /** The same for many bodies, each with an answer of its own, in their order. */
  takeAll(bodies: readonly Body[]): Promise<readonly Result<void, Refusal>[]>
}

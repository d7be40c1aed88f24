import type { InstallEvent } from './install.ts'
import type { RunState } from './run.ts'

declare const cloaked: unique symbol
/** The mark of an event whose every text went through the cloak engine. Made only in `ingest/`; the only thing a journal accepts. */
export type Cloaked<Value> = Value & { readonly [cloaked]: true }

/**
 * A normalized event of any kind and what was done to it on the way in.
 * `repairs` are codes of the form `field:rule` (`disk_size:unit`), `rules` names of cloak rules that fired (`ipv4`); both sorted, without repeats.
 */
export type TelemetryEvent = {
  readonly kind: 'install'
  readonly install: InstallEvent
  readonly repairs: readonly string[]
  readonly rules: readonly string[]
}

/** A run that is known as a whole: from the record of an earlier service, or from an export. */
export type RunEvent = { readonly kind: 'run'; readonly state: RunState }

/** The random id of an event of any kind, as it is stored. */
export function randomIdOf(event: TelemetryEvent | RunEvent): string | undefined {
  return event.kind === 'install' ? event.install.randomId : event.state.fields.randomId?.value
}

/** Position in the journal; grows by one for each event, from 1. */
export type Seq = number

/**
 * What is appended: the event, whose it is and when. Times are milliseconds since 1970 UTC. `at` is when it happened (a run: when it began),
 * `receivedAt` when it came.
 */
export type NewEntry = {
  readonly tenant: string
  readonly receivedAt: number
  readonly at: number
  readonly event: Cloaked<TelemetryEvent | RunEvent>
}

export type Entry = NewEntry & { readonly seq: Seq }

import type { Refusal } from '../../src/event/refusal.ts'

/** Where a source goes on: bytes read of it (as they are once unpacked) or pages, and records found so far. */
export type Position = { readonly offset: number; readonly place: number }

/** A record as it stands in its source, its place there counted from 1, or why there is none at that place. */
export type FoundRecord = { readonly place: number } & ({ readonly record: unknown } | { readonly fault: Refusal })

/** Some records, and where to go on behind them. */
export type Portion = { readonly records: readonly FoundRecord[]; readonly end: Position }

/** Where records come from. */
export type Source = {
  /** How far `Position.offset` will come, where that is known. */
  readonly size?: number
  /** The records from a position on, some at a time. Throws with a sentence for the operator when it cannot be read. */
  read(from: Position): AsyncIterable<Portion>
}

export const startOfSource: Position = { offset: 0, place: 0 }

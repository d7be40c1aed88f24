import type { Refusal } from '../../src/event/refusal.ts'
import type { ReadRecord } from './read-record.ts'

/**
 * Where a source goes on: bytes read of it (as they are once unpacked) or pages, and records found so far. A collection goes on behind the id `after`; what
 * changed from the stamp `since` on is read at its end, and a walk through pages is done again when they are no longer as many as `since` says.
 */
export type Position = { readonly offset: number; readonly place: number; readonly after?: string; readonly since?: string }

/** A record as it stands in its source, its place there counted from 1, or why there is none at that place. */
export type FoundRecord = { readonly place: number } & ((Pick<ReadRecord, 'record'> & Partial<ReadRecord>) | { readonly fault: Refusal })

/** Some records, and where to go on behind them. `passed` is how much of the source's size that is, where it has one. */
export type Portion = { readonly records: readonly FoundRecord[]; readonly end: Position; readonly passed?: number }

/** Where a file lies, and when it was written to last, in milliseconds since 1970. */
export type SourceFile = { readonly path: string; readonly changedAt: number }

/** Where records come from. */
export type Source = {
  /** What a person calls it, and what each place in it is called. */
  readonly name: string
  readonly noun: 'line' | 'element' | 'record'
  /** What it is, whatever it is called: another one of the same identity holds the same records at the same places. */
  readonly identity: string
  /** In bytes, where that is known. */
  readonly size?: number
  readonly file?: SourceFile
  /** The records from a position on, some at a time. Throws with a sentence for the operator when it cannot be read. */
  read(from: Position): AsyncIterable<Portion>
}

export const startOfSource: Position = { offset: 0, place: 0 }

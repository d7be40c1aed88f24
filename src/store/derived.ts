import type { SqlValue } from '../base/sql.ts'

/** What a run is counted by: its cells in the order of `countedColumns`; more may follow. */
export type CountedRow = readonly SqlValue[]

/** Something made of the runs alone, which changes in the transaction that changes them and can be made again from them at any time. */
export type Derived = {
  readonly name: string
  /** Says how it is made; whatever was made otherwise is made anew. */
  readonly version: string
  /** Made of what is stored as time goes on: where it was made otherwise it is dropped, and no run is taken in again. */
  readonly isMadeInTime?: true
  /** Takes in a change of the run in the row `id`: what it was counted by before (absent when new), and all of `derivedColumns` after (absent when removed). */
  change(id: number, before: CountedRow | undefined, after: CountedRow | undefined): void
  /** Whether a run was counted for good, so that it is not taken in again where the whole is made anew. */
  isFixed?(row: CountedRow): boolean
  /** Writes what was taken in. Called inside the transaction that changes the runs. */
  write(): void
  /** Called once all runs were taken in anew, inside the transaction of the last ones. */
  settle?(): void
  /** Drops what is remembered in memory, after a rollback. */
  forget(): void
  /** Removes all of it, to be made anew. Called inside a transaction. */
  clear(): void
}

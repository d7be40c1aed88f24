import type { Generated } from 'kysely'
import { sqlBuilder } from '../base/sql.ts'
import type { NumberColumn, ReadingColumn, TimeColumn, WordColumn } from './run/columns.ts'
import type { IdCell } from './run/id-cell.ts'

type RunTable = {
  id: Generated<number>
  tenant: number
  key: Uint8Array
  revision: number
  at: number
  status: number
  ranks: number
  random_id: IdCell | null
  execution_id: IdCell | null
  type: number
  nsapp: number
  repo_source: number
  outcome_status: number | null
  error: number | null
  error_category: number | null
  trace_length: number | null
  trace_hash: Uint8Array | string | null
  stuck_at: number | null
  repairs: number | null
  rules: number | null
} & { [Column in Exclude<WordColumn, 'type' | 'nsapp' | 'repo_source'> | NumberColumn | ReadingColumn | TimeColumn]: number | null }

export type StoreTables = {
  word: { kind: string; code: number; text: string }
  run: RunTable
  trace: { run: number; zstd: Uint8Array }
  tombstone: { tenant: number; key: Uint8Array; revision: number; erased_at: number | null }
  rollup: { id: number; cells: Uint8Array }
  rollup_duration: { id: number; bins: Uint8Array }
  crossed: { id: number; value: number; cells: Uint8Array }
  crossed_day: { id: number; made: number }
  chunk: { id: number; runs: number; first_at: number; last_at: number; packed: Generated<number>; joined: Generated<number> }
  segment: { id: number; cells: Uint8Array }
  stale: { run: number }
  error_group: { tenant: number; code: number; version: number; title: string; category: string | null; first_at: number }
  error_group_heir: { version: number; tenant: number; code: number; heir: number; runs: number }
  consumer: { name: string; cursor: number }
  parked: { tenant: number; key: Uint8Array; revision: number; reason: string; parked_at: number }
  set_aside: { id: Generated<number>; consumer: string; reason: string; entry: string }
  mirror_link: { tenant: number; key: Uint8Array; record_id: string }
  fact: { name: string; value: string }
}

/** Writes the store's SQL. */
export const sql = sqlBuilder<StoreTables>()

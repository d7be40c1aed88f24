import type { Database } from 'bun:sqlite'
import { runQuery } from '../base/sql.ts'
import type { Totals, TotalsQuery } from './reader-port.ts'
import { dayGrain, runDimension } from './rollups.ts'
import { type CountColumn, countColumns } from './run-columns.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

const noRuns = Object.fromEntries(countColumns.map((status) => [status, 0])) as { [Column in CountColumn]: number }

/** Runs by status, added up from the sums of days. Primary key of `rollup`. */
export function readTotals(database: Database, words: Words, query: TotalsQuery & { readonly type?: string }): Totals {
  const codes = resolve(words, query)
  if (codes === undefined) return noRuns
  let sums = sql.selectFrom('rollup').where('dimension', '=', runDimension).where('grain', '=', dayGrain)
  if (codes.tenant !== undefined) sums = sums.where('tenant', '=', codes.tenant)
  if (codes.source !== undefined) sums = sums.where('source', '=', codes.source)
  if (codes.type !== undefined) sums = sums.where('type', '=', codes.type)
  if (query.fromDay !== undefined) sums = sums.where('period', '>=', query.fromDay)
  const [row] = runQuery(
    database,
    sums.select((sum) => countColumns.map((column) => sum.fn.sum<number | null>(column).as(column))),
  )
  return Object.fromEntries(countColumns.map((column) => [column, row?.[column] ?? 0])) as { [Column in CountColumn]: number }
}

type Codes = { readonly tenant?: number; readonly source?: number; readonly type?: number }

/** The codes of the query's names; nothing when one of them was never seen, so that no run can match. */
function resolve(words: Words, { tenant, source, type }: TotalsQuery & { readonly type?: string }): Codes | undefined {
  const codes = {
    tenant: tenant === undefined ? undefined : words.find('tenant', tenant),
    source: source === undefined ? undefined : words.find('repo_source', source),
    type: type === undefined ? undefined : words.find('type', type),
  }
  const isUnseen = (name: string | undefined, code: number | undefined) => name !== undefined && code === undefined
  if (isUnseen(tenant, codes.tenant) || isUnseen(source, codes.source) || isUnseen(type, codes.type)) return undefined
  return {
    ...(codes.tenant !== undefined && { tenant: codes.tenant }),
    ...(codes.source !== undefined && { source: codes.source }),
    ...(codes.type !== undefined && { type: codes.type }),
  }
}

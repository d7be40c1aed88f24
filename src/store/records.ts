import type { Database } from 'bun:sqlite'
import { type Expression, sql as raw, type SelectQueryBuilder, type SqlBool } from 'kysely'
import { runQuery } from '../base/sql.ts'
import type { TotalsQuery } from './reader-port.ts'
import { type BoundQuery, firstMoment, type SortKey } from './records-query.ts'
import { RollupReader } from './rollup-reader.ts'
import { countColumns } from './run-columns.ts'
import { type StoreTables, sql } from './schema.ts'
import { readTotals } from './totals.ts'
import type { Words } from './words.ts'

/**
 * The rowids of one page of runs and the number of all that match. Everything is answered from two indexes that hold every column asked by:
 * `run_at` (one period, any filters, any order) and `run_nsapp` (some scripts over a long period).
 */
export function findRecords(
  database: Database,
  words: Words,
  query: BoundQuery,
): { readonly ids: readonly number[]; readonly total: number } {
  const filter = resolveFilter(words, query)
  if (filter === undefined) return { ids: [], total: 0 }
  const inPeriod = sumTotals(database, words, { tenant: query.tenant, fromDay: query.fromDay })
  const total = countMatches(database, words, query, filter)
  const offset = (query.page - 1) * query.limit
  if (offset >= total) return { ids: [], total }
  const path = choosePath(query, { offset, total, inPeriod })
  const rows = runQuery(database, pageQuery(query, filter, path))
  return { ids: rows.map(({ id }) => id), total }
}

/** A query's filters as the codes that rows hold. */
type Filter = {
  readonly tenant: number
  readonly codes: readonly (readonly ['status' | 'type' | 'os_type' | 'repo_source' | 'repo_slug', number])[]
  readonly statuses: readonly number[]
}

type Path = 'run_at' | 'run_nsapp'
type Runs = SelectQueryBuilder<StoreTables, 'run', object>

/** Nothing when a filter names a value that no run ever had. */
function resolveFilter(words: Words, query: BoundQuery): Filter | undefined {
  const tenant = words.find('tenant', query.tenant)
  if (tenant === undefined) return undefined
  const codes: [Filter['codes'][number][0], number][] = []
  const named = { status: query.status, type: query.type, os_type: query.os, repo_source: query.source, repo_slug: query.slug } as const
  for (const [column, text] of Object.entries(named) as [keyof typeof named, string | undefined][]) {
    if (text === undefined) continue
    const code = words.find(column, text)
    if (code === undefined) return undefined
    codes.push([column, code])
  }
  const statuses = countColumns.flatMap((status) => words.find('status', status) ?? [])
  return { tenant, codes, statuses }
}

function countMatches(database: Database, words: Words, query: BoundQuery, filter: Filter): number {
  const needsRuns = query.app !== undefined || query.os !== undefined || query.slug !== undefined
  if (!needsRuns) return sumTotals(database, words, query)
  const path = query.os === undefined && query.slug === undefined ? 'run_nsapp' : 'run_at'
  const runs = selectMatches(query, filter, path)
  return (
    runQuery(
      database,
      runs.select((row) => row.fn.countAll<number>().as('count')),
    )[0]?.count ?? 0
  )
}

type SumQuery = TotalsQuery & { readonly type?: string; readonly status?: string }

function sumTotals(database: Database, words: Words, query: SumQuery): number {
  const totals = readTotals(new RollupReader(database), words, query)
  const statuses = countColumns.filter((status) => query.status === undefined || query.status === status)
  return statuses.reduce((sum, status) => sum + totals[status], 0)
}

/** Rows looked at, in units of one index entry: scripts need all their runs sorted, the period can stop once the page is full. */
function choosePath(query: BoundQuery, { offset, total, inPeriod }: { offset: number; total: number; inPeriod: number }): Path {
  const canUseScripts = query.app !== undefined && query.os === undefined && query.slug === undefined
  if (!canUseScripts) return 'run_at'
  const stopsEarly = query.sort.key === 'created'
  const byPeriod = stopsEarly ? ((offset + query.limit) * inPeriod) / total : inPeriod
  const byScripts = total * (stopsEarly ? 1 : rowReadCost)
  return byScripts < byPeriod ? 'run_nsapp' : 'run_at'
}

/** What reading a row of the table costs, in index entries. */
const rowReadCost = 5

function pageQuery(query: BoundQuery, filter: Filter, path: Path) {
  const direction = query.sort.descending ? 'desc' : 'asc'
  const matches = selectMatches(query, filter, path).select('id')
  const sorted = query.sort.key === 'created' ? matches : matches.orderBy(sortValue(query.sort.key), direction)
  const byTime = query.sort.key === 'created' ? direction : 'desc'
  return sorted
    .orderBy(path === 'run_at' ? 'at' : raw`+at`, byTime)
    .orderBy('id', byTime)
    .limit(query.limit)
    .offset((query.page - 1) * query.limit)
}

/** The runs that match. A plus before a column keeps the planner from the index that starts with it. */
function selectMatches(query: BoundQuery, { tenant, codes, statuses }: Filter, path: Path): Runs {
  const since = firstMoment(query)
  let runs: Runs = sql.selectFrom('run').where('tenant', '=', tenant).where('at', '>=', since)
  for (const [column, code] of codes) runs = runs.where(column, '=', code)
  if (query.app === undefined) return runs
  const scripts = scriptsLike(query.app)
  if (path === 'run_at') return runs.where(raw<SqlBool>`+nsapp in ${scripts}`)
  const isStatusGiven = query.status !== undefined
  return (isStatusGiven ? runs : runs.where('status', 'in', statuses)).where('nsapp', 'in', scripts)
}

function scriptsLike(app: string): Expression<number> & SelectQueryBuilder<StoreTables, 'word', { code: number }> {
  const pattern = `%${app.replace(/[\\%_]/g, '\\$&')}%`
  return sql.selectFrom('word').select('code').where('kind', '=', 'nsapp').where(raw<SqlBool>`text like ${pattern} escape '\\'`) as never
}

/** What a run is sorted by, as it reads: a name by its text, an absent one first, an excused failure with the code 0. */
function sortValue(key: Exclude<SortKey, 'created'>): Expression<string | number | null> {
  if (key === 'exit_code') return raw<number>`case when outcome_status <> status then 0 else coalesce(exit_code, 0) end`
  return sql
    .selectFrom('word')
    .select('text')
    .where('kind', '=', key)
    .whereRef('code', '=', `run.${key}` as never) as never
}

import { acts } from '../access/audit.ts'
import type { ExportRow } from '../archive/csv.ts'
import type { ExportTable } from '../archive/export.ts'
import { wholeRunColumns, wholeRunRowOf } from '../archive/whole-run-row.ts'
import { dayMs } from '../base/clock.ts'
import { nearestOf } from '../base/nearest.ts'
import type { Settings } from '../config.ts'
import { errorRow, groupColumns } from '../http/export/group-row.ts'
import { checkFilterValue } from '../http/question/filter-value.ts'
import type { RunFilter } from '../store/analysis-port.ts'
import { dimensionRules } from '../store/dimension.ts'
import type { ErrorGroupFacts } from '../store/reader-port.ts'
import { everyDay } from '../store/rollup/key.ts'
import { readRollupRows, rollupColumns } from '../store/rollup/rows.ts'
import { openStoreReader } from '../store/sqlite-reader.ts'
import { readWholeRuns } from '../store/whole-runs.ts'
import { pathsOf } from './folder.ts'

/** What a command hands out of a data folder, and how it is asked for: times are milliseconds since 1970 UTC. */
export type ExportQuery = {
  readonly list: ExportedList
  readonly tenant: string
  readonly from: number
  readonly to: number
  readonly filter: ExportFilter
}
/** Which rows: each named value must be what the row has, spelling counts. Sums are of no one script and status, groups of no one status. */
export type ExportFilter = Pick<RunFilter, 'source' | 'type' | 'script' | 'status'>
export type ExportedList = 'runs' | 'rollups' | 'errors'

/** A list of the data folder, page by page. Takes no lock: it only reads, also beside a running service. */
export function exportFolder(settings: Settings, query: ExportQuery): Table {
  return tables[query.list](pathsOf(settings).storePath, query)
}

/** What is wrong with a value that rows shall have, as a sentence about its flag; nothing where runs can have it. */
export function faultOfFilter(filter: ExportFilter): string | undefined {
  for (const name of Object.keys(filter) as (keyof ExportFilter)[]) {
    const rule = checkFilterValue(name, filter[name] ?? '')
    if (rule !== undefined)
      return `--${name}: ${rule.replace(/^nearest_value_/, 'there is no such one, the nearest is ').replaceAll('_', ' ')}`
  }
  return undefined
}

/** The same of `--act`, the name of what the audit says was done. */
export function faultOfAct(act: string): string | undefined {
  return acts.some((one) => one === act) ? undefined : `--act: there is no such one, the nearest is ${nearestOf(act, acts)}`
}

/** Such a list is read without waiting. */
type Table = Omit<ExportTable, 'pages'> & { readonly pages: Iterable<readonly ExportRow[]> }

const tables: Readonly<Record<ExportedList, (path: string, query: ExportQuery) => Table>> = {
  runs: (path, query) => ({
    columns: wholeRunColumns,
    pages: filterPages(mapPages(readWholeRuns(path, query), wholeRunRowOf), (row) => hasValues(row, query.filter)),
  }),
  rollups: (path, { tenant, filter, ...range }) => ({
    columns: rollupColumns,
    pages: filterPages(readRollupRows(path, tenant), (row) => isWithin(row.day, range) && hasValues(row, filter)),
  }),
  errors: (path, query) => ({ columns: groupColumns.errors, pages: [errorRows(path, query)] }),
}

/** Where rows of runs call a filter otherwise. */
const runNames: { readonly [Name in keyof ExportFilter]: string } = { source: 'repo_source', script: 'nsapp' }

function hasValues(row: ExportRow, filter: ExportFilter): boolean {
  return (Object.keys(filter) as (keyof ExportFilter)[]).every((name) => (row[name] ?? row[runNames[name] ?? name]) === filter[name])
}

function isWithin(day: string, { from, to }: { readonly from: number; readonly to: number }): boolean {
  const at = Date.parse(day)
  return at >= from && at < to
}

function* filterPages<Row>(pages: Iterable<readonly Row[]>, isMeant: (row: Row) => boolean): Generator<readonly Row[]> {
  for (const page of pages) yield page.filter(isMeant)
}

function* mapPages<From, To>(pages: Iterable<readonly From[]>, map: (from: From) => To): Generator<readonly To[]> {
  for (const page of pages) yield page.map(map)
}

/** Every group of errors that the roll-ups keep apart, the most frequent first. Counts are of the days and runs that are meant, what is known of a group of all. */
function errorRows(path: string, { tenant, from, to, filter }: ExportQuery) {
  const reader = openStoreReader(path)
  try {
    const { by } = reader.analyse({ tenant, filter, ...rangeOf(from, to), by: { error: dimensionRules.error.valuesMax } })
    const groups = by.error?.groups ?? []
    const found = reader.errorGroups(
      tenant,
      groups.map(({ value }) => value),
    )
    const facts = new Map<string, ErrorGroupFacts>(found.map((group) => [group.fingerprint, group]))
    return groups.map((group) => errorRow(group, facts.get(group.value)))
  } finally {
    reader.close()
  }
}

function rangeOf(from: number, to: number) {
  if (from === Number.MIN_SAFE_INTEGER && to === Number.MAX_SAFE_INTEGER) return {}
  return {
    range: { fromDay: Math.max(Math.floor(from / dayMs), everyDay.fromDay), toDay: Math.min(Math.ceil(to / dayMs) - 1, everyDay.toDay) },
  }
}

import type { ExportRow } from '../archive/csv.ts'
import type { ExportTable } from '../archive/export.ts'
import { wholeRunColumns, wholeRunRowOf } from '../archive/whole-run-row.ts'
import type { Settings } from '../config.ts'
import { errorRow, groupColumns } from '../http/export/group-row.ts'
import { dimensionRules } from '../store/dimension.ts'
import type { ErrorGroupFacts } from '../store/reader-port.ts'
import { readRollupRows, rollupColumns } from '../store/rollup/rows.ts'
import { openStoreReader } from '../store/sqlite-reader.ts'
import { readWholeRuns } from '../store/whole-runs.ts'
import { pathsOf } from './folder.ts'

/** What a command hands out of a data folder, and how it is asked for: times are milliseconds since 1970 UTC. */
export type ExportQuery = { readonly list: ExportedList; readonly tenant: string; readonly from: number; readonly to: number }
export type ExportedList = 'runs' | 'rollups' | 'errors'

/** A list of the data folder, page by page. Takes no lock: it only reads, also beside a running service. */
export function exportFolder(settings: Settings, query: ExportQuery): Table {
  return tables[query.list](pathsOf(settings).storePath, query)
}

/** Such a list is read without waiting. */
type Table = Omit<ExportTable, 'pages'> & { readonly pages: Iterable<readonly ExportRow[]> }

const tables: Readonly<Record<ExportedList, (path: string, query: ExportQuery) => Table>> = {
  runs: (path, query) => ({ columns: wholeRunColumns, pages: mapPages(readWholeRuns(path, query), wholeRunRowOf) }),
  rollups: (path, { tenant }) => ({ columns: rollupColumns, pages: readRollupRows(path, tenant) }),
  errors: (path, { tenant }) => ({ columns: groupColumns.errors, pages: [errorRows(path, tenant)] }),
}

function* mapPages<From, To>(pages: Iterable<readonly From[]>, map: (from: From) => To): Generator<readonly To[]> {
  for (const page of pages) yield page.map(map)
}

/** Every group of errors that the roll-ups keep apart, the most frequent first. */
function errorRows(path: string, tenant: string) {
  const reader = openStoreReader(path)
  try {
    const { by } = reader.analyse({ tenant, filter: {}, by: { error: dimensionRules.error.valuesMax } })
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

import type { Totals } from '../count/totals.ts'
import { totalsOf } from '../count/totals.ts'
import { absentValue } from '../dimension.ts'
import type { TotalsQuery } from '../reader-port.ts'
import { countColumns } from '../run/columns.ts'
import type { Words } from '../words.ts'
import { type CellFilter, CellTally } from './cell-tally.ts'
import { everyDay } from './key.ts'
import type { RollupReader } from './reader.ts'

/** Runs by status, added up from the roll-ups of runs as such. */
export function readTotals(rollups: RollupReader, words: Words, query: TotalsQuery & { readonly type?: string }): Totals {
  const filter = resolveFilter(words, query)
  if (filter === undefined) return totalsOf([])
  const tally = new CellTally(filter)
  const range = { ...everyDay, ...(query.fromDay !== undefined && { fromDay: query.fromDay }) }
  for (const tenant of tenantsOf(words, query.tenant)) for (const { id, blob } of rollups.cells(tenant, 'run', range)) tally.add(blob, id)
  return tally.totals(absentValue)
}

type Named = { readonly source?: string; readonly type?: string; readonly status?: string }

/** The codes of the names; nothing when one of them was never seen, so that no run can match. */
export function resolveFilter(words: Words, { source, type, status }: Named): CellFilter | undefined {
  const filter: { source?: number; type?: number; status?: number } = {}
  const found = {
    source: source === undefined ? undefined : words.find('repo_source', source),
    type: type === undefined ? undefined : words.find('type', type),
    status: status === undefined ? undefined : (countColumns as readonly string[]).indexOf(status),
  }
  if (source !== undefined) {
    if (found.source === undefined) return undefined
    filter.source = found.source
  }
  if (type !== undefined) {
    if (found.type === undefined) return undefined
    filter.type = found.type
  }
  if (found.status === -1) return undefined
  if (found.status !== undefined) filter.status = found.status
  return filter
}

/** The code of one tenant, or of all. */
function tenantsOf(words: Words, tenant: string | undefined): readonly number[] {
  if (tenant === undefined) return words.codes('tenant')
  return [words.find('tenant', tenant)].filter((code) => code !== undefined)
}

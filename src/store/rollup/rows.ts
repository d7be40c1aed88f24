import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import { openStoreFileToRead } from '../file.ts'
import { countColumns } from '../run/columns.ts'
import { sql } from '../schema.ts'
import { Words } from '../words.ts'
import { Cells, keyOfCell } from './cells.ts'
import { spellCell } from './difference.ts'
import { everyDay, rollupDimensions, rollupId } from './key.ts'

/** The runs of a day that share a value of a dimension, a type and a source, by the status they read as. `day` is 2026-01-31. */
export type RollupRow = Readonly<Record<'day' | 'dimension' | 'value' | 'type' | 'source', string>> &
  Readonly<Record<(typeof countColumns)[number], number>>

/** The columns of such rows. */
export const rollupColumns = ['day', 'dimension', 'value', 'type', 'source', ...countColumns] as const

/** All daily sums of a tenant, also of days whose runs have expired, a day of a dimension at a time; each is one short look at the store. */
export function* readRollupRows(path: string, tenantName: string): Generator<readonly RollupRow[], void, undefined> {
  const database = openStoreFileToRead(path)
  try {
    const words = new Words(database)
    const tenant = words.find('tenant', tenantName)
    if (tenant === undefined) return
    const { next } = prepareReads(database)
    for (const dimension of rollupDimensions) {
      const place = { tenant, dimension, grain: 'day' } as const
      const end = rollupId({ ...place, period: everyDay.toDay })
      for (let id = rollupId({ ...place, period: everyDay.fromDay }) - 1; ; ) {
        const row = next.first(id, end)
        if (row === undefined) break
        id = row.id
        yield rowsOf(row, words)
      }
    }
  } finally {
    database.close()
  }
}

function rowsOf({ id, cells }: { readonly id: number; readonly cells: Uint8Array }, words: Words): readonly RollupRow[] {
  const rows = new Map<number, { -readonly [Name in keyof RollupRow]: RollupRow[Name] }>()
  for (const { value, pair, status, count } of new Cells(cells, Number.POSITIVE_INFINITY).counts()) {
    const cell = keyOfCell(value, pair)
    const row = rows.get(cell) ?? { ...spellCell(id, cell, words), ...noCounts }
    rows.set(cell, row)
    const name = countColumns[status]
    if (name !== undefined) row[name] = count
  }
  return [...rows.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
}

/** Codes of words are given as they come: rows of the same runs stand in the same order in every store by their spelling alone. */
function orderOf({ value, type, source }: RollupRow): string {
  return [value, type, source].join('\0')
}

const noCounts = Object.fromEntries(countColumns.map((name) => [name, 0])) as Readonly<Record<(typeof countColumns)[number], number>>

function prepareReads(database: Database) {
  const between = sql.selectFrom('rollup').where('id', '>', slot(0)).where('id', '<=', slot(1))
  return { next: prepare(database, between.select(['id', 'cells']).orderBy('id').limit(1)) } // Rowid.
}

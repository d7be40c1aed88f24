import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import { dayOfMonth, monthOfDay } from '../count/month.ts'
import { sql } from '../schema.ts'
import { daysOfId, grainOfId, periodOfId } from './key.ts'
import type { RollupPages } from './pages.ts'

/**
 * Removes the roll-ups that can be made again of runs. Those of sealed days stay: their runs have gone. A month that has sealed days and others begins
 * again with the sums of the sealed ones.
 */
export function clearUnsealed(database: Database, pages: RollupPages, sealedDay: number): void {
  const openMonth = monthOfDay(sealedDay + 1)
  const split = dayOfMonth(openMonth) <= sealedDay ? openMonth : undefined
  for (const table of ['rollup', 'rollup_duration'] as const) {
    const remove = prepare(database, sql.deleteFrom(table).where('id', '=', slot(0))) // Rowid.
    for (const id of idsOf(database, table)) if (daysOfId(id).toDay > sealedDay) remove.run(id)
  }
  if (split === undefined) return
  // Counts come first: they decide which values the month keeps apart.
  for (const table of ['rollup', 'rollup_duration'] as const)
    for (const id of idsOf(database, table))
      if (grainOfId(id) === 'day' && monthOfDay(periodOfId(id)) === split) pages.refillMonth(table, id, split)
}

function idsOf(database: Database, table: 'rollup' | 'rollup_duration'): readonly number[] {
  return prepare(database, sql.selectFrom(table).select('id').orderBy('id'))
    .arrays()
    .map(([id]) => Number(id))
}

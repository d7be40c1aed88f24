import type { Database } from 'bun:sqlite'
import { dayMs } from '../../base/clock.ts'
import { prepare, slot } from '../../base/sql.ts'
import { countColumns, countedColumns } from '../run/columns.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { DayRuns } from './day-runs.ts'

/** Runs are read so much of a day at a time. */
const sliceMs = dayMs / 24

/** The runs of a day of a tenant. Call it inside a transaction. */
export function readDayRuns(database: Database, words: Words, tenant: number, day: number): DayRuns {
  const query = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '>=', slot(1)).where('at', '<', slot(2)) // Index run_at.
  const statement = prepare(database, query.select(countedColumns))
  const runs = new DayRuns()
  for (let from = day * dayMs; from < (day + 1) * dayMs; from += sliceMs)
    for (const row of statement.arrays(tenant, from, from + sliceMs))
      runs.add(row, (countColumns as readonly string[]).indexOf(words.text('status', Number(row[2]))))
  runs.close()
  return runs
}

import type { SqlValue } from '../../base/sql.ts'
import type { RunState } from '../../event/run.ts'
import type { CountedRow } from '../derived.ts'
import { countedColumns, runColumns } from './columns.ts'

const place = runColumns.indexOf('error_group')
const countedPlace = countedColumns.indexOf('error_group')

/** A run whose log was removed stays in the group that the log put it into: nobody could find the cause again. `stored` is what it is counted by now. */
export function keepGroup(row: SqlValue[], stored: CountedRow, before: RunState, after: RunState): void {
  const group = stored[countedPlace] ?? null
  if (group !== null && row[place] !== null && isLogGone(before, after)) row[place] = group
}

/** Whether it is the same end of the run, of which the log is not there any more. */
function isLogGone({ outcome: before }: RunState, { outcome: after }: RunState): boolean {
  if (before === undefined || after === undefined || after.trace !== undefined || after.traceLength === 0) return false
  const isSame = before.traceLength === after.traceLength && before.traceHash === after.traceHash && before.error === after.error
  return isSame && before.status === after.status && before.exitCode === after.exitCode && before.errorCategory === after.errorCategory
}

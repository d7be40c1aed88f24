import { readRun } from '../event/reading.ts'
import { encodeState } from '../event/run-record.ts'
import type { StoredRun } from '../store/port.ts'
import type { ExportRow } from './csv.ts'
import { runColumns, runRowOf } from './run-row.ts'

/** The columns of an export that can be taken in again: those of lists, the log, and the merged state, which is the truth. */
export const wholeRunColumns = [...runColumns, 'trace', 'state'] as const

/** A run as such a row. `state` is JSON as a text. The log of a failure that reads as a success is kept: it is part of the state. */
export function wholeRunRowOf({ state }: StoredRun): ExportRow {
  const trace = state.outcome?.trace
  return { ...runRowOf(readRun(state)), ...(trace !== undefined && { trace }), state: encodeState(state) }
}

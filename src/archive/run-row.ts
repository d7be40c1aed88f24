import { installFields } from '../event/install.ts'
import type { RunReading } from '../event/reading.ts'
import type { RunCountQuery, RunList, RunListQuery } from '../store/reader-port.ts'
import type { Cell, ExportRow } from './csv.ts'

/** The columns of a list of runs: times, the fields of the event by their wire names, and what was made of them. Logs are no part of lists. */
export const runColumns = [
  'created',
  'updated',
  ...installFields.map(({ wire }) => wire),
  'stage',
  'excused',
  'stuck',
  'repaired',
  'cloaked',
] as const

/** A run as a row: times in ISO 8601 (UTC), sets of rules as words with spaces between. What nobody reported is absent. */
export function runRowOf(reading: RunReading): ExportRow {
  const row: Record<string, Cell> = { created: formatTime(reading.firstAt), updated: formatTime(reading.lastAt) }
  for (const { wire, name } of installFields) {
    const value = reading[name]
    if (value !== undefined) row[wire] = value
  }
  return {
    ...row,
    stage: reading.stage,
    excused: reading.excused,
    stuck: reading.stuck,
    ...(reading.repairs.length > 0 && { repaired: reading.repairs.join(' ') }),
    ...(reading.rules.length > 0 && { cloaked: reading.rules.join(' ') }),
  }
}

/** Who lists runs page by page; each page is one short look at the store. */
export type RunSource = { runList(query: RunListQuery): Promise<RunList> }

/** All runs of a query as rows, page by page, newest first. A run that comes while this reads is newer than all that follow, so it moves no page. */
export async function* readRunRows(source: RunSource, query: RunCountQuery): AsyncGenerator<readonly ExportRow[], void, undefined> {
  let cursor: string | undefined
  do {
    const { runs, older } = await source.runList({ ...query, limit: pageRuns, ...(cursor !== undefined && { cursor }) })
    yield runs.map(({ reading }) => runRowOf(reading))
    cursor = older
  } while (cursor !== undefined)
}

/** Runs read at once: enough to be fast, few enough to hold and to let others in between. */
const pageRuns = 100

function formatTime(ms: number): string {
  return new Date(ms).toISOString()
}

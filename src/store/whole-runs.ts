import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { openStoreFileToRead } from './file.ts'
import type { StoredRun } from './port.ts'
import { runColumns, runSelection } from './run/columns.ts'
import { decodeRun, hadTrace } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
import { Words } from './words.ts'

/** Whose runs, and those that began at `from` or later and before `to`, in milliseconds since 1970 UTC. */
export type WholeRunsQuery = { readonly tenant: string; readonly from: number; readonly to: number }

/** Runs of one look at the store: each may have a log of ten thousand characters. */
const pageRuns = 500

/**
 * Runs with all that is known of them, logs too, by their first report, those of one moment by their keys: an order that does not depend on how they got
 * into the store. Each page is one short look, so that no log of the database grows meanwhile; a run that changes its first report between two looks may be
 * missed or come twice. The connection can only read, also beside the writer.
 */
export function* readWholeRuns(path: string, query: WholeRunsQuery): Generator<readonly StoredRun[], void, undefined> {
  const database = openStoreFileToRead(path)
  try {
    const words = new Words(database)
    const traces = new Traces(database)
    const tenant = words.find('tenant', query.tenant)
    if (tenant === undefined) return
    const { first, next } = prepareReads(database)
    const { from, to } = query
    const read = (key: Uint8Array | undefined, at: number) =>
      database.transaction(() =>
        (key === undefined ? first.arrays(tenant, at, to, pageRuns) : next.arrays(tenant, at, to, key, pageRuns)).map((row) => ({
          at: Number(row[atPlace]),
          run: decodeRun(row, words, hadTrace(row) ? traces.read(Number(row.at(-1))) : undefined),
        })),
      )()
    for (let page = read(undefined, from); page.length > 0; ) {
      yield page.map(({ run }) => run)
      const last = page.at(-1)
      if (last === undefined || page.length < pageRuns) return
      page = read(last.run.key, last.at)
    }
  } finally {
    database.close()
  }
}

const atPlace = runColumns.indexOf('at')

function prepareReads(database: Database) {
  const between = sql.selectFrom('run').where('tenant', '=', slot(0)).where('at', '>=', slot(1)).where('at', '<', slot(2))
  const ordered = between.orderBy('at').orderBy('key').select(runSelection)
  const behind = ordered.where((run) => run.or([run('at', '>', slot(1)), run('key', '>', slot(3))]))
  return { first: prepare(database, ordered.limit(slot(3))), next: prepare(database, behind.limit(slot(4))) } // Index run_at; keys of one moment are sorted.
}

import type { Database } from 'bun:sqlite'
import { assert } from '../../base/assert.ts'
import { prepare, type SqlValue, slot } from '../../base/sql.ts'
import { firstAtOf } from '../../event/reading.ts'
import type { RunState } from '../../event/run.ts'
import type { CountedRow } from '../derived.ts'
import type { Revision, StoredRun } from '../port.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { countedColumns, type RunColumn, runColumns, runSelection } from './columns.ts'
import { keepGroup } from './kept-group.ts'
import { decodeRun, hadTrace, type RunRow } from './row.ts'
import { Traces } from './trace.ts'

/** What is read of a run to count it out, and behind it its rowid. */
const countedSelection = [...countedColumns, 'id'] as const

/** A key never changes: left out of updates, its index is not touched by them. Neither are those of what seldom changes, where it did not. */
const fixedColumns: readonly RunColumn[] = ['tenant', 'key']
const steadyColumns: readonly RunColumn[] = ['at', 'random_id']

/** The rows of runs, each with its log. A run is found by the code of its tenant and its key. */
export class RunTable {
  readonly #words: Words
  readonly #traces: Traces
  readonly #statements: ReturnType<typeof prepareTable>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#traces = new Traces(database)
    this.#statements = prepareTable(database)
  }

  find(tenant: number, key: Uint8Array): StoredRun | undefined {
    const row = this.#statements.find.arrays(tenant, key)[0]
    return row && this.decode(row)
  }

  /** Gives the rowid. */
  insert(row: RunRow, state: RunState): number {
    const id = this.#statements.insert.insert(...row)
    if (state.outcome?.trace !== undefined) this.#traces.write(id, state.outcome.trace)
    return id
  }

  /** Gives what the run was counted by, and behind it its rowid. */
  update(row: SqlValue[], before: StoredRun, after: RunState): CountedRow {
    const [tenant = null, key = null] = row
    const stored = this.#statements.findVersion.arrays(tenant, key, before.revision)[0]
    assert(stored !== undefined, 'a run is changed from the revision it was loaded at')
    const id = Number(stored.at(-1))
    keepGroup(row, stored, before.state, after)
    this.#statements[isSteady(before.state, after) ? 'updateSteady' : 'update'].run(...row, id)
    if (before.state.outcome?.trace !== after.outcome?.trace) this.#traces.write(id, after.outcome?.trace)
    return stored
  }

  /** Gives what the run was counted by, and behind it its rowid; nothing where there is none. */
  remove(tenant: number, key: Uint8Array): CountedRow | undefined {
    const stored = this.#statements.findCounted.arrays(tenant, key)[0]
    if (stored !== undefined) this.#statements.remove.run(tenant, key)
    return stored
  }

  /** Gives a run another revision. Whether there is such a run. */
  touch(tenant: number, key: Uint8Array, revision: Revision): boolean {
    return this.#statements.touch.run(revision, tenant, key) > 0
  }

  /** The runs that changed after a revision, in its order. */
  changes(revision: Revision, limit: number): readonly StoredRun[] {
    return this.#statements.changed.arrays(revision, limit).map((row) => this.decode(row))
  }

  lastRevision(): Revision {
    return this.#statements.lastRevision.first()?.revision ?? 0
  }

  /** A row with its rowid behind it as the run it stands for. */
  decode(row: RunRow): StoredRun {
    return decodeRun(row, this.#words, hadTrace(row) ? this.#traces.read(Number(row.at(-1))) : undefined)
  }
}

/** Whether two states of one run have the same cells in `steadyColumns`. */
function isSteady(before: RunState, after: RunState): boolean {
  return before.fields.randomId?.value === after.fields.randomId?.value && firstAtOf(before) === firstAtOf(after)
}

function prepareTable(database: Database) {
  const cells = Object.fromEntries(runColumns.map((column, index) => [column, slot(index)])) as { [Column in RunColumn]: never }
  const changing = Object.entries(cells).filter(([column]) => !fixedColumns.includes(column as RunColumn))
  const unsteady = changing.filter(([column]) => !steadyColumns.includes(column as RunColumn))
  const update = sql.updateTable('run').where('id', '=', slot(runColumns.length)) // Rowid.
  const runs = sql.selectFrom('run')
  const byKey = runs.where('tenant', '=', slot(0)).where('key', '=', slot(1)) // Index run_key.
  return {
    find: prepare(database, byKey.select(runSelection)),
    findVersion: prepare(database, byKey.where('revision', '=', slot(2)).select(countedSelection)),
    findCounted: prepare(database, byKey.select(countedSelection)),
    insert: prepare(database, sql.insertInto('run').values(cells)),
    update: prepare(database, update.set(Object.fromEntries(changing))),
    updateSteady: prepare(database, update.set(Object.fromEntries(unsteady))),
    remove: prepare(database, sql.deleteFrom('run').where('tenant', '=', slot(0)).where('key', '=', slot(1))), // Index run_key.
    touch: prepare(
      database,
      sql
        .updateTable('run')
        .set({ revision: slot(0) })
        .where('tenant', '=', slot(1))
        .where('key', '=', slot(2)), // Index run_key.
    ),
    changed: prepare(
      database,
      runs.select(runSelection).where('revision', '>', slot(0)).orderBy('revision').limit(slot(1)), // Index run_revision.
    ),
    lastRevision: prepare(
      database,
      runs.select((row) => row.fn.max('revision').as('revision')),
    ), // Index run_revision.
  }
}

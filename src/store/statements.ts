import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { firstAtOf } from '../event/reading.ts'
import type { RunState } from '../event/run.ts'
import { countedColumns, type RunColumn, runColumns } from './run/columns.ts'
import { sql } from './schema.ts'

/** What is read of a run: its row, and behind it its rowid. */
export const runSelection = [...runColumns, 'id'] as const

/** A key never changes: left out of updates, its index is not touched by them. Neither are those of what seldom changes, where it did not. */
const fixedColumns: readonly RunColumn[] = ['tenant', 'key']
const steadyColumns: readonly RunColumn[] = ['at', 'random_id']

/** Whether two states of one run have the same cells in `steadyColumns`. */
export function isSteady(before: RunState, after: RunState): boolean {
  return before.fields.randomId?.value === after.fields.randomId?.value && firstAtOf(before) === firstAtOf(after)
}

/** What is read of a run to count it out, and behind it its rowid. */
const countedSelection = [...countedColumns, 'id'] as const

export type Statements = ReturnType<typeof prepareStatements>

/** The writer's statements, each with the index it uses. */
export function prepareStatements(database: Database) {
  return {
    ...prepareRunStatements(database),
    ...prepareTombstoneStatements(database),
    ...prepareNamedStatements(database),
    ...prepareSetAsideStatements(database),
  }
}

function prepareRunStatements(database: Database) {
  const cells = Object.fromEntries(runColumns.map((column, index) => [column, slot(index)])) as { [Column in RunColumn]: never }
  const changing = Object.entries(cells).filter(([column]) => !fixedColumns.includes(column as RunColumn))
  const unsteady = changing.filter(([column]) => !steadyColumns.includes(column as RunColumn))
  const update = sql.updateTable('run').where('id', '=', slot(runColumns.length)) // Rowid.
  const runs = sql.selectFrom('run')
  const byKey = runs.where('tenant', '=', slot(0)).where('key', '=', slot(1)) // Index run_key.
  return {
    findRun: prepare(database, byKey.select(runSelection)),
    findVersion: prepare(database, byKey.where('revision', '=', slot(2)).select(countedSelection)),
    findCounted: prepare(database, byKey.select(countedSelection)),
    insertRun: prepare(database, sql.insertInto('run').values(cells)),
    updateRun: prepare(database, update.set(Object.fromEntries(changing))),
    updateSteadyRun: prepare(database, update.set(Object.fromEntries(unsteady))),
    removeRun: prepare(database, sql.deleteFrom('run').where('tenant', '=', slot(0)).where('key', '=', slot(1))), // Index run_key.
    touchRun: prepare(
      database,
      sql
        .updateTable('run')
        .set({ revision: slot(0) })
        .where('tenant', '=', slot(1))
        .where('key', '=', slot(2)), // Index run_key.
    ),
    changedRuns: prepare(
      database,
      runs.select(runSelection).where('revision', '>', slot(0)).orderBy('revision').limit(slot(1)), // Index run_revision.
    ),
    listAged: prepare(
      database,
      runs.select(['tenant', 'key']).where('tenant', '=', slot(0)).where('at', '<', slot(1)).orderBy('at').limit(slot(2)), // Index run_at.
    ),
    countAged: prepare<{ count: number; first_at: number | null }>(
      database,
      runs
        .where('tenant', '=', slot(0))
        .where('at', '<', slot(1))
        .select((row) => [row.fn.countAll<number>().as('count'), row.fn.min<number | null>('at').as('first_at')]), // Index run_at.
    ),
    lastRevision: prepare(
      database,
      runs.select((row) => row.fn.max('revision').as('revision')),
    ), // Index run_revision.
  }
}

function prepareTombstoneStatements(database: Database) {
  const tombstones = sql.selectFrom('tombstone')
  return {
    touchTombstone: prepare(
      database,
      sql
        .updateTable('tombstone')
        .set({ revision: slot(0) })
        .where('tenant', '=', slot(1))
        .where('key', '=', slot(2)), // Primary key.
    ),
    changedTombstones: prepare(
      database,
      tombstones.selectAll().where('revision', '>', slot(0)).orderBy('revision').limit(slot(1)), // Index tombstone_revision.
    ),
    lastTombstone: prepare(
      database,
      tombstones.select((row) => row.fn.max('revision').as('revision')),
    ), // Index tombstone_revision.
  }
}

function prepareNamedStatements(database: Database) {
  const moveCursor = sql.insertInto('consumer').values({ name: slot(0), cursor: slot(1) })
  const setFact = sql.insertInto('fact').values({ name: slot(0), value: slot(1) })
  return {
    findCursor: prepare(database, sql.selectFrom('consumer').select('cursor').where('name', '=', slot(0))),
    moveCursor: prepare(
      database,
      moveCursor.onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ cursor: row.ref('excluded.cursor') }))),
    ),
    findFact: prepare(database, sql.selectFrom('fact').select('value').where('name', '=', slot(0))),
    setFact: prepare(
      database,
      setFact.onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') }))),
    ),
  }
}

function prepareSetAsideStatements(database: Database) {
  const entries = sql.selectFrom('set_aside')
  return {
    insertSetAside: prepare(database, sql.insertInto('set_aside').values({ consumer: slot(0), reason: slot(1), entry: slot(2) })),
    listSetAside: prepare(database, entries.selectAll().where('id', '>', slot(0)).orderBy('id').limit(slot(1))), // Rowid.
    countSetAside: prepare(
      database,
      entries.select((row) => row.fn.countAll<number>().as('count')),
    ),
    dropSetAside: prepare(database, sql.deleteFrom('set_aside').where('id', '=', slot(0))),
  }
}

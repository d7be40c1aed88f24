import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { sql } from './schema.ts'

export type Statements = ReturnType<typeof prepareStatements>

/** The writer's statements, each with the index it uses. */
export function prepareStatements(database: Database) {
  return {
    ...prepareTombstoneStatements(database),
    ...prepareNamedStatements(database),
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

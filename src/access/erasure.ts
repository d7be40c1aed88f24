import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { type Audit, openAudit } from './audit.ts'
import { accessSql, openAccessDatabase, openAccessDatabaseToInspect } from './database.ts'

/** A random id whose runs from before the moment `at` are erased, as a keyed hash. */
export type Erasure = { readonly hash: string; readonly at: number }

/** What was asked to be erased. */
export type ErasureBook = {
  /** Writes them down with one note in the audit, on disk when this returns. One that is there already begins again. */
  add(erasures: readonly Erasure[], by: { readonly actor: string; readonly tenant: string }): void
  /** Those that are not done everywhere yet. */
  pending(): readonly Erasure[]
  all(): readonly Erasure[]
  finish(erasures: readonly Erasure[], at: number): void
  /** All are to be gone through once more: what was erased may have come back, and who was told of it has to be told again. */
  reopen(): void
  /** Forgets those that were done, and asked for, before the moment. */
  trim(before: number): number
}

/** The erasures in `access.db`. */
export function openErasureBook(database: Database, audit: Audit = openAudit(database)): ErasureBook {
  const statements = prepareErasures(database)
  const add = (erasures: readonly Erasure[]) => {
    for (const { hash, at } of erasures) statements.put.run(hash, at)
  }
  return {
    add: (erasures, by) =>
      database
        .transaction(() => {
          add(erasures)
          audit.add({ ...by, at: erasures[0]?.at ?? 0, act: 'erase', subject: (erasures[0]?.hash ?? '').slice(0, auditCharacters) })
        })
        .immediate(),
    pending: () => statements.pending.all(),
    all: () => statements.all.all(),
    finish: (erasures, doneAt) => {
      for (const { hash, at } of erasures) statements.finish.run(doneAt, hash, at)
    },
    reopen: () => {
      statements.reopen.run()
    },
    trim: (before) => statements.trim.run(before),
  }
}

/** Enough of a hash to tell erasures apart in the audit. */
const auditCharacters = 16

/** The erasures in a copy of an `access.db`, which stays as it is. */
export function readErasureBook(path: string): readonly Erasure[] {
  const database = openAccessDatabaseToInspect(path)
  try {
    return prepare<Erasure>(database, accessSql.selectFrom('erasure').select(['hash', 'at'])).all()
  } finally {
    database.close()
  }
}

/** Adds erasures to an `access.db` that nobody uses: those of its own time it has, those from after its backup it does not. All are open again. */
export function bringErasures(path: string, erasures: readonly Erasure[]): readonly Erasure[] {
  const database = openAccessDatabase(path)
  try {
    const statements = prepareErasures(database)
    for (const { hash, at } of erasures) statements.bring.run(hash, at)
    statements.reopen.run()
    return statements.all.all()
  } finally {
    database.close()
  }
}

function prepareErasures(database: Database) {
  const insert = accessSql.insertInto('erasure').values({ hash: slot(0), at: slot(1), done_at: null })
  const rows = accessSql.selectFrom('erasure').select(['hash', 'at'])
  return {
    put: prepare(
      database,
      insert.onConflict((conflict) => conflict.column('hash').doUpdateSet((row) => ({ at: row.ref('excluded.at'), done_at: null }))),
    ),
    bring: prepare(
      database,
      insert.onConflict((conflict) =>
        conflict
          .column('hash')
          .doUpdateSet((row) => ({ at: row.ref('excluded.at'), done_at: null }))
          .whereRef('erasure.at', '<', 'excluded.at'),
      ),
    ),
    pending: prepare<Erasure>(database, rows.where('done_at', 'is', null)),
    all: prepare<Erasure>(database, rows),
    finish: prepare(
      database,
      accessSql
        .updateTable('erasure')
        .set({ done_at: slot(0) })
        .where('hash', '=', slot(1))
        .where('at', '=', slot(2)),
    ),
    reopen: prepare(database, accessSql.updateTable('erasure').set({ done_at: null })),
    trim: prepare(database, accessSql.deleteFrom('erasure').where('done_at', 'is not', null).where('at', '<', slot(0))),
  }
}

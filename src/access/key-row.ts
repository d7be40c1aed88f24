import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { accessSql, type KeyRow } from './database.ts'

/** The statements on `access_key`. A key is found by its id, the primary key of the table. */
export type KeyRows = {
  insert(row: KeyRow): void
  find(id: string): KeyRow | undefined
  list(): readonly KeyRow[]
  liveCount(): number
  /** Whether a key of the scope is neither revoked nor expired. */
  hasLive(scope: string, now: number): boolean
  /** Whether a key of that id was not revoked yet and now is. */
  revoke(id: string, at: number): boolean
  /** Notes a day of use; an earlier day than the noted one changes nothing. */
  markUse(id: string, day: number): void
}

/** Prepares the statements once, for as long as the database is open. */
export function prepareKeyRows(database: Database): KeyRows {
  const find = prepare<KeyRow>(database, accessSql.selectFrom('access_key').selectAll().where('id', '=', slot(0)))
  const list = prepare<KeyRow>(database, accessSql.selectFrom('access_key').selectAll().orderBy('created_at', 'desc').orderBy('id'))
  const count = prepare(
    database,
    accessSql
      .selectFrom('access_key')
      .select(({ fn }) => fn.countAll<number>().as('live'))
      .where('revoked_at', 'is', null),
  )
  const live = prepare(
    database,
    accessSql
      .selectFrom('access_key')
      .select('id')
      .where('scope', '=', slot(0))
      .where('revoked_at', 'is', null)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', slot(1))]))
      .limit(1),
  )
  const revoke = prepare(
    database,
    accessSql
      .updateTable('access_key')
      .set({ revoked_at: slot(0) })
      .where('id', '=', slot(1))
      .where('revoked_at', 'is', null),
  )
  const markUse = prepare(
    database,
    accessSql
      .updateTable('access_key')
      .set({ last_used_day: slot(0) })
      .where('id', '=', slot(1))
      .where(({ eb, or }) => or([eb('last_used_day', 'is', null), eb('last_used_day', '<', slot(2))])),
  )
  const insert = prepareInsert(database)
  return {
    insert,
    find: (id) => find.first(id),
    list: () => list.all(),
    hasLive: (scope, now) => live.first(scope, now) !== undefined,
    liveCount: () => count.first()?.live ?? 0,
    revoke: (id, at) => revoke.run(at, id) > 0,
    markUse: (id, day) => {
      markUse.run(day, id, day)
    },
  }
}

function prepareInsert(database: Database): (row: KeyRow) => void {
  const statement = prepare(
    database,
    accessSql.insertInto('access_key').values({
      id: slot(0),
      label: slot(1),
      scope: slot(2),
      tenant: slot(3),
      hash: slot(4),
      created_at: slot(5),
      expires_at: slot(6),
      revoked_at: slot(7),
      last_used_day: slot(8),
    }),
  )
  return (row) => {
    const { id, label, scope, tenant, hash, created_at, expires_at, revoked_at, last_used_day } = row
    statement.run(id, label, scope, tenant, hash, created_at, expires_at, revoked_at, last_used_day)
  }
}

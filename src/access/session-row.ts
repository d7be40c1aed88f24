import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { accessSql, type KeyRow, type SessionRow, type UserRow } from './database.ts'

/** A session beside what its owner is now: either the user's columns or the key's are there. */
export type OwnedSession = SessionRow & {
  readonly name: UserRow['name'] | null
  readonly role: UserRow['role'] | null
  readonly user_tenant: string | null
  readonly disabled_at: number | null
  readonly label: string | null
  readonly scope: KeyRow['scope'] | null
  readonly key_tenant: string | null
  readonly key_expires_at: number | null
  readonly revoked_at: number | null
}

/** The statements on `session`. A session is found by the hash of its token, and by its user or key; each has its index. */
export type SessionRows = {
  insert(row: SessionRow): void
  findByToken(hash: Uint8Array): OwnedSession | undefined
  findById(id: string): OwnedSession | undefined
  /** All sessions, the youngest first. */
  list(): readonly OwnedSession[]
  /** The sessions of one owner, the youngest first. */
  listOfOwner(owner: Owner): readonly OwnedSession[]
  remove(id: string): boolean
  /** Removes the sessions of a user but the one named; without it all. */
  removeOfUser(userId: string, butId?: string): void
  removeOfKey(keyId: string): void
  removeOver(now: number, seenBefore: number): number
  markSeen(id: string, at: number): void
}

export type Owner = { readonly userId: string } | { readonly keyId: string }

const owned = accessSql
  .selectFrom('session')
  .leftJoin('user', 'user.id', 'session.user_id')
  .leftJoin('access_key', 'access_key.id', 'session.key_id')
  .selectAll('session')
  .select(['user.name', 'user.role', 'user.tenant as user_tenant', 'user.disabled_at'])
  .select(['access_key.label', 'access_key.scope', 'access_key.tenant as key_tenant'])
  .select(['access_key.expires_at as key_expires_at', 'access_key.revoked_at'])

const ordered = owned.orderBy('session.created_at', 'desc').orderBy('session.id')

/** Prepares the statements once, for as long as the database is open. */
export function prepareSessionRows(database: Database): SessionRows {
  const byToken: Prepared<OwnedSession> = prepare(database, owned.where('session.token_hash', '=', slot(0)))
  const byId: Prepared<OwnedSession> = prepare(database, owned.where('session.id', '=', slot(0)))
  const list: Prepared<OwnedSession> = prepare(database, ordered)
  const ofUser: Prepared<OwnedSession> = prepare(database, ordered.where('session.user_id', '=', slot(0)))
  const ofKey: Prepared<OwnedSession> = prepare(database, ordered.where('session.key_id', '=', slot(0)))
  const remove = prepare(database, accessSql.deleteFrom('session').where('id', '=', slot(0)))
  const removeOfUser = prepare(database, accessSql.deleteFrom('session').where('user_id', '=', slot(0)).where('id', '<>', slot(1)))
  const removeOfKey = prepare(database, accessSql.deleteFrom('session').where('key_id', '=', slot(0)))
  const removeOver = prepare(
    database,
    accessSql.deleteFrom('session').where(({ eb, or }) => or([eb('expires_at', '<=', slot(0)), eb('seen_at', '<=', slot(1))])),
  )
  const markSeen = prepare(
    database,
    accessSql
      .updateTable('session')
      .set({ seen_at: slot(0) })
      .where('id', '=', slot(1))
      .where('seen_at', '<', slot(2)),
  )
  return {
    insert: prepareInsert(database),
    findByToken: (hash) => byToken.first(hash),
    findById: (id) => byId.first(id),
    list: () => list.all(),
    listOfOwner: (owner) => ('userId' in owner ? ofUser.all(owner.userId) : ofKey.all(owner.keyId)),
    remove: (id) => remove.run(id) > 0,
    removeOfUser: (userId, butId = '') => {
      removeOfUser.run(userId, butId)
    },
    removeOfKey: (keyId) => {
      removeOfKey.run(keyId)
    },
    removeOver: (now, seenBefore) => removeOver.run(now, seenBefore),
    markSeen: (id, at) => {
      markSeen.run(at, id, at)
    },
  }
}

function prepareInsert(database: Database): (row: SessionRow) => void {
  const names = ['id', 'token_hash', 'user_id', 'key_id', 'way', 'created_at', 'seen_at', 'expires_at'] as const
  const values = Object.fromEntries(names.map((name, index) => [name, slot(index)])) as Readonly<Record<(typeof names)[number], never>>
  const statement = prepare(database, accessSql.insertInto('session').values(values))
  return (row) => {
    statement.run(...names.map((name) => row[name]))
  }
}

import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { accessSql, type UserRow } from './database.ts'

/** The statements on `user`. A user is found by name, which is unique and has its index. */
export type UserRows = {
  insert(row: UserRow): void
  find(name: string): UserRow | undefined
  list(): readonly UserRow[]
  count(): number
  /** Admins who are not disabled. */
  adminCount(): number
  setRole(id: string, role: UserRow['role']): void
  setPassword(id: string, hash: string): void
  /** Null enables. */
  setDisabled(id: string, at: number | null): void
  remove(id: string): void
}

/** Prepares the statements once, for as long as the database is open. */
export function prepareUserRows(database: Database): UserRows {
  const users = accessSql.selectFrom('user')
  const find = prepare<UserRow>(database, users.selectAll().where('name', '=', slot(0)))
  const list = prepare<UserRow>(database, users.selectAll().orderBy('name'))
  const counted = users.select(({ fn }) => fn.countAll<number>().as('users'))
  const count = prepare(database, counted)
  const adminCount = prepare(database, counted.where('role', '=', 'admin').where('disabled_at', 'is', null))
  const update = accessSql.updateTable('user').where('id', '=', slot(1))
  const setRole = prepare(database, update.set({ role: slot(0) }))
  const setPassword = prepare(database, update.set({ password_hash: slot(0) }))
  const setDisabled = prepare(database, update.set({ disabled_at: slot(0) }))
  const remove = prepare(database, accessSql.deleteFrom('user').where('id', '=', slot(0)))
  return {
    insert: prepareInsert(database),
    find: (name) => find.first(name),
    list: () => list.all(),
    count: () => count.first()?.users ?? 0,
    adminCount: () => adminCount.first()?.users ?? 0,
    setRole: (id, role) => void setRole.run(role, id),
    setPassword: (id, hash) => void setPassword.run(hash, id),
    setDisabled: (id, at) => void setDisabled.run(at, id),
    remove: (id) => void remove.run(id),
  }
}

function prepareInsert(database: Database): (row: UserRow) => void {
  const names = ['id', 'name', 'role', 'tenant', 'password_hash', 'created_at', 'disabled_at'] as const
  const values = Object.fromEntries(names.map((name, index) => [name, slot(index)])) as Readonly<Record<(typeof names)[number], never>>
  const statement = prepare(database, accessSql.insertInto('user').values(values))
  return (row) => void statement.run(...names.map((name) => row[name]))
}

import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { type AuditRow, accessSql } from './database.ts'

export type Act =
  | 'key_create'
  | 'key_revoke'
  | 'user_create'
  | 'user_delete'
  | 'user_disable'
  | 'user_enable'
  | 'user_password'
  | 'user_role'
  | 'session_start'
  | 'session_end'
  | 'setup_link'
  | 'error_mute'
  | 'error_unmute'
  | 'alert_add'
  | 'alert_change'
  | 'alert_remove'
  | 'alert_mute'
  | 'alert_unmute'

/**
 * Who did what to whom: `actor` is `cli`, `service`, `setup`, `key:<id>` or `user:<id>`, `subject` the id of what was changed: a key, a user, a session,
 * or tenant and fingerprint of a group of errors. Never a person's name or an address.
 */
export type AuditEntry = { readonly at: number; readonly actor: string; readonly act: Act; readonly subject: string }

/** The record of what was done to access rights. */
export type Audit = {
  /** Adds an entry inside the caller's transaction, so that no change is without its entry. */
  add(entry: AuditEntry): void
  /** The newest entries, newest first. */
  list(limit: number): readonly AuditRow[]
  /** Removes entries older than the moment. Gives their number. */
  trim(before: number): number
}

/** The audit in `access.db`. */
export function openAudit(database: Database): Audit {
  const row = { at: slot(0), actor: slot(1), act: slot(2), subject: slot(3) }
  const insert = prepare(database, accessSql.insertInto('audit').values(row))
  const newest = prepare<AuditRow>(database, accessSql.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(slot(0)))
  const trim = prepare(database, accessSql.deleteFrom('audit').where('at', '<', slot(0)))
  return {
    trim: (before) => trim.run(before),
    add: ({ at, actor, act, subject }) => {
      insert.run(at, actor, act, subject)
    },
    list: (limit) => newest.all(limit),
  }
}

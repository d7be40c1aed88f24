import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { defaultTenant } from '../base/tenant.ts'
import { type AuditRow, accessSql } from './database.ts'

/** What anybody can bring about as often as they like, and what goes on by itself: kept as sums of an hour. */
const summedActs = ['sign_in_refuse', 'request_refuse', 'event_refuse', 'rate_limit', 'pocketbase_sign_in', 'public_export'] as const
export type SummedAct = (typeof summedActs)[number]

/** Everything that can be done. */
export const acts = [
  'key_create',
  'key_revoke',
  'user_create',
  'user_delete',
  'user_disable',
  'user_enable',
  'user_password',
  'user_role',
  'session_start',
  'session_end',
  'setup_link',
  'error_mute',
  'error_unmute',
  'alert_add',
  'alert_change',
  'alert_remove',
  'alert_mute',
  'alert_unmute',
  'alert_test',
  'alert_resend',
  'issue_create',
  'erase',
  'backup_create',
  'backup_verify',
  'backup_restore',
  'parked_replay',
  'store_rebuild',
  'pocketbase_setup',
  'import',
  'cleanup_run',
  'export',
  'service_start',
  'setting_change',
  'proxy_unlisted',
  ...summedActs,
] as const
export type Act = (typeof acts)[number]

/**
 * Who did what to whom: `actor` is `cli`, `service`, `setup`, `nobody`, `public`, `admin_password`, `key:<id>` or `user:<id>`, `subject` the id of what was changed (a key, a
 * user, a session, tenant and fingerprint of a group of errors), the name of a setting, a file or a backup, or a reason in words of ours. Never a person's name or an address.
 */
export type AuditEntry = {
  readonly at: number
  readonly actor: string
  readonly act: Act
  readonly subject: string
  /** Whose keys, users or runs it is about; absent for what concerns the whole service. */
  readonly tenant?: string
  /** How often it happened; once when absent. */
  readonly count?: number
}

export type AuditQuestion = {
  /** The entries of one tenant alone; all when absent. */
  readonly tenant?: string
  /** Only entries before the one with this id. */
  readonly before?: number
  readonly limit: number
}

/** The record of what was done to access rights, and by whom what was taken away. */
export type Audit = {
  /** Adds an entry inside the caller's transaction, so that no change is without its entry. */
  add(entry: AuditEntry): void
  /** The newest entries, newest first. */
  list(limit: number): readonly AuditRow[]
  /** Entries before one that is known, newest first. The first tenant's admins run the service, so they see what concerns all of it. */
  page(question: AuditQuestion): readonly AuditRow[]
  /** What was done to one subject, newest first. */
  about(subject: string, limit: number): readonly AuditRow[]
  /** Removes entries older than the moment, and the oldest beyond `entriesMax`. Gives their number. */
  trim(before: number): number
}

/** Entries that are kept: at a thousand a day more than half a year. */
export const entriesMax = 200_000
const newestId = Number.MAX_SAFE_INTEGER

/** The audit in `access.db`. */
export function openAudit(database: Database): Audit {
  const { insert, newest, about, all, ofTenant, trim, trimToMax, lastId } = prepareStatements(database)
  return {
    trim: (before) => trim.run(before) + trimToMax.run((lastId.first()?.id ?? 0) - entriesMax),
    add: ({ at, actor, act, subject, tenant = '', count = 1 }) => {
      insert.run(at, actor, act, subject, tenant, count)
    },
    list: (limit) => newest.all(limit),
    about: (subject, limit) => about.all(subject, limit),
    page: ({ tenant, before = newestId, limit }) =>
      tenant === undefined ? all.all(before, limit) : ofTenant.all(tenant, tenant === defaultTenant ? '' : tenant, before, limit),
  }
}

function prepareStatements(database: Database) {
  const row = { at: slot(0), actor: slot(1), act: slot(2), subject: slot(3), tenant: slot(4), count: slot(5) }
  const entries = accessSql.selectFrom('audit')
  const newestFirst = entries.selectAll().orderBy('id', 'desc')
  return {
    insert: prepare(database, accessSql.insertInto('audit').values(row)),
    newest: prepare<AuditRow>(database, newestFirst.limit(slot(0))),
    about: prepare<AuditRow>(database, newestFirst.where('subject', '=', slot(0)).limit(slot(1))), // Index audit_subject.
    all: prepare<AuditRow>(database, newestFirst.where('id', '<', slot(0)).limit(slot(1))), // Primary key.
    ofTenant: prepare<AuditRow>(
      database,
      newestFirst
        .where('tenant', 'in', [slot(0), slot(1)])
        .where('id', '<', slot(2))
        .limit(slot(3)), // Index audit_tenant.
    ),
    trim: prepare(database, accessSql.deleteFrom('audit').where('at', '<', slot(0))),
    trimToMax: prepare(database, accessSql.deleteFrom('audit').where('id', '<=', slot(0))),
    lastId: prepare<{ readonly id: number }>(database, entries.select('id').orderBy('id', 'desc').limit(1)),
  }
}

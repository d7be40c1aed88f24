import type { Database } from 'bun:sqlite'
import type { Generated } from 'kysely'
import { access0001Key } from '../../migration/schema/access-0001-key.ts'
import { access0002User } from '../../migration/schema/access-0002-user.ts'
import { access0003ErrorState } from '../../migration/schema/access-0003-error-state.ts'
import { access0004Alert } from '../../migration/schema/access-0004-alert.ts'
import { access0005Timer } from '../../migration/schema/access-0005-timer.ts'
import { access0006TimerDone } from '../../migration/schema/access-0006-timer-done.ts'
import { access0007Audit } from '../../migration/schema/access-0007-audit.ts'
import { access0008Erasure } from '../../migration/schema/access-0008-erasure.ts'
import { access0009AlertTenant } from '../../migration/schema/access-0009-alert-tenant.ts'
import { access0010ErrorGroupVersion } from '../../migration/schema/access-0010-error-group-version.ts'
import { access0011AlertMessageRule } from '../../migration/schema/access-0011-alert-message-rule.ts'
import { access0012AlertPast } from '../../migration/schema/access-0012-alert-past.ts'
import { access0013CloakKey } from '../../migration/schema/access-0013-cloak-key.ts'
import { sqlBuilder } from '../base/sql.ts'
import { openToInspect } from '../base/sqlite-copy.ts'
import { openPrivateDatabase } from './private-file.ts'

/** The tables of `access.db`, as the newest schema step leaves them. Times are milliseconds since 1970, days are days since 1970, both UTC. */
export type AccessTables = {
  readonly access_key: KeyRow
  readonly secret: { readonly name: string; readonly value: Uint8Array; readonly created_at: number }
  readonly audit: Omit<AuditRow, 'id'> & { readonly id: Generated<number> }
  readonly setting_seen: { readonly name: string; readonly hash: Uint8Array }
  readonly error_issue: ErrorIssueRow
  readonly user: UserRow
  readonly session: SessionRow
  readonly setup_link: SetupLinkRow
  readonly error_state: ErrorStateRow
  readonly error_group_version: { readonly version: number; readonly at: number }
  readonly timer: TimerRow
  readonly erasure: { readonly hash: string; readonly at: number; readonly done_at: number | null }
  readonly alert_rule: AlertRuleRow
  readonly alert_state: { readonly rule: string; readonly subject: string; readonly body: string }
  readonly alert_message: AlertMessageRow
  readonly alert_delivery: AlertDeliveryRow
  readonly alert_figure: { readonly kind: string; readonly at: number; readonly value: number }
}

export type KeyRow = {
  readonly id: string
  readonly label: string
  readonly scope: 'read' | 'ingest' | 'admin' | 'cloak'
  readonly tenant: string
  readonly hash: Uint8Array
  readonly created_at: number
  readonly expires_at: number | null
  readonly revoked_at: number | null
  readonly last_used_day: number | null
}

export type AuditRow = {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly act: string
  readonly subject: string
  /** Empty for what concerns the whole service. */
  readonly tenant: string
  readonly count: number
}

export type UserRow = {
  readonly id: string
  readonly name: string
  readonly role: 'viewer' | 'maintainer' | 'admin'
  readonly tenant: string
  readonly password_hash: string
  readonly created_at: number
  readonly disabled_at: number | null
}

/** Of `user_id` and `key_id` one is null. */
export type SessionRow = {
  readonly id: string
  readonly token_hash: Uint8Array
  readonly user_id: string | null
  readonly key_id: string | null
  readonly way: 'password' | 'key' | 'setup'
  readonly created_at: number
  readonly seen_at: number
  readonly expires_at: number
}

/** There is one row at most, with the id 1. */
export type SetupLinkRow = {
  readonly id: number
  readonly token_hash: Uint8Array
  readonly created_at: number
  readonly expires_at: number
}

export type ErrorStateRow = {
  readonly tenant: string
  readonly fingerprint: string
  readonly state: 'open' | 'muted'
  readonly actor: string
  readonly at: number
  readonly note: string
}

/** `asking`: the issue may be there or not, since nobody heard the answer. */
export type ErrorIssueRow = {
  readonly tenant: string
  readonly fingerprint: string
  readonly state: 'asking' | 'made'
  readonly url: string
  readonly actor: string
  readonly at: number
}

export type AlertRuleRow = {
  readonly id: string
  readonly tenant: string
  readonly body: string
  readonly muted_until: number
  readonly created_at: number
}

export type AlertMessageRow = {
  readonly id: string
  readonly tenant: string
  readonly rule: string
  readonly thread: string
  /** As they were written, from 1. */
  readonly seq: number
  readonly at: number
  readonly body: string
}

export type AlertDeliveryRow = {
  readonly message: string
  readonly channel: string
  readonly state: 'waiting' | 'sent' | 'given_up'
  readonly attempts: number
  readonly next_at: number
  readonly fault: string
  /** When it was tried last, or written where it was not yet. */
  readonly tried_at: number
}

export type TimerRow = {
  readonly name: string
  readonly began_at: number
  readonly took_ms: number
  readonly result: 'running' | 'done' | 'failed'
  readonly changed: number
  readonly due_at: number
  readonly done_at: number
  readonly failed_runs: number
}

const accessApplicationId = 0x74736163
export const accessMigrations = [
  access0001Key,
  access0002User,
  access0003ErrorState,
  access0004Alert,
  access0005Timer,
  access0006TimerDone,
  access0007Audit,
  access0008Erasure,
  access0009AlertTenant,
  access0010ErrorGroupVersion,
  access0011AlertMessageRule,
  access0012AlertPast,
  access0013CloakKey,
] as const
const accessCacheBytes = 1024 * 1024

/** Writes the SQL of this room. */
export const accessSql = sqlBuilder<AccessTables>()

/** Opens `access.db`: each commit is fsynced before it returns, so a key that was revoked stays revoked. Throws for a file from a newer version. */
export function openAccessDatabase(path: string): Database {
  return openPrivateDatabase({
    path,
    applicationId: accessApplicationId,
    migrations: accessMigrations,
    synchronous: 'full',
    cacheBytes: accessCacheBytes,
    remedy:
      'put it back from a copy of the data folder; without one, move it away with its -wal and -shm and start again: keys and users are gone then, and ids that were replaced by a keyed hash are not found again',
  })
}

/** A connection to look at an `access.db` of this version or an older one, such as a copy. */
export function openAccessDatabaseToInspect(path: string): Database {
  return openToInspect({ path, applicationId: accessApplicationId, migrations: accessMigrations })
}

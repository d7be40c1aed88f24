import type { Database } from 'bun:sqlite'
import { timingSafeEqual } from 'node:crypto'
import { type Clock, dayOf } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { isTenantName } from '../base/tenant.ts'
import { openAudit } from './audit.ts'
import type { KeyRow } from './database.ts'
import { prepareKeyRows } from './key-row.ts'
import { makeKeyText, type RandomBytes, readKeyText, type Scope } from './key-text.ts'
import { createRecent } from './recent.ts'
import { prepareSessionRows } from './session-row.ts'

/** Whose key it is, once it proved so. The tenant comes from the key and from nowhere else. */
export type KeyHolder = { readonly keyId: string; readonly scope: Scope; readonly tenant: string; readonly label: string }

export type NewKey = { readonly scope: Scope; readonly tenant: string; readonly label?: string; readonly expiresAt?: number }

/** What may be shown of a key: all but the key itself and its hash. `lastUsedDay` counts days since 1970 UTC. */
export type KeyFacts = {
  readonly id: string
  readonly scope: Scope
  readonly tenant: string
  readonly label: string
  readonly createdAt: number
  readonly expiresAt?: number
  readonly revokedAt?: number
  readonly lastUsedDay?: number
}

/** A key just made. `key` is its text, which is shown this once and kept only as a hash. */
export type MadeKey = KeyFacts & { readonly key: string }

/** Why a key was not accepted. That a key is expired or revoked is told only to who holds all of it. */
export type KeyFault = 'key_missing' | 'key_unknown' | 'key_expired' | 'key_revoked' | 'scope_missing'
export type NewKeyFault = 'tenant_invalid' | 'label_invalid' | 'expiry_past' | 'keys_exhausted'

export type KeyRing = {
  createKey(wanted: NewKey, actor: string): Result<MadeKey, NewKeyFault>
  /** All keys, newest first, the revoked ones too. */
  listKeys(): readonly KeyFacts[]
  /** Ends a key and its sessions at once; with a tenant only a key of that tenant. A key that was revoked before stays as it is. */
  revokeKey(id: string, actor: string, tenant?: string): Result<KeyFacts, 'key_unknown'>
  /** Says whose key this is, if it grants any one of the scopes. */
  authenticate(bearer: string | null, scopesNeeded: readonly Scope[]): Result<KeyHolder, KeyFault>
  /** Whether there is a key of the scope that opens something now. */
  holdsLive(scope: Scope): boolean
  /** Writes the days on which keys were used since the last call. For a timer and the end of the process: a request never waits for it. */
  saveUse(): void
}

/** Keys that are not revoked. */
export const liveKeysMax = 10_000
const labelCharactersMax = 64
const recentKeysMax = 1_024
/** How long a key is believed without asking the file: bounds what a change by another process can miss. Changes made here count at once. */
const recentMs = 1_000

/**
 * What a key of each scope grants. `admin` reads, for its holder manages what is read. It does not ingest: a key that administers has no business in a
 * script on other people's machines, and one that leaks from a dashboard must not be able to forge events. `cloak` has texts anonymized and sees nothing else.
 */
const granted: Readonly<Record<Scope, readonly Scope[]>> = {
  read: ['read'],
  ingest: ['ingest'],
  admin: ['admin', 'read'],
  cloak: ['cloak'],
}

/** The keys in `access.db`. */
export function openKeyRing(database: Database, { clock, random }: { readonly clock: Clock; readonly random: RandomBytes }): KeyRing {
  const rows = prepareKeyRows(database)
  const sessionRows = prepareSessionRows(database)
  const audit = openAudit(database)
  const recent = createRecent<{ readonly row: KeyRow; readonly readAt: number }>(recentKeysMax)
  const usedDays = new Map<string, number>() // At most one entry for each live key.

  function createKey(wanted: NewKey, actor: string): Result<MadeKey, NewKeyFault> {
    const now = clock.now()
    const fault = findFault(wanted, now)
    if (fault !== undefined) return err(fault)
    const { id, text, hash } = makeKeyText(wanted.scope, random)
    return database
      .transaction(() => {
        if (rows.liveCount() >= liveKeysMax) return err('keys_exhausted' as const)
        const { scope, tenant, label = '', expiresAt = null } = wanted
        const row = { id, label, scope, tenant, hash, created_at: now, expires_at: expiresAt, revoked_at: null, last_used_day: null }
        rows.insert(row)
        audit.add({ at: now, actor, act: 'key_create', subject: id, tenant })
        return ok({ ...factsOf(row), key: text })
      })
      .immediate()
  }

  function revokeKey(id: string, actor: string, tenant?: string): Result<KeyFacts, 'key_unknown'> {
    const now = clock.now()
    const row = database
      .transaction(() => {
        if (tenant !== undefined && rows.find(id)?.tenant !== tenant) return undefined
        sessionRows.removeOfKey(id)
        const found = rows.find(id)
        if (rows.revoke(id, now)) audit.add({ at: now, actor, act: 'key_revoke', subject: id, ...(found && { tenant: found.tenant }) })
        return rows.find(id)
      })
      .immediate()
    recent.delete(id)
    return row === undefined ? err('key_unknown') : ok(factsOf(row))
  }

  function authenticate(bearer: string | null, scopesNeeded: readonly Scope[]): Result<KeyHolder, KeyFault> {
    if (bearer === null) return err('key_missing')
    const presented = readKeyText(bearer)
    const now = clock.now()
    const row = presented && findRow(presented.id, now)
    // An id is no secret, so that an unknown one answers sooner tells nothing; the secret's hash is compared in constant time.
    if (presented === undefined || row === undefined || !timingSafeEqual(presented.hash, row.hash)) return err('key_unknown')
    if (row.revoked_at !== null) return err('key_revoked')
    if (row.expires_at !== null && row.expires_at <= now) return err('key_expired')
    if (!scopesNeeded.some((scope) => granted[row.scope].includes(scope))) return err('scope_missing')
    const day = dayOf(now)
    if (row.last_used_day === null || row.last_used_day < day) usedDays.set(row.id, day)
    return ok({ keyId: row.id, scope: row.scope, tenant: row.tenant, label: row.label })
  }

  function holdsLive(scope: Scope): boolean {
    return rows.hasLive(scope, clock.now())
  }

  function findRow(id: string, now: number): KeyRow | undefined {
    const known = recent.get(id)
    if (known !== undefined && Math.abs(now - known.readAt) < recentMs) return known.row
    const row = rows.find(id)
    if (row === undefined) recent.delete(id)
    else recent.set(id, { row, readAt: now })
    return row
  }

  function saveUse(): void {
    if (usedDays.size === 0) return
    database.transaction(() => {
      for (const [id, day] of usedDays) rows.markUse(id, day)
    })()
    usedDays.clear()
  }

  return { createKey, listKeys: () => rows.list().map(factsOf), revokeKey, authenticate, holdsLive, saveUse }
}

function findFault({ tenant, label = '', expiresAt }: NewKey, now: number): NewKeyFault | undefined {
  if (!isTenantName(tenant)) return 'tenant_invalid'
  if (label.length > labelCharactersMax || /[\u0000-\u001f\u007f-\u009f]/.test(label)) return 'label_invalid'
  if (expiresAt !== undefined && !(expiresAt > now)) return 'expiry_past'
  return undefined
}

function factsOf(row: KeyRow): KeyFacts {
  return {
    id: row.id,
    scope: row.scope,
    tenant: row.tenant,
    label: row.label,
    createdAt: row.created_at,
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
    ...(row.last_used_day !== null && { lastUsedDay: row.last_used_day }),
  }
}

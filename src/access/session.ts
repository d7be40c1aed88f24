import type { Database } from 'bun:sqlite'
import type { Clock } from '../base/clock.ts'
import { openAudit } from './audit.ts'
import type { SessionRow } from './database.ts'
import { hashSecret, type RandomBytes, randomSecret, randomText } from './key-text.ts'
import type { KeyPrincipal, UserPrincipal } from './principal.ts'
import { type OwnedSession, type Owner, prepareSessionRows, type SessionRows } from './session-row.ts'

/** How a session came to be: a password, a key that was pasted, or the setup link. */
export type SessionWay = SessionRow['way']

/** What its owner holds: the token of the cookie, which is kept only as a hash, and when it ends at the latest. */
export type StartedSession = { readonly token: string; readonly expiresAt: number }

/** What may be shown of a session. `id` is no secret. */
export type SessionFacts = {
  readonly id: string
  readonly owner: { readonly kind: 'user' | 'key'; readonly id: string; readonly name: string; readonly tenant: string }
  readonly way: SessionWay
  readonly createdAt: number
  readonly seenAt: number
  readonly expiresAt: number
}

/** The sessions of one owner, or of a tenant. */
export type Whose = Owner | { readonly tenant: string }

export type Sessions = {
  /** Starts a session. The owner's oldest one ends when there are too many. */
  start(owner: Owner, way: SessionWay): StartedSession
  /** Whose session the token is; undefined when it is over, its user disabled or its key revoked, expired or no longer one that reads. */
  find(token: string): UserPrincipal | KeyPrincipal | undefined
  /** The sessions that are not over: of one owner, of a tenant, or all of them. */
  list(whose: Whose | undefined): readonly SessionFacts[]
  /** Ends a session at once. Without an owner or a tenant: any one. False when there is none of that id there. */
  end(id: string, actor: string, whose?: Whose): boolean
  /** Writes when sessions were last used and forgets those that are over. For a timer and the end of the process. */
  save(): void
}

const hourMs = 3_600_000
/** A session that is not used for so long is over. */
export const idleMs = 7 * 24 * hourMs
/** However much it is used, it is over after this time. */
export const absoluteMs = 30 * 24 * hourMs
/** More of one owner than anybody has browsers. */
export const ownerSessionsMax = 20
/** How exactly the last use is known. */
const seenStepMs = 60_000

const idCharacters = 12
const tokenPattern = /^[0-9A-Za-z]{43}$/

/** The sessions in `access.db`. Each look-up asks the file, so that what ended anywhere ended here too. */
export function openSessions(database: Database, { clock, random }: { readonly clock: Clock; readonly random: RandomBytes }): Sessions {
  const rows = prepareSessionRows(database)
  const audit = openAudit(database)
  const seen = new Map<string, number>() // At most one entry for each session.

  function start(owner: Owner, way: SessionWay): StartedSession {
    const now = clock.now()
    const token = randomSecret(random)
    const expiresAt = now + absoluteMs
    const row = {
      id: randomText(idCharacters, random),
      token_hash: hashSecret(token),
      user_id: 'userId' in owner ? owner.userId : null,
      key_id: 'keyId' in owner ? owner.keyId : null,
      way,
      created_at: now,
      seen_at: now,
      expires_at: expiresAt,
    }
    database
      .transaction(() => {
        for (const { id } of rows.listOfOwner(owner).slice(ownerSessionsMax - 1)) rows.remove(id)
        rows.insert(row)
        audit.add({
          at: now,
          actor: 'userId' in owner ? `user:${owner.userId}` : `key:${owner.keyId}`,
          act: 'session_start',
          subject: row.id,
          ...tenantOf(rows.findById(row.id)),
        })
      })
      .immediate()
    return { token, expiresAt }
  }

  function find(token: string): UserPrincipal | KeyPrincipal | undefined {
    if (!tokenPattern.test(token)) return undefined
    const row = rows.findByToken(hashSecret(token))
    const now = clock.now()
    if (row === undefined || isOver(row, now)) return undefined
    if (now - seenAt(row) >= seenStepMs) seen.set(row.id, now)
    return principalOf(row)
  }

  function seenAt(row: SessionRow): number {
    return Math.max(row.seen_at, seen.get(row.id) ?? 0)
  }

  function isOver(row: OwnedSession, now: number): boolean {
    if (row.expires_at <= now || seenAt(row) + idleMs <= now) return true
    if (row.user_id !== null) return row.disabled_at !== null
    return row.revoked_at !== null || (row.key_expires_at !== null && row.key_expires_at <= now) || row.scope === 'ingest'
  }

  function list(whose: Whose | undefined): readonly SessionFacts[] {
    const now = clock.now()
    return select(rows, whose)
      .filter((row) => !isOver(row, now))
      .map((row) => factsOf(row, seenAt(row)))
  }

  function end(id: string, actor: string, whose?: Whose): boolean {
    return database
      .transaction(() => {
        const row = rows.findById(id)
        if (row === undefined || !belongsTo(row, whose) || !rows.remove(id)) return false
        audit.add({ at: clock.now(), actor, act: 'session_end', subject: id, ...tenantOf(row) })
        return true
      })
      .immediate()
  }

  function save(): void {
    const now = clock.now()
    database
      .transaction(() => {
        for (const [id, at] of seen) rows.markSeen(id, at)
        rows.removeOver(now, now - idleMs)
      })
      .immediate()
    seen.clear()
  }

  return { start, find, list, end, save }
}

function tenantOf(row: OwnedSession | undefined): { readonly tenant?: string } {
  const tenant = row?.user_tenant ?? row?.key_tenant
  return tenant == null ? {} : { tenant }
}

function select(rows: SessionRows, whose: Whose | undefined): readonly OwnedSession[] {
  if (whose !== undefined && !('tenant' in whose)) return rows.listOfOwner(whose)
  return rows.list().filter((row) => belongsTo(row, whose))
}

function belongsTo(row: OwnedSession, whose: Whose | undefined): boolean {
  if (whose === undefined) return true
  if ('tenant' in whose) return (row.user_tenant ?? row.key_tenant) === whose.tenant
  return 'userId' in whose ? row.user_id === whose.userId : row.key_id === whose.keyId
}

function factsOf(row: OwnedSession, seenAt: number): SessionFacts {
  const { id, way, created_at: createdAt, expires_at: expiresAt } = row
  const kind = row.user_id === null ? 'key' : 'user'
  const owner = { kind, id: row.user_id ?? row.key_id ?? '', name: nameOf(row), tenant: row.user_tenant ?? row.key_tenant ?? '' } as const
  return { id, owner, way, createdAt, seenAt, expiresAt }
}

function nameOf({ name, label, key_id }: OwnedSession): string {
  return name ?? (label || (key_id ?? ''))
}

function principalOf(row: OwnedSession): UserPrincipal | KeyPrincipal | undefined {
  const shared = { name: nameOf(row), sessionId: row.id }
  if (row.user_id !== null && row.role !== null && row.user_tenant !== null)
    return { kind: 'user', userId: row.user_id, role: row.role, tenant: row.user_tenant, ...shared }
  if (row.key_id !== null && row.scope !== null && row.key_tenant !== null)
    return { kind: 'key', keyId: row.key_id, scope: row.scope, tenant: row.key_tenant, ...shared }
  return undefined
}

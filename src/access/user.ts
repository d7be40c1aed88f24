import type { Database } from 'bun:sqlite'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { isTenantName } from '../base/tenant.ts'
import { type Act, openAudit } from './audit.ts'
import type { UserRow } from './database.ts'
import { type RandomBytes, randomText } from './key-text.ts'
import { findPasswordFault, type PasswordFault, type PasswordKeeper } from './password.ts'
import type { Role } from './principal.ts'
import { prepareSessionRows } from './session-row.ts'
import { prepareUserRows } from './user-row.ts'

export type NewUser = { readonly name: string; readonly role: Role; readonly tenant: string; readonly password: string }

/** What may be shown of a user: all but the hash of the password. */
export type UserFacts = {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tenant: string
  readonly createdAt: number
  readonly disabledAt?: number
}

/** `claim_lost`: what the caller wanted to hold in the same transaction was gone. */
export type NewUserFault = 'name_invalid' | 'name_taken' | 'tenant_invalid' | 'users_exhausted' | 'claim_lost' | 'too_busy' | PasswordFault
/** `last_admin`: without this one nobody could manage access any more. */
export type UserFault = 'user_unknown' | 'last_admin'
export type UserChange = { readonly role: Role } | { readonly isDisabled: boolean }

/** Who changes a user, and whose users may be changed: without a tenant those of all. */
export type Changer = { readonly actor: string; readonly tenant?: string }

export type Users = {
  /** Makes a user. `claim` runs in the same transaction; where it gives false, nobody is made. */
  createUser(wanted: NewUser, actor: string, claim?: () => boolean): Promise<Result<UserFacts, NewUserFault>>
  /** By name; of one tenant, or of all. */
  listUsers(tenant?: string): readonly UserFacts[]
  /** Effective with the next request. Disabling ends the user's sessions. */
  changeUser(name: string, change: UserChange, by: Changer): Result<UserFacts, UserFault>
  /** Ends the user's sessions but the one that is kept. */
  setPassword(
    name: string,
    password: string,
    by: Changer & { readonly keptSessionId?: string },
  ): Promise<Result<UserFacts, UserFault | PasswordFault | 'too_busy'>>
  removeUser(name: string, by: Changer): Result<UserFacts, UserFault>
  /** Whose name and password these are. A wrong name, a wrong password and a disabled user are one answer, after as much work. */
  checkPassword(name: string, password: string): Promise<Result<UserFacts, 'refused' | 'too_busy'>>
  hasAdmin(): boolean
  /** The id of the user of that name. */
  idOf(name: string): string | undefined
}

export type UsersParts = {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly passwords: PasswordKeeper
  /** Told after somebody became an admin. */
  readonly onAdmin: () => void
}

export const usersMax = 1_000
const idCharacters = 12

/** The users in `access.db`. */
export function openUsers(database: Database, { clock, random, passwords, onAdmin }: UsersParts): Users {
  const rows = prepareUserRows(database)
  const sessionRows = prepareSessionRows(database)
  const audit = openAudit(database)

  async function createUser(wanted: NewUser, actor: string, claim = () => true): Promise<Result<UserFacts, NewUserFault>> {
    const name = readUserName(wanted.name)
    if (name === undefined) return err('name_invalid')
    if (!isTenantName(wanted.tenant)) return err('tenant_invalid')
    const weakness = findPasswordFault(wanted.password, name)
    if (weakness !== undefined) return err(weakness)
    const hash = await passwords.hash(wanted.password)
    if (!hash.ok) return hash
    const { role, tenant } = wanted
    const id = randomText(idCharacters, random)
    const row = { id, name, role, tenant, password_hash: hash.value, created_at: clock.now(), disabled_at: null }
    const made = insertUser(row, actor, claim)
    if (made.ok && role === 'admin') onAdmin()
    return made
  }

  function insertUser(row: UserRow, actor: string, claim: () => boolean): Result<UserFacts, NewUserFault> {
    return database
      .transaction((): Result<UserFacts, NewUserFault> => {
        if (rows.find(row.name) !== undefined) return err('name_taken')
        if (rows.count() >= usersMax) return err('users_exhausted')
        if (!claim()) return err('claim_lost')
        rows.insert(row)
        audit.add({ at: row.created_at, actor, act: 'user_create', subject: row.id, tenant: row.tenant })
        return ok(factsOf(row))
      })
      .immediate()
  }

  /** Does something to one user, in one transaction with its note. `isLoss`: whether an admin is one no longer by it. */
  function alter(name: string, by: Changer, { act, isLoss, work }: Alteration): Result<UserFacts, UserFault> {
    return database
      .transaction((): Result<UserFacts, UserFault> => {
        const row = find(name, by)
        if (row === undefined) return err('user_unknown')
        const isAdmin = row.role === 'admin' && row.disabled_at === null
        if (isLoss && isAdmin && rows.adminCount() === 1) return err('last_admin')
        work(row)
        audit.add({ at: clock.now(), actor: by.actor, act, subject: row.id, tenant: row.tenant })
        return ok(factsOf(rows.find(row.name) ?? row))
      })
      .immediate()
  }

  function find(name: string, { tenant }: Pick<Changer, 'tenant'>): UserRow | undefined {
    const row = rows.find(name.toLowerCase())
    return row !== undefined && (tenant === undefined || row.tenant === tenant) ? row : undefined
  }

  function changeUser(name: string, change: UserChange, by: Changer): Result<UserFacts, UserFault> {
    if ('role' in change) {
      const { role } = change
      const changed = alter(name, by, { act: 'user_role', isLoss: role !== 'admin', work: ({ id }) => rows.setRole(id, role) })
      if (changed.ok && role === 'admin') onAdmin()
      return changed
    }
    if (!change.isDisabled) return alter(name, by, { act: 'user_enable', isLoss: false, work: ({ id }) => rows.setDisabled(id, null) })
    function disable({ id }: UserRow): void {
      rows.setDisabled(id, clock.now())
      sessionRows.removeOfUser(id)
    }
    return alter(name, by, { act: 'user_disable', isLoss: true, work: disable })
  }

  async function setPassword(name: string, password: string, by: Changer & { readonly keptSessionId?: string }) {
    const known = find(name, by)
    if (known === undefined) return err('user_unknown' as const)
    const weakness = findPasswordFault(password, known.name)
    if (weakness !== undefined) return err(weakness)
    const hash = await passwords.hash(password)
    if (!hash.ok) return hash
    const work = ({ id }: UserRow) => {
      rows.setPassword(id, hash.value)
      sessionRows.removeOfUser(id, by.keptSessionId)
    }
    return alter(known.name, by, { act: 'user_password', isLoss: false, work })
  }

  async function checkPassword(name: string, password: string): Promise<Result<UserFacts, 'refused' | 'too_busy'>> {
    const row = rows.find(readUserName(name) ?? '')
    const isRight = await passwords.isRight(password, row?.password_hash)
    if (!isRight.ok) return isRight
    const now = row && rows.find(row.name) // Hashing takes a while, in which the user may have been disabled or the password changed.
    const isSame = now !== undefined && now.disabled_at === null && now.password_hash === row?.password_hash
    return isRight.value && isSame ? ok(factsOf(now)) : err('refused')
  }

  return {
    createUser,
    listUsers: (tenant) =>
      rows
        .list()
        .filter((row) => tenant === undefined || row.tenant === tenant)
        .map(factsOf),
    changeUser,
    setPassword,
    removeUser: (name, by) => alter(name, by, { act: 'user_delete', isLoss: true, work: ({ id }) => rows.remove(id) }), // Its sessions go with it.
    checkPassword,
    hasAdmin: () => rows.adminCount() > 0,
    idOf: (name) => rows.find(readUserName(name) ?? '')?.id,
  }
}

type Alteration = { readonly act: Act; readonly isLoss: boolean; readonly work: (row: UserRow) => void }

/** The name as it is kept: in small letters. Undefined when it cannot be one. */
export function readUserName(text: string): string | undefined {
  const name = text.trim().toLowerCase()
  // Matches `ada`, `ada.l@example.org`; not `-ada`, `a b` or an empty name.
  return /^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(name) ? name : undefined
}

function factsOf({ id, name, role, tenant, created_at: createdAt, disabled_at }: UserRow): UserFacts {
  return { id, name, role, tenant, createdAt, ...(disabled_at !== null && { disabledAt: disabled_at }) }
}

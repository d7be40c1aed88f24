import type { Database } from 'bun:sqlite'
import { timingSafeEqual } from 'node:crypto'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { prepare, slot } from '../base/sql.ts'
import { defaultTenant } from '../base/tenant.ts'
import { openAudit } from './audit.ts'
import { accessSql } from './database.ts'
import { hashSecret, type RandomBytes, randomSecret } from './key-text.ts'
import type { NewUser, NewUserFault, UserFacts, Users } from './user.ts'

/** A link that makes the first admin, once. `token` is its secret part, kept only as a hash. */
export type SetupLink = { readonly token: string; readonly expiresAt: number }

export type Setup = {
  /** Makes a link in place of the one before. There is none once an admin exists. */
  makeLink(actor: string): Result<SetupLink, 'admin_exists'>
  /** Whether the link still opens: it is the last one made, in time, and there is no admin. */
  isOpen(token: string): boolean
  /** Makes the first admin. Of two at once one comes through; afterwards the link is gone. */
  useLink(token: string, wanted: Pick<NewUser, 'name' | 'password'>): Promise<Result<UserFacts, NewUserFault>>
}

/** How long a setup link opens. */
export const linkMs = 30 * 60_000
const ownerOnly = 0o600

export type SetupParts = { readonly clock: Clock; readonly random: RandomBytes; readonly users: Pick<Users, 'createUser' | 'hasAdmin'> }

/** The setup link in `access.db`. */
export function openSetup(database: Database, { clock, random, users }: SetupParts): Setup {
  const { save, find, remove } = prepareLink(database)
  const audit = openAudit(database)

  function makeLink(actor: string): Result<SetupLink, 'admin_exists'> {
    const now = clock.now()
    const token = randomSecret(random)
    const expiresAt = now + linkMs
    return database
      .transaction(() => {
        if (users.hasAdmin()) return err('admin_exists' as const)
        remove.run()
        save.run(1, hashSecret(token), now, expiresAt)
        audit.add({ at: now, actor, act: 'setup_link', subject: 'setup' })
        return ok({ token, expiresAt })
      })
      .immediate()
  }

  function isOpen(token: string): boolean {
    const link = find.first()
    if (link === undefined || link.expires_at <= clock.now() || users.hasAdmin()) return false
    return timingSafeEqual(link.token_hash, hashSecret(token))
  }

  async function useLink(token: string, { name, password }: Pick<NewUser, 'name' | 'password'>): Promise<Result<UserFacts, NewUserFault>> {
    if (!isOpen(token)) return err('claim_lost') // Before the password is hashed: a stranger costs us nothing.
    return users.createUser({ name, password, role: 'admin', tenant: defaultTenant }, 'setup', () => isOpen(token) && remove.run() > 0)
  }

  return { makeLink, isOpen, useLink }
}

/** The file in the data folder that the link of a first start is read from. */
export function setupFileOf(folder: string): string {
  return join(folder, 'setup-link')
}

/** Writes the link for who may read the folder as the service's user, and nobody else. */
export function writeSetupFile(folder: string, url: string): void {
  removeSetupFile(folder) // What is there may have other rights, or be a link to elsewhere.
  writeFileSync(setupFileOf(folder), `${url}\n`, { mode: ownerOnly, flag: 'wx' })
  chmodSync(setupFileOf(folder), ownerOnly)
}

/** Takes the file away: the link in it opens nothing any more. */
export function removeSetupFile(folder: string): void {
  rmSync(setupFileOf(folder), { force: true })
}

function prepareLink(database: Database) {
  const row = { id: slot(0), token_hash: slot(1), created_at: slot(2), expires_at: slot(3) }
  return {
    save: prepare(database, accessSql.insertInto('setup_link').values(row)),
    find: prepare(database, accessSql.selectFrom('setup_link').select(['token_hash', 'expires_at'])),
    remove: prepare(database, accessSql.deleteFrom('setup_link')),
  }
}

import type { Database } from 'bun:sqlite'
import { type Audit, openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { type KeyRing, type MadeKey, openKeyRing } from '../../src/access/key.ts'
import { createPasswordKeeper, type PasswordKeeper } from '../../src/access/password.ts'
import { openSessions, type Sessions } from '../../src/access/session.ts'
import { openSetup, type Setup } from '../../src/access/setup.ts'
import { type NewUser, openUsers, type UserFacts, type Users } from '../../src/access/user.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { countedBytes } from './sample.ts'

export const noon = Date.UTC(2026, 2, 1, 12)
export const goodPassword = 'correct horse battery'

/** An opened `access.db` in a folder of its own, with all that speaks of people in it. */
export type Place = {
  readonly database: Database
  readonly clock: FakeClock
  readonly folder: string
  readonly keyRing: KeyRing
  readonly users: Users
  readonly sessions: Sessions
  readonly setup: Setup
  readonly audit: Audit
  /** How often somebody became an admin. */
  readonly admins: () => number
  makeUser(wanted?: Partial<NewUser>): Promise<UserFacts>
  makeKey(scope: 'read' | 'ingest' | 'admin' | 'cloak', more?: { readonly tenant?: string; readonly expiresAt?: number }): MadeKey
  [Symbol.dispose](): void
}

/** Opens it. The keeper of passwords is the real one unless a test counts its work. */
export function openPlace(passwords: PasswordKeeper = createPasswordKeeper()): Place {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const database = openAccessDatabase(folder.file('access.db'))
  const parts = { clock, random: countedBytes() }
  let admins = 0
  const onAdmin = () => {
    admins += 1
  }
  const keyRing = openKeyRing(database, parts)
  const users = openUsers(database, { ...parts, passwords, onAdmin })
  return {
    database,
    clock,
    folder: folder.path,
    keyRing,
    users,
    sessions: openSessions(database, parts),
    setup: openSetup(database, { ...parts, users }),
    audit: openAudit(database),
    admins: () => admins,
    makeUser: async (wanted = {}) => {
      const made = await users.createUser({ name: 'ada', role: 'viewer', tenant: 'default', password: goodPassword, ...wanted }, 'cli')
      if (!made.ok) throw new Error(made.fault)
      return made.value
    },
    makeKey: (scope, more = {}) => {
      const made = keyRing.createKey({ scope, tenant: 'default', ...more }, 'cli')
      if (!made.ok) throw new Error(made.fault)
      return made.value
    },
    [Symbol.dispose]: () => {
      database.close()
      folder[Symbol.dispose]()
    },
  }
}

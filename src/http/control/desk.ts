import type { Access } from '../../access/access.ts'
import { nameEntries } from '../../access/audit-name.ts'
import { offerSetup } from '../../access/first-admin.ts'
import type { AlertDesk } from '../../alert/alert-desk.ts'
import { type Backups, createdOf } from '../../archive/backups.ts'
import type { Erasures } from '../../archive/erasures.ts'
import type { Clock } from '../../base/clock.ts'
import { ok } from '../../base/result.ts'
import { readGivenId } from '../../event/given-id.ts'
import type { ParkedRun } from '../../store/port.ts'
import { viewRetention } from '../earlier/cleanup.ts'
import type { RetentionState } from '../page/system-state.ts'
import { type Desk, parkedListMax } from './control.ts'
import type { ImportDesk } from './control-import.ts'
import type { InspectDesk } from './control-inspect.ts'

/** Where parked runs are asked for: the consumer's thread, or a store opened for one command. */
export type ParkedSource = {
  parked(limit: number): Promise<readonly ParkedRun[]>
  parkedCount(): Promise<number>
  replay(): Promise<number>
}

export type DeskParts = {
  readonly access: Pick<Access, 'keyRing' | 'users' | 'setup' | 'audit'>
  readonly clock: Clock
  readonly alerts: AlertDesk
  readonly inspect: InspectDesk
  readonly imports: ImportDesk
  readonly source: ParkedSource
  readonly backups: Pick<Backups, 'create' | 'list'>
  readonly erasures: Pick<Erasures, 'request' | 'run'>
  /** What the next runs of the retention remove; undefined while it is off. */
  readonly preview: () => Promise<RetentionState | undefined>
  readonly folder: string
  /** Where clients reach the service: links begin with it. */
  readonly origin: string
}

/** Who the audit names for what is done at the desk: it is reached only by the service's own user on this machine. */
const actor = 'cli'
const by = { actor }

/** The desk over the keys, the users and the parked runs of an opened data folder. */
export function createDesk({
  access,
  clock,
  alerts,
  inspect,
  imports,
  source,
  backups,
  erasures,
  preview,
  folder,
  origin,
}: DeskParts): Desk {
  const { keyRing, users, setup, audit } = access
  return {
    ...alerts,
    ...inspect,
    ...imports,
    createKey: async (wanted) => keyRing.createKey(wanted, actor),
    listKeys: async () => {
      keyRing.saveUse() // Else a use of the last minute would not be seen.
      return keyRing.listKeys()
    },
    revokeKey: async (id) => keyRing.revokeKey(id, actor).ok,
    createUser: (wanted) => users.createUser(wanted, actor),
    listUsers: async () => users.listUsers(),
    changeUser: async (name, change) => users.changeUser(name, change, by),
    setPassword: (name, password) => users.setPassword(name, password, by),
    removeUser: async (name) => users.removeUser(name, by),
    offerSetup: async () => offerSetup(setup, { folder, origin }, actor),
    listAudit: async (question) => nameEntries(audit.page(question), access),
    noteDone: async (done) => audit.add({ ...done, at: clock.now(), actor }),
    listParked: async () => {
      const runs = await source.parked(parkedListMax)
      const rows = runs.map(({ tenant, key, reason, parkedAt }) => ({ tenant, key: key.toHex(), reason, parkedAt }))
      return { count: await source.parkedCount(), runs: rows }
    },
    replayParked: async () => {
      const count = await source.replay()
      if (count > 0) audit.add({ at: clock.now(), actor, act: 'parked_replay', subject: 'pocketbase', count })
      return count
    },
    createBackup: async () => {
      const made = await backups.create()
      audit.add({ ...createdOf(made), at: clock.now(), actor })
      return made.ok ? ok({ name: made.value.name, bytes: made.value.bytes, runs: made.value.manifest.counts.runs }) : made
    },
    eraseRuns: async ({ tenant, randomId }) => {
      const id = readGivenId(randomId)
      if (!id.ok) return id
      const requested = await erasures.request(tenant, id.value, actor)
      if (!requested.ok) throw new Error(`nothing was erased: ${requested.fault}`)
      await erasures.run()
      return ok(undefined)
    },
    listBackups: async () => backups.list(),
    previewRetention: async () => viewRetention(await preview()),
  }
}

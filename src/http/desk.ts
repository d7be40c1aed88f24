import type { KeyRing } from '../access/key.ts'
import type { ParkedRun } from '../store/port.ts'
import { type Desk, parkedListMax } from './control.ts'

/** Where parked runs are asked for: the consumer's thread, or a store opened for one command. */
export type ParkedSource = {
  parked(limit: number): Promise<readonly ParkedRun[]>
  parkedCount(): Promise<number>
  replay(): Promise<number>
}

/** Who the audit names for what is done at the desk: it is reached only by the service's own user on this machine. */
const actor = 'cli'

/** The desk over the keys and the parked runs of an opened data folder. */
export function createDesk(keyRing: KeyRing, source: ParkedSource): Desk {
  return {
    createKey: async (wanted) => keyRing.createKey(wanted, actor),
    listKeys: async () => keyRing.listKeys(),
    revokeKey: async (id) => keyRing.revokeKey(id, actor).ok,
    listParked: async () => {
      const runs = await source.parked(parkedListMax)
      const rows = runs.map(({ tenant, key, reason, parkedAt }) => ({ tenant, key: key.toHex(), reason, parkedAt }))
      return { count: await source.parkedCount(), runs: rows }
    },
    replayParked: () => source.replay(),
  }
}

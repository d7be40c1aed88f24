import type { Access } from '../access/access.ts'
import { leaveOutErased } from '../archive/unerased.ts'
import { version } from '../base/version.ts'
import type { Settings } from '../config.ts'
import { installConsumer } from '../consumer/install.ts'
import type { ImportDesk, ImportPolicy } from '../http/control/control-import.ts'
import { decodeGroup } from '../journal/payload.ts'
import type { StoreWriter } from '../store/port.ts'
import type { Back } from './back.ts'

/** Entries that may wait in the journal before an import stands back: live events share it, and it has a limit. */
const waitingMax = 20_000
const askedEvery = 5_000
const pollMs = 25

/** The import of a running service: by the journal, like everything that comes in. */
export function importDeskOf(settings: Settings, access: Access, back: Back): ImportDesk {
  let unasked = 0

  async function waitFor(isReached: (lag: number) => boolean): Promise<void> {
    for (;;) {
      const { lag } = await (await back.thread()).status()
      if (isReached(lag)) return
      await Bun.sleep(pollMs)
    }
  }

  return {
    readImportPolicy: async () => policyOf(settings, access),
    importEntries: async (entries) => {
      unasked += entries.count
      if (unasked >= askedEvery) {
        await waitFor((lag) => lag < waitingMax)
        unasked = 0
      }
      // An erasure that comes after this moment finds them in the journal.
      const { kept, erased } = leaveOutErased(entries, access.erasures.all(), access.idSecret)
      if (kept.count === 0) return { erased }
      const appended = await back.journal.append(kept)
      if (!appended.ok) throw new Error('the journal takes no more: its disk or its limit (JOURNAL_MAX_MB) is full')
      return { erased }
    },
    settleImport: async () => {
      const { last } = back.journal.status()
      await waitFor((lag) => lag === 0 || lag <= back.journal.status().last - last)
    },
  }
}

/** The import into a folder that no service runs on: straight into the store. */
export function folderImportOf(
  settings: Pick<Settings, 'repoOwners'>,
  access: Pick<Access, 'idSecret' | 'erasures'>,
  writer: StoreWriter,
): ImportDesk {
  return {
    readImportPolicy: async () => policyOf(settings, access),
    importEntries: async (entries) => {
      const { kept, erased } = leaveOutErased(entries, access.erasures.all(), access.idSecret)
      if (kept.count > 0) writer.apply('import', 0, installConsumer.plan(decodeGroup(0, kept.lines), writer))
      return { erased }
    },
    settleImport: async () => {
      if (!writer.checkpoint()) throw new Error('the store is being read by another program: end it and run the same command again')
    },
  }
}

function policyOf({ repoOwners }: Pick<Settings, 'repoOwners'>, { idSecret }: Pick<Access, 'idSecret'>): ImportPolicy {
  return { version, repoOwners, idSecret: idSecret.toHex() }
}

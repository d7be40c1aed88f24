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
/** Entries of one transaction in a folder of its own: what they change of the packed sums is unpacked and packed once for all of them. */
const writtenTogether = 2_000

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
  let waiting: string[] = []
  let waitingCount = 0

  function write(): void {
    if (waitingCount === 0) return
    writer.apply('import', 0, installConsumer.plan(decodeGroup(0, waiting.join('\n')), writer))
    waiting = []
    waitingCount = 0
  }

  return {
    readImportPolicy: async () => policyOf(settings, access),
    importEntries: async (entries) => {
      const { kept, erased } = leaveOutErased(entries, access.erasures.all(), access.idSecret)
      if (kept.count > 0) waiting.push(kept.lines)
      waitingCount += kept.count
      if (waitingCount >= writtenTogether) write()
      return { erased }
    },
    settleImport: async () => {
      write()
      if (!writer.checkpoint()) throw new Error('the store is being read by another program: end it and run the same command again')
      Bun.gc(true) // Of what a settled batch left nothing lives on; without this the heap grows by half before the runtime looks.
    },
  }
}

function policyOf({ repoOwners }: Pick<Settings, 'repoOwners'>, { idSecret }: Pick<Access, 'idSecret'>): ImportPolicy {
  return { version, repoOwners, idSecret: idSecret.toHex() }
}

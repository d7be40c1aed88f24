import type { Access } from '../access/access.ts'
import { leaveOutErased } from '../archive/unerased.ts'
import { Caller } from '../base/call.ts'
import { version } from '../base/version.ts'
import type { Settings } from '../config.ts'
import type { ImportDesk, ImportPolicy } from '../http/control/control-import.ts'
import type { Back } from './back.ts'
import type { ImportHandlers } from './import-worker.ts'

/** Entries that may wait in the journal before an import stands back: live events share it, and it has a limit. */
const waitingMax = 20_000
const askedEvery = 5_000
const pollMs = 25
/** Records after which this thread's garbage is collected: of them nothing lives on, and the runtime would let it grow by tens of megabytes. */
const collectedEvery = 5_000
/** Portions that may wait for the thread that writes: enough that it mostly need not wait for them; some 8 MB. */
const handedMax = 20

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

/** What an import into a stopped folder is given beside its keys. `letGo` closes the store in this thread: a file has one writer, in one thread. */
export type FolderStore = { readonly storePath: string; readonly letGo: () => void }

/** The import into a folder that no service runs on: straight into the store, by a thread of its own, which writes while the next records are prepared. */
export function folderImportOf(
  settings: Pick<Settings, 'repoOwners'>,
  access: Pick<Access, 'idSecret' | 'erasures'>,
  { storePath, letGo }: FolderStore,
): ImportDesk & AsyncDisposable {
  let thread: Caller<ImportHandlers> | undefined
  const handed: Promise<void>[] = []
  let sinceCollected = 0

  function collect(): void {
    sinceCollected = 0
    Bun.gc(true)
  }

  /** The first calls wait for the store in the thread's own queue. */
  function writing(): Caller<ImportHandlers> {
    if (thread !== undefined) return thread
    letGo()
    thread = new Caller<ImportHandlers>({ path: 'app/import-worker' })
    handed.push(awaited(thread.call('open', storePath)))
    return thread
  }

  return {
    readImportPolicy: async () => policyOf(settings, access),
    importEntries: async (entries) => {
      const { kept, erased } = leaveOutErased(entries, access.erasures.all(), access.idSecret)
      if (kept.count > 0) handed.push(awaited(writing().call('take', kept)))
      sinceCollected += entries.count
      if (sinceCollected >= collectedEvery) collect()
      while (handed.length > handedMax) await handed.shift()
      return { erased }
    },
    settleImport: async () => {
      const before = handed.splice(0)
      before.push(awaited(writing().call('settle')))
      for (const one of before) await one
    },
    [Symbol.asyncDispose]: async () => {
      if (thread === undefined || thread.isDead) return
      await thread.call('close')
      thread.terminate()
    },
  }
}

/** Whoever comes to wait for it learns of its fault; until then nobody is told. */
function awaited(call: Promise<void>): Promise<void> {
  call.catch(() => undefined)
  return call
}

function policyOf({ repoOwners }: Pick<Settings, 'repoOwners'>, { idSecret }: Pick<Access, 'idSecret'>): ImportPolicy {
  return { version, repoOwners, idSecret: idSecret.toHex() }
}

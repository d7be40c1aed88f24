import type { Access } from '../access/access.ts'
import type { Log } from '../base/log.ts'
import type { Settings } from '../config.ts'
import { ConsumerKeeper } from '../consumer/consumer-keeper.ts'
import type { ConsumerSettings } from '../consumer/consumer-settings.ts'
import { type MirrorStatus, mirrorName } from '../consumer/pocketbase/status.ts'
import { fingerprintVersion } from '../event/fingerprint.ts'
import { SqliteJournal } from '../journal/sqlite.ts'
import { readErrorGroupHeirs } from '../store/error-group-heir.ts'
import { StoreReaders } from '../store/reader.ts'
import { pathsOf, pocketbaseOf } from './folder.ts'

const megabyte = 1024 * 1024
/** How long the consumer may learn late of a commit. */
const tellMs = 10

/** Journal and store: everything behind the answer 202. */
export type Back = Awaited<ReturnType<typeof openBack>>

/** Opens the journal and the threads of the store. The store itself is opened by `openStore`, so that events are taken before it is ready. */
export async function openBack(settings: Settings, access: Access, log: Log) {
  const { journalPath, storePath } = pathsOf(settings)
  const pocketbase = pocketbaseOf(settings, access)
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined) // Whoever asks the store is told; without an asker there is nobody to tell.
  let keeper: ConsumerKeeper | undefined
  let isTelling = false

  /** Commits come by the thousand a second, and a message for each would cost more than it tells. */
  function tellSoon(): void {
    if (isTelling) return
    isTelling = true
    setTimeout(() => {
      isTelling = false
      keeper?.appended()
    }, tellMs)
  }

  const journal = await SqliteJournal.open({
    path: journalPath,
    bytesMax: settings.journalMaxMb * megabyte,
    onCommit: tellSoon,
    // Without its thread the journal can promise nothing: the process ends, and what was acknowledged is read again at the next start.
    onCrash: (fault) => queueMicrotask(() => Promise.reject(fault)),
    onFault: (fault) => log.error({ fault: String(fault.cause) }, 'journal cannot be written'),
  })
  const journalHead = journal.status().last
  const reader = new StoreReaders(storePath, (fault) => log.error({ fault: fault.message }, 'reading thread died'), ready.promise)

  async function openStore(): Promise<void> {
    try {
      const consumerSettings: ConsumerSettings = { journalPath, journalHead, storePath, ...(pocketbase !== undefined && { pocketbase }) }
      keeper = await ConsumerKeeper.open(consumerSettings, log)
      inheritErrorGroups(access, storePath, log) // Before anybody sees a group, and before the first alert.
      ready.resolve()
    } catch (fault) {
      ready.reject(fault)
      throw fault
    }
  }

  /** The thread that owns the store, for what is done by the clock. Waits while the store is being opened. */
  async function thread() {
    await ready.promise
    if (keeper === undefined) throw new Error('the store is not open')
    return keeper.thread()
  }

  /** Does work while nobody has the store open to write; threads that read it begin anew afterwards. */
  async function whileStopped<Value>(work: () => Promise<Value>): Promise<Value> {
    await ready.promise
    if (keeper === undefined) throw new Error('the store is not open')
    try {
      return await keeper.whileStopped(work)
    } finally {
      await reader.renew()
    }
  }

  async function close(): Promise<void> {
    await reader.close()
    await keeper?.stop()
    await journal.close()
  }

  const parkedSource = {
    parked: async (limit: number) => (await thread()).parked(limit),
    parkedCount: async () => (await (await thread()).status()).parked,
    replay: async () => (await thread()).replay(),
  }
  const status = () => keeper?.status()
  /** What the mirror says of itself; undefined when PocketBase is off. */
  const mirror = () => status()?.companions[mirrorName] as MirrorStatus | undefined
  return { journal, reader, status, mirror, openStore, close, parkedSource, thread, whileStopped }
}

/** Where a new version of the fingerprint has grouped runs otherwise, what was said of their groups goes with them. */
export function inheritErrorGroups({ errorHeirs }: Pick<Access, 'errorHeirs'>, storePath: string, log: Log): void {
  const from = errorHeirs.version()
  if (from >= fingerprintVersion) return
  const inherited = errorHeirs.inherit(readErrorGroupHeirs(storePath, from), fingerprintVersion)
  const isAny = Object.values(inherited).some((count) => count > 0)
  if (isAny)
    log.warn(
      { ...inherited, fingerprintVersion },
      'errors are grouped in a new way: mutes, issues and alerts of groups went with their runs',
    )
}

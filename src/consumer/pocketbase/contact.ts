import { createHash, createHmac } from 'node:crypto'
import { err, ok, type Result } from '../../base/result.ts'
import type { Revision, StoreWriter } from '../../store/port.ts'
import { foreignFilter } from './examine.ts'
import { faultWithoutAnswer, type PocketBaseFault } from './fault.ts'
import { findNewestStamp, type Pulled, type PullParts, pullEverything } from './pull.ts'
import { pocketBaseTime } from './record.ts'
import { mirrorName } from './status.ts'
import { earlier } from './target.ts'

/** Where a collection is. */
export type TargetPlace = { readonly url: string; readonly collection: string }

/** What the store remembers of its mirror. */
export const mirrorFacts = {
  /** Names this installation; it goes into each record. */
  instance: 'instance',
  /** The collection that the store was once in sync with. An emptied store does not have it. */
  synced: 'pocketbase.synced',
  /** The highest revision seen in PocketBase when everything was last pulled. */
  seenRevision: 'pocketbase.seen_revision',
  /** Set where the store came from a backup: what PocketBase has since then is joined before anything is sent. */
  restored: 'pocketbase.restored',
  /** The time of PocketBase up to which another service's changes are known. */
  pulledUntil: 'pocketbase.pulled_until',
} as const

/** Batches overlap, so the newest records are not in the order of their revisions. */
const newestRecords = 200

/**
 * What comes before anything is sent. Another instance's record ends it with a fault. A store that was never in sync with this collection, or
 * that is older than what it once wrote there (it was restored), first joins everything that is there. `onPage` is told how many records
 * were read so far.
 */
export async function meet(
  parts: PullParts,
  store: StoreWriter,
  place: TargetPlace,
  onPage: (read: number) => void,
): Promise<Result<Pulled | undefined, PocketBaseFault>> {
  const alone = await refuseOthers(parts)
  if (!alone.ok) return alone
  if (store.fact(mirrorFacts.synced) !== nameOf(place) || isFromBackup(store)) return synchronize(parts, store, place, onPage)
  const seen = await findNewestRevision(parts)
  if (!seen.ok) return seen
  const isRestored = seen.value > Math.max(store.revision(), Number(store.fact(mirrorFacts.seenRevision) ?? 0))
  return isRestored ? synchronize(parts, store, place, onPage) : ok(undefined)
}

/** A name that an installation keeps when its store is lost: it follows from the secret that is kept for good beside the store. */
export function instanceFrom(secret: Uint8Array): string {
  return createHmac('sha256', secret).update('pocketbase instance').digest('hex').slice(0, 32)
}

/** Joins everything that is in the collection, and remembers that this was done. */
export async function synchronize(
  parts: PullParts,
  store: StoreWriter,
  place: TargetPlace,
  onPage: (read: number) => void,
): Promise<Result<Pulled, PocketBaseFault>> {
  const seen = await findNewestRevision(parts)
  if (!seen.ok) return seen
  const now = pocketBaseTime(parts.clock.now())
  const stamp = await findNewestStamp(parts.target) // Asked first: what changes meanwhile is pulled afterwards.
  if (!stamp.ok) return stamp
  if (store.fact(mirrorFacts.synced) !== nameOf(place)) store.moveCursor(mirrorName, 0) // Another collection has nothing of ours yet.
  const pulled = await pullEverything(parts, onPage)
  if (!pulled.ok) return pulled
  const believed = await confirm(parts)
  if (!believed.ok) return believed
  store.setFact(mirrorFacts.pulledUntil, earlier(stamp.value, now))
  store.setFact(mirrorFacts.seenRevision, String(seen.value))
  store.setFact(mirrorFacts.synced, nameOf(place))
  if (isFromBackup(store)) store.setFact(mirrorFacts.restored, '')
  return pulled
}

/** Notes that the store is older than what it may have sent to PocketBase. */
export function noteRestored(store: Pick<StoreWriter, 'setFact'>): void {
  store.setFact(mirrorFacts.restored, 'yes')
}

function isFromBackup(store: StoreWriter): boolean {
  return store.fact(mirrorFacts.restored) === 'yes'
}

/** Ends with a fault where a record belongs to another instance. */
export async function refuseOthers({ target, instance }: PullParts): Promise<Result<void, PocketBaseFault>> {
  const page = await target.list({ filter: foreignFilter(target.client.bind, instance), sort: '', limit: 1, fields: 'id' })
  if (!page.ok) return page
  return page.value.length === 0 ? ok(undefined) : err(faultWithoutAnswer('foreign_instance'))
}

/** An empty list may come from a token that no longer counts. */
async function confirm({ target }: PullParts): Promise<Result<void, PocketBaseFault>> {
  const token = await target.verify()
  if (!token.ok) return token
  return token.value === 'valid' ? ok(undefined) : err({ code: 'refused', status: 401, reasons: [] })
}

async function findNewestRevision({ target, instance }: PullParts): Promise<Result<Revision, PocketBaseFault>> {
  const filter = target.client.bind('instance = {:instance}', { instance })
  const page = await target.list({ filter, sort: '-updated', limit: newestRecords, fields: 'revision' })
  return page.ok ? ok(Math.max(0, ...page.value.map(({ revision }) => Number(revision) || 0))) : page
}

/** The place as a short name without an address in it. */
function nameOf({ url, collection }: TargetPlace): string {
  return createHash('sha256').update(`${url}\0${collection}`).digest('hex').slice(0, 32)
}

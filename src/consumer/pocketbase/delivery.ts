import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { pocketbaseRecordId } from '../../event/identity.ts'
import type { MirrorLink, RunChange, StoreWriter } from '../../store/port.ts'
import { faultWord, mayBeOfRecord, type PocketBaseFault } from './fault.ts'
import type { Pace } from './pace.ts'
import { encodeRecord, keyOfRecord } from './record.ts'
import type { Target, Write } from './target.ts'

/** How long single requests are used after PocketBase said that batches are off. */
const singlyMs = 300_000

export type DeliveryParts = {
  readonly target: Target
  readonly store: Pick<StoreWriter, 'park' | 'links' | 'link' | 'unlink'>
  readonly instance: string
  readonly pace: Pace
  readonly clock: Clock
  /** Told of each record that arrived, and of each that PocketBase refused for a fault of its own. */
  readonly onDone: (outcome: 'pushed' | 'deleted' | 'parked', reason?: string) => void
}

/** A change and how it is written. */
type Item = { readonly change: RunChange; readonly write: Write; readonly isLinked: boolean }

/**
 * Brings changes into the collection in batches. A batch that fails is cut at the request that broke it, so that a bad record ends alone:
 * it is parked when a good record still gets in, otherwise the fault is PocketBase's and comes back to the caller.
 */
export class Delivery {
  readonly #parts: DeliveryParts
  #singlyUntil = 0
  #newestStamp = ''

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** The newest `updated` that PocketBase gave to a record of ours. */
  get newestStamp(): string {
    return this.#newestStamp
  }

  /** Resolves once each change is in the collection or parked. The changes are of different runs. */
  deliver(changes: readonly RunChange[]): Promise<Result<void, PocketBaseFault>> {
    const links = new Map(this.#parts.store.links(changes).map((link) => [pocketbaseRecordId(link.tenant, link.key), link.recordId]))
    return this.#send(changes.map((change) => this.#plan(change, links.get(pocketbaseRecordId(change.tenant, change.key)))))
  }

  /** Removes a record that was written before another service's record of the same run was known. */
  async removeStray(link: MirrorLink): Promise<Result<void, PocketBaseFault>> {
    const id = pocketbaseRecordId(link.tenant, link.key)
    return this.#settle({ change: { ...link, revision: 0 }, write: { kind: 'delete', id }, isLinked: false })
  }

  #plan(change: RunChange, recordId: string | undefined, isIdTaken = false): Item {
    const { tenant, key, revision, state } = change
    const id = recordId ?? pocketbaseRecordId(tenant, key)
    const isLinked = recordId !== undefined
    if (state === undefined) return { change, write: { kind: 'delete', id }, isLinked }
    // A record that another service made stays that service's too: it keeps no instance, so that its changes are still pulled.
    const body = encodeRecord(id, { tenant, revision, state, isIdTaken, ...(!isLinked && { instance: this.#parts.instance }) })
    return { change, write: { kind: 'upsert', id, body }, isLinked }
  }

  async #send(items: readonly Item[]): Promise<Result<void, PocketBaseFault>> {
    const [first, ...others] = items
    if (first === undefined) return ok(undefined)
    if (others.length === 0) return this.#settle(first)
    if (this.#isSingly()) return inOrder([() => this.#settle(first), () => this.#send(others)])

    const startedAt = performance.now()
    const answer = await this.#parts.target.batch(items.map(({ write }) => write))
    if (answer.ok) {
      this.#parts.pace.succeeded(items.length, performance.now() - startedAt)
      this.#finish(items, answer.value)
      return ok(undefined)
    }
    const { fault } = answer
    if (fault.culprit === undefined) return this.#sendInParts(items, fault)
    const culprit = items[fault.culprit]
    if (culprit === undefined || !(mayBeOfRecord(fault) || isGone(culprit, fault))) return err(fault)
    const known = await this.#linkOthers(items, fault)
    if (!known.ok) return known
    if (known.value !== items) return this.#send(known.value)
    const at = fault.culprit
    return inOrder([() => this.#send(items.slice(0, at)), () => this.#settle(culprit), () => this.#send(items.slice(at + 1))])
  }

  /** The batch failed as a whole. */
  async #sendInParts(items: readonly Item[], fault: PocketBaseFault): Promise<Result<void, PocketBaseFault>> {
    if (this.#turnedBatchesOff(fault)) return this.#send(items)
    if (!mayBeOfRecord(fault)) {
      this.#parts.pace.failed()
      return err(fault)
    }
    this.#parts.pace.refused(items.length)
    const middle = items.length >> 1
    return inOrder([() => this.#send(items.slice(0, middle)), () => this.#send(items.slice(middle))])
  }

  /** Writes one record alone, and decides whose fault it is when that fails. */
  async #settle(item: Item, isLastTry = false): Promise<Result<void, PocketBaseFault>> {
    const isSingly = this.#isSingly()
    const answer = await (isSingly ? this.#parts.target.single(item.write) : this.#parts.target.batch([item.write]))
    if (answer.ok) {
      this.#finish([item], answer.value)
      return ok(undefined)
    }
    const { fault } = answer
    if (!isSingly && fault.culprit === undefined && this.#turnedBatchesOff(fault)) return this.#settle(item, isLastTry)
    if (!(mayBeOfRecord(fault) || isGone(item, fault))) return err(fault)

    // Without a valid token PocketBase answers just as it does for a bad or missing record.
    const token = await this.#parts.target.verify()
    if (!token.ok) return token
    if (token.value === 'renewed' && !isLastTry) return this.#settle(item, true)
    if (isGone(item, fault)) {
      this.#finish([item], '')
      return ok(undefined)
    }
    const known = await this.#linkOthers([item], fault)
    if (!known.ok) return known
    const [linked] = known.value
    if (linked !== undefined && linked !== item && !isLastTry) return this.#settle(linked, true)
    if (isTaken(fault) && !isLastTry) return this.#settle(this.#plan(item.change, item.isLinked ? item.write.id : undefined, true), true)
    return this.#park(item, fault)
  }

  async #park(item: Item, fault: PocketBaseFault): Promise<Result<void, PocketBaseFault>> {
    const probe = await this.#parts.target.probe(this.#isSingly())
    if (!probe.ok) return probe
    const { tenant, key, revision } = item.change
    const reason = faultWord(fault)
    this.#parts.store.park([{ tenant, key, revision, reason, parkedAt: this.#parts.clock.now() }])
    this.#parts.onDone('parked', reason)
    return ok(undefined)
  }

  /** Where an execution id is taken: finds the records that hold those of the items, and plans the items for these records. */
  async #linkOthers(items: readonly Item[], fault: PocketBaseFault): Promise<Result<readonly Item[], PocketBaseFault>> {
    if (!isTaken(fault)) return ok(items)
    const links: MirrorLink[] = []
    for (const [tenant, own] of Map.groupBy(items, ({ change }) => change.tenant)) {
      const open = own.filter(({ isLinked }) => !isLinked)
      const ids = open.flatMap(({ change }) => change.state?.fields.executionId?.value ?? [])
      const found = await this.#parts.target.findExecutions(tenant, ids)
      if (!found.ok) return found
      // Two hosts may make the same weak id: only the record of the same run is continued.
      const records = new Map(found.value.map((record) => [keyOfRecord(record), record['id']]))
      for (const { change, write } of open) {
        const recordId = records.get(change.key.toHex())
        if (typeof recordId === 'string' && recordId !== write.id) links.push({ tenant, key: change.key, recordId })
      }
    }
    if (links.length === 0) return ok(items)
    this.#parts.store.link(links)
    const recordIds = new Map(links.map((link) => [pocketbaseRecordId(link.tenant, link.key), link.recordId]))
    return ok(
      items.map((item) => {
        const recordId = recordIds.get(pocketbaseRecordId(item.change.tenant, item.change.key))
        return recordId === undefined ? item : this.#plan(item.change, recordId)
      }),
    )
  }

  #finish(items: readonly Item[], stamp: string): void {
    if (stamp > this.#newestStamp) this.#newestStamp = stamp
    const unlinked = items.filter(({ write, isLinked }) => write.kind === 'delete' && isLinked).map(({ change }) => change)
    if (unlinked.length > 0) this.#parts.store.unlink(unlinked)
    for (const { write } of items) this.#parts.onDone(write.kind === 'delete' ? 'deleted' : 'pushed')
  }

  /** Whether a batch was refused since PocketBase takes none; single requests are used for a while then. */
  #turnedBatchesOff({ code, status }: PocketBaseFault): boolean {
    const isOff = code === 'refused' && (status === 403 || status === 404)
    if (isOff) this.#singlyUntil = this.#parts.clock.now() + singlyMs
    return isOff
  }

  #isSingly(): boolean {
    return this.#parts.clock.now() < this.#singlyUntil
  }
}

/** Another record of the collection has the execution id. */
function isTaken({ reasons }: PocketBaseFault): boolean {
  return reasons.includes('execution_id:validation_not_unique')
}

/** A record to be deleted that is not there. */
function isGone({ write }: Item, fault: PocketBaseFault): boolean {
  return write.kind === 'delete' && fault.code === 'refused' && fault.status === 404
}

async function inOrder(steps: readonly (() => Promise<Result<void, PocketBaseFault>>)[]): Promise<Result<void, PocketBaseFault>> {
  for (const step of steps) {
    const done = await step()
    if (!done.ok) return done
  }
  return ok(undefined)
}

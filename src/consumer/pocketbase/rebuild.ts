import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import type { StoreWriter } from '../../store/port.ts'
import type { PocketBaseClient } from './client.ts'
import { mirrorFacts, refuseOthers, synchronize, type TargetPlace } from './contact.ts'
import { faultWord, type PocketBaseFault, redirectAdvice } from './fault.ts'
import { KnownRevisions } from './known-revisions.ts'
import type { PrepareWire } from './record.ts'
import { Target } from './target.ts'

export type RebuildOptions = {
  readonly store: StoreWriter
  readonly client: PocketBaseClient
  readonly place: TargetPlace
  readonly prepare: PrepareWire
  /** Names this installation when neither the store nor the collection has a name for it. */
  readonly newId: () => string
  readonly clock: Clock
  readonly onProgress: (done: number, total: number) => void
}

/** `done` records were read; `unreadable` of them do not say which run they are. */
export type Rebuilt = { readonly done: number; readonly unreadable: number }

/** A sentence for the operator; the command may be run again. */
export type RebuildFault = { readonly code: PocketBaseFault['code']; readonly message: string }

/**
 * Joins every record of the collection into the store; what the store has is kept. The store takes over the name of the installation that filled
 * the collection, so that it may go on with it. Refuses a collection that two installations filled.
 */
export async function rebuildFromPocketBase(options: RebuildOptions): Promise<Result<Rebuilt, RebuildFault>> {
  const rebuilt = await rebuild(options)
  if (rebuilt.ok) return rebuilt
  const { fault } = rebuilt
  const message =
    fault.code === 'foreign_instance'
      ? 'The collection holds runs of two installations; none of them can take over both.'
      : `PocketBase could not be read: ${faultWord(fault)}.${fault.code === 'redirected' ? ` ${redirectAdvice}.` : ''}`
  return err({ code: fault.code, message })
}

async function rebuild({
  clock,
  store,
  client,
  place,
  prepare,
  newId,
  onProgress,
}: RebuildOptions): Promise<Result<Rebuilt, PocketBaseFault>> {
  const target = new Target(client, place.collection, new AbortController().signal) // A command is ended with its process.
  const found = await findInstance(target)
  if (!found.ok) return found
  const instance = found.value ?? store.fact(mirrorFacts.instance) ?? newId()
  const parts = { target, store, instance, prepare, clock, known: new KnownRevisions() }
  const alone = await refuseOthers(parts)
  if (!alone.ok) return alone
  const total = await target.count()
  if (!total.ok) return total
  store.setFact(mirrorFacts.instance, instance)
  onProgress(0, total.value)
  const pulled = await synchronize(parts, store, place, (read) => onProgress(read, Math.max(read, total.value)))
  return pulled.ok ? ok({ done: pulled.value.read, unreadable: pulled.value.unreadable }) : pulled
}

async function findInstance(target: Target): Promise<Result<string | undefined, PocketBaseFault>> {
  const page = await target.list({ filter: 'instance > ""', sort: '', limit: 1, fields: 'instance' })
  if (!page.ok) return page
  const instance = page.value[0]?.['instance']
  return ok(typeof instance === 'string' && instance !== '' ? instance : undefined)
}

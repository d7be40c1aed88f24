import type { Clock } from '../../base/clock.ts'
import { silentLog } from '../../base/log.ts'
import { countOf } from './answer.ts'
import { createPocketBaseClient, type PocketBaseAccess, type PocketBaseClient } from './client.ts'
import { runFields } from './collection.ts'
import { faultWord } from './fault.ts'
import { Target } from './target.ts'

export type ExamineOptions = {
  readonly access: PocketBaseAccess
  readonly collection: string
  /** Names this installation; absent before its first start. */
  readonly instance: string | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** How a PocketBase looks to the account of the service. What could not be seen is absent. Nothing is written. */
export type PocketBaseLook = {
  /** Why the account does not get in, as a word of ours. */
  readonly signInFault?: string
  /** Why the collection cannot be read. */
  readonly collectionFault?: string
  readonly missingFields?: readonly string[]
  readonly hasForeignWriter?: boolean
  /** Other members of the auth collection, as far as the account may see them. */
  readonly membersSeen?: number
  /** How far the clock of PocketBase is ahead of ours, to the second that its answer names. */
  readonly clockAheadMs?: number
}

/** Looks at the clock, the sign-in, the fields of the collection, and at who else writes to it. */
export async function examinePocketBase(options: ExamineOptions): Promise<PocketBaseLook> {
  const { access, collection, instance, clock, signal } = options
  const client = createPocketBaseClient(access, clock, silentLog)
  const signedIn = await client.verify(signal)
  if (!signedIn.ok) return { signInFault: faultWord(signedIn.fault) }
  const clockAheadMs = await readClock(access.url, clock, signal)
  const membersSeen = await countMembers(client, access.authCollection, signal)
  const known = { ...(clockAheadMs !== undefined && { clockAheadMs }), ...(membersSeen !== undefined && { membersSeen }) }
  const target = new Target(client, collection, signal)
  const first = await target.list({ filter: '', sort: '', limit: 1, fields: 'id' })
  if (!first.ok) return { ...known, collectionFault: faultWord(first.fault) }
  const missingFields = await findMissing(target)
  if (missingFields === undefined) return known
  if (instance === undefined || missingFields.includes('instance')) return { ...known, missingFields }
  const hasForeignWriter = await findForeign(client, target, instance)
  return { ...known, missingFields, ...(hasForeignWriter !== undefined && { hasForeignWriter }) }
}

/** The account itself is among those it sees. A superuser sees others as well, who have every right as such. */
async function countMembers(client: PocketBaseClient, authCollection: string, signal: AbortSignal): Promise<number | undefined> {
  if (authCollection === '_superusers') return undefined
  const path = `/api/collections/${authCollection}/records`
  const answer = await client.send({ method: 'GET', path, query: { perPage: 1, fields: 'id' }, signal })
  const count = answer.ok ? countOf(answer.value) : undefined
  return count === undefined ? undefined : Math.max(0, count - 1)
}

/** The account sees no definition of a collection, but a filter that names a field which is not there is refused with 400. */
async function findMissing(target: Target): Promise<readonly string[] | undefined> {
  const missing: string[] = []
  for (const { name } of runFields) {
    const answer = await target.list({ filter: `${name} = "" && id = ""`, sort: '', limit: 1, fields: 'id' })
    if (answer.ok) continue
    if (answer.fault.status !== 400) return undefined // Whatever it was, it says nothing of the field.
    missing.push(name)
  }
  return missing
}

async function findForeign({ bind }: PocketBaseClient, target: Target, instance: string): Promise<boolean | undefined> {
  const page = await target.list({ filter: foreignFilter(bind, instance), sort: '', limit: 1, fields: 'id' })
  return page.ok ? page.value.length > 0 : undefined
}

/** Records that another installation wrote. Two ranges, since an index serves these and not an inequality. */
export function foreignFilter(bind: PocketBaseClient['bind'], instance: string): string {
  return bind('instance > {:instance} || (instance > "" && instance < {:instance})', { instance })
}

async function readClock(url: string, clock: Clock, signal: AbortSignal): Promise<number | undefined> {
  const before = clock.now()
  const answer = await fetch(`${url}/api/health`, { signal, redirect: 'manual' }).catch(() => undefined)
  const told = Date.parse(answer?.headers.get('date') ?? '')
  await answer?.body?.cancel()
  return Number.isNaN(told) ? undefined : told - Math.round((before + clock.now()) / 2)
}

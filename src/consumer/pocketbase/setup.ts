import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { asObject } from './answer.ts'
import { createPocketBaseClient, type PocketBaseAccess, type PocketBaseClient } from './client.ts'
import { batchRequestsMax } from './pace.ts'
import { setUpAccount } from './setup-account.ts'
import { setUpCollection } from './setup-collection.ts'
import { explainFault, openSession, type SetupFault, type SetupSession, SetupStop } from './setup-session.ts'

/** `access` is the account that the service will use; the superuser makes it ready and is forgotten. */
export type SetupOptions = {
  readonly access: PocketBaseAccess
  readonly targetCollection: string
  /** On the operator's word: also the other members of the auth collection get to the runs. */
  readonly admitsMembers?: boolean
  readonly superuser: { readonly identity: string; readonly password: string }
  readonly clock: Clock
  readonly log: Log
}

/**
 * Makes a PocketBase ready: the account, the collection with all fields, indexes and rules, the batch API. An earlier service's collection
 * is extended: it keeps its fields and its records. Run again it changes nothing. Gives the list of changes, a sentence each.
 */
export function setupPocketBase(options: SetupOptions): Promise<Result<readonly string[], SetupFault>> {
  return runSetup(options, false)
}

/** What the setup would change, in its own sentences, of a PocketBase that lets the account in. Changes nothing. */
export function foretellSetup(options: SetupOptions): Promise<Result<readonly string[], SetupFault>> {
  return runSetup(options, true)
}

async function runSetup(options: SetupOptions, onlyLooks: boolean): Promise<Result<readonly string[], SetupFault>> {
  const { access, targetCollection, superuser, clock, log, admitsMembers = false } = options
  const unnamed = [access.authCollection, targetCollection].find((name) => !nameForm.test(name))
  if (unnamed !== undefined) return err({ code: 'name_invalid', message: 'A collection name has letters, digits and _ alone.' })
  const client = createPocketBaseClient({ ...access, ...superuser, authCollection: '_superusers' }, clock, log)
  const session = openSession(client, onlyLooks)
  try {
    const rule = await setUpAccount(session, access, { targetCollection, admitsMembers })
    const admitted = admitsMembers ? `the members of ${access.authCollection}` : 'the account of PB_IDENTITY'
    await setUpCollection(session, targetCollection, { rule, admitted })
    await setUpBatches(session)
    if (!onlyLooks) await tryAccount(createPocketBaseClient(access, clock, log))
    return ok(session.changes)
  } catch (stop) {
    if (stop instanceof SetupStop) return err(stop.fault)
    throw stop
  }
}

/** Matches telemetry_data and _superusers; not a name with a quote, which would end a rule or an index. */
const nameForm = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/

const batchRequestsWanted = batchRequestsMax
const batchSecondsWanted = 3

async function setUpBatches(session: SetupSession): Promise<void> {
  const settings = await session.ask('show its settings', { method: 'GET', path: '/api/settings' })
  const batch = asObject(settings['batch'])
  const wanted = {
    enabled: true,
    maxRequests: Math.max(Number(batch['maxRequests']) || 0, batchRequestsWanted),
    timeout: Math.max(Number(batch['timeout']) || 0, batchSecondsWanted),
  }
  if (asObject(settings['rateLimits'])['enabled'] === true)
    session.changes.push('Left as it is: rate limits are on in PocketBase. Let /api/batch pass often enough, or the service falls behind.')
  if (batch['enabled'] === true && batch['maxRequests'] === wanted.maxRequests && batch['timeout'] === wanted.timeout) return
  const body = JSON.stringify({ batch: { ...batch, ...wanted } })
  await session.ask('change its settings', { method: 'PATCH', path: '/api/settings', body })
  session.changes.push(`Turned on batches of up to ${wanted.maxRequests} requests.`)
}

/** The proof that the service will get in. */
async function tryAccount(client: PocketBaseClient): Promise<void> {
  const answer = await client.verify()
  if (answer.ok) return
  const isRefused = answer.fault.code === 'sign_in_refused'
  const message = isRefused
    ? 'The account exists, but PB_PASSWORD does not open it. Set the right one, or change it in PocketBase.'
    : explainFault('let the account in', answer.fault)
  throw new SetupStop({ code: isRefused ? 'account_refused' : 'pocketbase', message })
}

import { asObject, type Fields } from './answer.ts'
import type { PocketBaseClient, PocketBaseRequest } from './client.ts'
import { faultWord, type PocketBaseFault, redirectAdvice } from './fault.ts'

/** Why the setup stopped, in a sentence for the operator. What was done before it stays and does no harm; the setup may be run again. */
export type SetupFault = {
  readonly code: 'pocketbase' | 'field_unfit' | 'account_refused' | 'members_present' | 'name_invalid'
  readonly message: string
}

/** What the steps of the setup share: requests as the superuser, and the list of what was changed, a sentence each. */
export type SetupSession = {
  readonly client: PocketBaseClient
  readonly changes: string[]
  /** Sends and reads an object; throws a `SetupStop` when PocketBase refuses. */
  ask(purpose: string, request: PocketBaseRequest): Promise<Fields>
  /** The collection's definition, or nothing where there is none. */
  find(collection: string): Promise<Fields | undefined>
}

/** Ends the setup from any depth; `setupPocketBase` turns it into its answer. */
export class SetupStop extends Error {
  readonly fault: SetupFault

  constructor(fault: SetupFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** A session over a client that signed in as a superuser. One that only looks sends nothing that changes anything, and takes it as done. */
export function openSession(client: PocketBaseClient, onlyLooks = false): SetupSession {
  async function ask(purpose: string, request: PocketBaseRequest): Promise<Fields> {
    if (onlyLooks && request.method !== 'GET') return {}
    const answer = await client.send(request)
    if (!answer.ok) throw new SetupStop({ code: 'pocketbase', message: explainFault(purpose, answer.fault) })
    return asObject(answer.value)
  }
  async function find(collection: string): Promise<Fields | undefined> {
    const answer = await client.send({ method: 'GET', path: `/api/collections/${collection}` })
    if (answer.ok) return asObject(answer.value)
    if (answer.fault.status === 404) return undefined
    throw new SetupStop({ code: 'pocketbase', message: explainFault(`show ${collection}`, answer.fault) })
  }
  return { client, changes: [], ask, find }
}

/** What did not work, why, and which setting or input mends it. */
export function explainFault(purpose: string, fault: PocketBaseFault): string {
  const advice = adviceOf(fault)
  return `PocketBase did not ${purpose}: ${faultWord(fault)}.${advice === undefined ? '' : ` ${advice}`}`
}

function adviceOf({ code, status, reasons }: PocketBaseFault): string | undefined {
  if (code === 'sign_in_refused') return 'The superuser was refused: give the right mail address (--superuser) and password.'
  if (code === 'unreachable') return 'Nothing answers at PB_URL: start PocketBase, or set PB_URL to where it is.'
  if (code === 'redirected') return `${redirectAdvice}.`
  if (code === 'timed_out') return 'It took longer than UPSTREAM_TIMEOUT_MS: try again, or set a longer time.'
  if (code === 'unreadable' || code === 'answer_too_large' || status === 404)
    return 'What answers at PB_URL is no PocketBase that is known here: set PB_URL to where it is.'
  if (reasons.some((reason) => reason.startsWith('password:'))) return 'Choose another PB_PASSWORD: PocketBase wants at least 8 characters.'
  if (reasons.some((reason) => /^(?:email|username):/.test(reason))) return 'Choose another PB_IDENTITY: PocketBase does not take this one.'
  return undefined
}

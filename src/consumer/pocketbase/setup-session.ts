import type { PocketBaseClient, PocketBaseRequest } from './client.ts'
import { faultWord } from './fault.ts'

/** Why the setup stopped, in a sentence for the operator. What was done before it stays and does no harm; the setup may be run again. */
export type SetupFault = { readonly code: 'pocketbase' | 'field_unfit' | 'account_refused' | 'name_invalid'; readonly message: string }

/** What the steps of the setup share: requests as the superuser, and the list of what was changed, a sentence each. */
export type SetupSession = {
  readonly client: PocketBaseClient
  readonly changes: string[]
  /** Sends and reads an object; throws a `SetupStop` when PocketBase refuses. */
  ask(purpose: string, request: PocketBaseRequest): Promise<Readonly<Record<string, unknown>>>
  /** The collection's definition, or nothing where there is none. */
  find(collection: string): Promise<Readonly<Record<string, unknown>> | undefined>
}

/** Ends the setup from any depth; `setupPocketBase` turns it into its answer. */
export class SetupStop extends Error {
  readonly fault: SetupFault

  constructor(fault: SetupFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** A session over a client that signed in as a superuser. */
export function openSession(client: PocketBaseClient): SetupSession {
  async function ask(purpose: string, request: PocketBaseRequest): Promise<Readonly<Record<string, unknown>>> {
    const answer = await client.send(request)
    if (!answer.ok) throw new SetupStop({ code: 'pocketbase', message: `PocketBase did not ${purpose}: ${faultWord(answer.fault)}.` })
    return asObject(answer.value)
  }
  async function find(collection: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const answer = await client.send({ method: 'GET', path: `/api/collections/${collection}` })
    if (answer.ok) return asObject(answer.value)
    if (answer.fault.status === 404) return undefined
    throw new SetupStop({ code: 'pocketbase', message: `PocketBase did not show ${collection}: ${faultWord(answer.fault)}.` })
  }
  return { client, changes: [], ask, find }
}

/** What PocketBase answered, if it is an object; an empty one else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import type { PocketBaseAccess } from '../../src/consumer/pocketbase/client.ts'
import { setupPocketBase } from '../../src/consumer/pocketbase/setup.ts'
import { account, startPocketBase, superuser } from '../../test/part/pocketbase.ts'

export const authCollection = 'telemetry_service'
const targetCollection = 'telemetry'

/** The service's own account of a PocketBase. */
export function accessTo(url: string): PocketBaseAccess {
  return { url, authCollection, ...account, timeoutMs: 60_000 }
}

/** Makes a collection of a PocketBase ready for runs. Rejects when that fails. */
export async function makeReady(url: string, collection: string): Promise<void> {
  const done = await setupPocketBase({ access: accessTo(url), targetCollection: collection, superuser, clock: systemClock, log: silentLog })
  if (!done.ok) throw new Error(done.fault.message)
}

/** A PocketBase that is ready for runs, with the settings a service needs to fill it. */
export type Mirrored = { readonly env: Readonly<Record<string, string>>; dispose(): Promise<void> }

/** Starts one and sets it up. Rejects when either fails. */
export async function startMirrored(): Promise<Mirrored> {
  const pocketbase = await startPocketBase()
  await makeReady(pocketbase.url, targetCollection)
  return {
    env: {
      PB_URL: pocketbase.url,
      PB_AUTH_COLLECTION: authCollection,
      PB_IDENTITY: account.identity,
      PB_PASSWORD: account.password,
      PB_TARGET_COLLECTION: targetCollection,
    },
    dispose: async () => pocketbase[Symbol.asyncDispose](),
  }
}

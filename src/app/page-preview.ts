import { late, within } from '../base/within.ts'
import type { RetentionState } from '../http/page/system-state.ts'

/** How long a page waits for a count: where very many runs are due, it takes seconds. */
const waitMs = 10

/**
 * The preview of what retention removes, for a page that must not wait for it: the count itself where it is done in time, else the one before, else
 * `counting`. However often a page is loaded, a tenant has one count at a time.
 */
export function pagePreviewOf(preview: (tenant: string) => Promise<RetentionState | undefined>) {
  const running = new Map<string, Promise<RetentionState | undefined>>() // Tenants have a user or a key, so they are few.
  const last = new Map<string, RetentionState | undefined>()

  async function count(tenant: string): Promise<RetentionState | undefined> {
    const state = await preview(tenant)
    last.set(tenant, state)
    return state
  }

  function begin(tenant: string): Promise<RetentionState | undefined> {
    const counting = count(tenant).finally(() => running.delete(tenant))
    running.set(tenant, counting)
    return counting
  }

  return async (tenant: string): Promise<RetentionState | 'counting' | undefined> => {
    const state = await within(waitMs, running.get(tenant) ?? begin(tenant))
    return state === late ? (last.get(tenant) ?? 'counting') : state
  }
}

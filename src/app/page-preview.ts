import type { RetentionState } from '../http/page/system-state.ts'

/** How long a page waits for a count: where very many runs are due, it takes seconds. */
const waitMs = 100

type Count = { readonly running?: Promise<RetentionState | undefined>; readonly last?: RetentionState }

/**
 * The preview of what retention removes, for a page that must not wait for it: the count itself where it is done in time, else the one before, else
 * `counting`. However often a page is loaded, a tenant has one count at a time.
 */
export function pagePreviewOf(preview: (tenant: string) => Promise<RetentionState | undefined>) {
  const counts = new Map<string, Count>() // Tenants have a user or a key, so they are few.

  async function count(tenant: string): Promise<RetentionState | undefined> {
    const before = counts.get(tenant)?.last
    try {
      const state = await preview(tenant)
      counts.set(tenant, state === undefined ? {} : { last: state })
      return state
    } catch (fault) {
      counts.set(tenant, before === undefined ? {} : { last: before })
      throw fault
    }
  }

  return async (tenant: string): Promise<RetentionState | 'counting' | undefined> => {
    const { running = count(tenant), last } = counts.get(tenant) ?? {}
    counts.set(tenant, { running, ...(last && { last }) })
    const late = Promise.withResolvers<'late'>()
    const bound = setTimeout(() => late.resolve('late'), waitMs)
    try {
      const first = await Promise.race([running, late.promise])
      return first === 'late' ? (last ?? 'counting') : first
    } finally {
      clearTimeout(bound)
      running.catch(() => undefined) // Whoever waits in vain is not there any more.
    }
  }
}

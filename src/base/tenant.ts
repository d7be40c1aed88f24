/** The tenant of anonymous clients, of keys made without one, and of the first admin: whoever belongs to it runs the service. It is there from the start. */
export const defaultTenant = 'default'

/** Whether a text can name a tenant. */
export function isTenantName(text: string): boolean {
  // Matches `default` and `team-2`; not `Team`, `-a` or an empty name.
  return /^[a-z0-9][a-z0-9_-]{0,63}$/.test(text)
}

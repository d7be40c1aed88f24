/** Whose the first admin is: the tenant that anonymous events belong to. */
export const firstTenant = 'default'

/** Whether a text can name a tenant. */
export function isTenantName(text: string): boolean {
  // Matches `default` and `team-2`; not `Team`, `-a` or an empty name.
  return /^[a-z0-9][a-z0-9_-]{0,63}$/.test(text)
}

import { defaultTenant } from '../base/tenant.ts'
import type { Scope } from './key-text.ts'
import { isKnown, type Principal, type Role } from './principal.ts'

/**
 * What a route asks of who comes. `public`: nothing. `read`: a viewer, or a key that reads. `maintain`: a maintainer, or an admin key.
 * `admin`: an admin, or an admin key. `session`: whoever signed in, with whatever: what concerns the own session.
 */
export type Need = 'public' | 'read' | 'maintain' | 'admin' | 'session'

type RightNeed = 'read' | 'maintain' | 'admin'

const grantedToRole: Readonly<Record<Role, readonly RightNeed[]>> = {
  viewer: ['read'],
  maintainer: ['read', 'maintain'],
  admin: ['read', 'maintain', 'admin'],
}
const grantedToScope: Readonly<Record<Scope, readonly RightNeed[]>> = {
  read: ['read'],
  ingest: [],
  admin: ['read', 'maintain', 'admin'],
  cloak: [],
}

/** Whether the principal is of the tenant whose people run the service: what reaches beyond one tenant is theirs. */
export function runsService(principal: Principal): boolean {
  return isKnown(principal) && principal.tenant === defaultTenant
}

/** Whether the principal may do what needs this. Who is not known may do what is public and nothing else. */
export function permits(principal: Principal, need: Need): boolean {
  if (need === 'public') return true
  if (!isKnown(principal)) return false
  if (need === 'session') return principal.sessionId !== undefined
  return (principal.kind === 'user' ? grantedToRole[principal.role] : grantedToScope[principal.scope]).includes(need)
}

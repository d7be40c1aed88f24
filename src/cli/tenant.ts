import { meantOf } from '../base/nearest.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Desk } from '../http/control/control.ts'

/** What is wrong with a tenant that a command names, with the one that is near; undefined for one that has a key or a user, be it a former one. */
export async function findTenantFault(desk: Pick<Desk, 'listKeys' | 'listUsers'>, tenant: string): Promise<string | undefined> {
  // Every other tenant begins with its first key or user.
  const owners = [...(await desk.listKeys()), ...(await desk.listUsers())]
  const known = [...new Set([defaultTenant, ...owners.map((owner) => owner.tenant)])]
  if (known.includes(tenant)) return undefined
  const meant = meantOf(tenant, known)
  return `no key and no user has the tenant ${JSON.stringify(tenant)}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`
}

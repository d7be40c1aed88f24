import type { Route } from '../route.ts'
import { accountRoutes } from './account.ts'
import { type AuditParts, auditRoute } from './audit.ts'
import { keysRoutes } from './keys.ts'
import { setupRoutes } from './setup.ts'
import { type AccessParts, signInRoutes } from './sign-in.ts'
import { usersRoutes } from './users.ts'

/** Every page about access: sign-in and -out, the setup link, the own account, users and keys. */
export function accessRoutes(parts: AccessParts & AuditParts): readonly Route[] {
  return [
    ...signInRoutes(parts),
    ...setupRoutes(parts),
    ...accountRoutes(parts),
    ...usersRoutes(parts),
    ...keysRoutes(parts),
    auditRoute(parts),
  ]
}

import { assert } from '../base/assert.ts'
import type { KeyFault } from './key.ts'
import type { Scope } from './key-text.ts'

/** What a user may do, each more than the one before: viewers read, maintainers also mute errors and change alerts, admins also manage access. */
export const roles = ['viewer', 'maintainer', 'admin'] as const
export type Role = (typeof roles)[number]

/** Why nobody is known: what was wrong with the key, or that the session of the cookie is over. */
export type UnknownReason = KeyFault | 'session_ended'

/** A person who signed in. */
export type UserPrincipal = {
  readonly kind: 'user'
  readonly userId: string
  readonly name: string
  readonly role: Role
  readonly tenant: string
  readonly sessionId: string
}

/** The holder of a key, who sent it as Bearer or signed in with it (then there is a session). `name` is the key's label, or its id without one. */
export type KeyPrincipal = {
  readonly kind: 'key'
  readonly keyId: string
  readonly name: string
  readonly scope: Scope
  readonly tenant: string
  readonly sessionId?: string
}

/** Who asks. The tenant comes from the user or the key and from nowhere else; `public` is anybody at a page that PUBLIC_DASHBOARD opens. */
export type Principal =
  | UserPrincipal
  | KeyPrincipal
  | { readonly kind: 'public'; readonly tenant: string }
  | { readonly kind: 'nobody'; readonly reason: UnknownReason }

/** Whether a name, as a form or a command line gives it, is a role. */
export function isRole(name: string): name is Role {
  return roles.some((role) => role === name)
}

/** Whether it is known who asks: by a session or by a key. */
export function isKnown(principal: Principal): principal is UserPrincipal | KeyPrincipal {
  return principal.kind === 'user' || principal.kind === 'key'
}

/** Whose runs the principal may see. Nobody has a tenant, so asking for theirs is a bug: routes that read are guarded. */
export function tenantOf(principal: Principal): string {
  assert(principal.kind !== 'nobody', 'whoever reads is known')
  return principal.tenant
}

/** Who the audit names for what a principal did; ids only. */
export function actorOf(principal: Principal): string {
  if (principal.kind === 'user') return `user:${principal.userId}`
  return principal.kind === 'key' ? `key:${principal.keyId}` : principal.kind
}

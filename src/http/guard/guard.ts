import { readBearer } from '../../access/key-text.ts'
import { permits, runsService } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { defaultTenant } from '../../base/tenant.ts'
import { refusal } from '../../event/refusal.ts'
import { answerRedirect } from '../answer.ts'
import { refuseAsJson } from '../error.ts'
import { pathOf, queryOf } from '../query.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route } from '../route.ts'
import type { Identity } from './identity.ts'
import { isLocal } from './local.ts'
import type { Permission, PermissionTable } from './permission.ts'

/** Lets a request through to its handler, with who it is, or has the answer that turns it away. */
export type Guard = (request: Request, peer: string | undefined) => Result<Principal, Response>

export type GuardParts = {
  readonly table: PermissionTable
  readonly identity: Pick<Identity, 'identify'>
  /** PUBLIC_DASHBOARD: pages that the table marks open to everybody as aggregates. */
  readonly isPublic: boolean
  /** Told why somebody was turned away, in a word of ours. */
  readonly noteRefused?: (reason: string) => void
}

const unasked: Principal = { kind: 'nobody', reason: 'key_missing' }
const everybody: Principal = { kind: 'public', tenant: defaultTenant }

/** Makes the guards of routes. Throws for a route that is not in the table: nothing is served that nobody thought about. */
export function createGuards({
  table,
  identity,
  isPublic,
  noteRefused = () => undefined,
}: GuardParts): (route: Pick<Route, 'method' | 'path'>) => Guard {
  return ({ method, path }) => {
    const permission = (table as Readonly<Record<string, Permission>>)[`${method} ${path}`]
    if (permission === undefined) throw new Error(`${method} ${path} is not in the table of permissions`)
    const { need, face, opens = false, local = false, ofService = false } = permission
    if (need === 'ingest' || need === 'cloak') return () => ok(unasked) // Thousands a second: their own gate looks at the key.

    return (request, peer) => {
      const known = identity.identify(request, peer)
      const principal = opens && isPublic && known.kind === 'nobody' ? everybody : known
      const mayEnter = permits(principal, need) && (!ofService || runsService(principal))
      if (principal.kind === 'public' || mayEnter || (local && isLocal(request, peer))) return ok(principal)
      noteRefused(principal.kind === 'nobody' ? principal.reason : 'not_permitted')
      return err(
        face === 'page' && readBearer(request.headers.get('authorization')) === null ? turnAway(request, principal) : refuse(principal),
      )
    }
  }
}

function refuse(principal: Principal): Response {
  if (principal.kind === 'nobody') return refuseAsJson(refusal('key_required', 'authorization', principal.reason))
  return refuseAsJson(refusal('not_permitted', 'authorization', 'scope_missing'))
}

/** A browser without a session is sent to the form, and from there back to the page it wanted. */
function turnAway(request: Request, principal: Principal): Response {
  if (principal.kind !== 'nobody') return refusePage('not_permitted')
  const wanted = request.method === 'GET' || request.method === 'HEAD' ? pathAndQuery(request) : '/'
  return answerRedirect(wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`)
}

function pathAndQuery(request: Request): string {
  const query = queryOf(request).toString()
  return `${pathOf(request)}${query === '' ? '' : `?${query}`}`
}

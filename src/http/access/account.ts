import { permits } from '../../access/permission.ts'
import { actorOf, isKnown, type KeyPrincipal, type UserPrincipal } from '../../access/principal.ts'
import type { Owner } from '../../access/session-row.ts'
import { assert } from '../../base/assert.ts'
import { AccountPage } from '../../page/access/account.tsx'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { refuseParameters } from '../page/answer-fault.ts'
import { openFrameAsk } from '../page/frame.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route, Visit } from '../route.ts'
import { notKept, sessionLine, signedInOf, userFaultWords } from './access-view.ts'
import { type AccessParts, leave } from './sign-in.ts'

/** `/account`, and ending sessions: the own ones, and for admins those of the own tenant. */
export function accountRoutes(parts: AccessParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/account',
      handle: (request, visit) => refuseParameters(request, visit, parts, ['done']) ?? showAccount(200, request, visit, parts),
    },
    { method: 'POST', path: '/account/password', handle: (request, visit) => changePassword(request, visit, parts) },
    { method: 'POST', path: '/sessions/:id', handle: (request, visit) => endSession(request, visit, parts) },
  ]
}

const doneWords: ReadonlyMap<string, string> = new Map([
  ['password', 'The password is changed; your other sessions have ended.'],
  ['session', 'The session has ended.'],
])

function showAccount(status: number, request: Request, visit: Visit, parts: AccessParts, fault?: string): Response {
  const ask = openFrameAsk(request, visit, parts)
  const principal = signedIn(visit)
  const done = doneWords.get(ask.params.get('done') ?? '')
  const view = {
    right: principal.kind === 'user' ? principal.role : principal.scope,
    tenant: principal.tenant,
    isUser: principal.kind === 'user',
    sessions: parts.access.sessions.list(ownerOf(principal)).map((session) => sessionLine(session, principal)),
    ...(fault !== undefined ? { fault } : done !== undefined && { done }),
    signedIn: signedInOf(ask, '/account'),
  }
  return answerPage(status, AccountPage({ view }), notKept)
}

async function changePassword(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const principal = signedIn(visit)
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  if (principal.kind !== 'user') return refusePage('not_permitted')
  const { signIn, users, clientAddress } = parts.access
  const [current = '', password = '', repeat = ''] = ['current', 'password', 'repeat'].map((field) => form.value.get(field) ?? '')
  if (password !== repeat) return showAccount(422, request, visit, parts, 'The two new passwords differ.')
  const proved = await signIn.confirm(principal.name, current, clientAddress.keyOf(visit.peer, request.headers))
  if (!proved.ok && proved.fault !== 'refused') return refusePage(proved.fault)
  if (!proved.ok) return showAccount(403, request, visit, parts, 'The password you gave as the one of now is not right.')
  const by = { actor: actorOf(principal), keptSessionId: principal.sessionId }
  const changed = await users.setPassword(principal.name, password, by)
  if (!changed.ok) return showAccount(422, request, visit, parts, userFaultWords[changed.fault])
  return answerRedirect('/account?done=password')
}

async function endSession(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { principal, id } = visit
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  assert(isKnown(principal), 'whoever ends a session is known')
  if (id === principal.sessionId) return leave(request, visit, parts)
  const whose = permits(principal, 'admin') ? { tenant: principal.tenant } : ownerOf(principal)
  if (!parts.access.sessions.end(id, actorOf(principal), whose)) return refusePage('gone')
  return answerRedirect(form.value.get('from') === 'users' ? '/users?done=session' : '/account?done=session')
}

function ownerOf(principal: UserPrincipal | KeyPrincipal): Owner {
  return principal.kind === 'user' ? { userId: principal.userId } : { keyId: principal.keyId }
}

/** The table of permissions lets nobody here without a session. */
function signedIn({ principal }: Visit): UserPrincipal | KeyPrincipal {
  assert(isKnown(principal), 'whoever has an account is known')
  return principal
}

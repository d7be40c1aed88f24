import type { Access } from '../../access/access.ts'
import type { KeyFault } from '../../access/key.ts'
import { type RandomBytes, randomSecret } from '../../access/key-text.ts'
import { actorOf, isKnown } from '../../access/principal.ts'
import type { StartedSession } from '../../access/session.ts'
import type { SignInFault } from '../../access/sign-in.ts'
import type { Clock } from '../../base/clock.ts'
import { SignInPage, type SignInView } from '../../page/access/sign-in.tsx'
import { answerPage, answerRedirect } from '../answer.ts'
import { writeCookie } from '../guard/cookie.ts'
import { readForm, secretOf, tokenOf } from '../guard/form.ts'
import type { Identity } from '../guard/identity.ts'
import { refuseParameters } from '../page/answer-fault.ts'
import { themeOf } from '../page/theme.ts'
import { queryOf } from '../query.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route, Visit } from '../route.ts'
import { notKept } from './access-view.ts'
import { readNextPath } from './next-path.ts'

/** What the pages about access are made with. */
export type AccessParts = {
  readonly access: Pick<Access, 'users' | 'sessions' | 'keyRing' | 'signIn' | 'setup' | 'clientAddress'>
  readonly identity: Identity
  readonly clock: Clock
  readonly random: RandomBytes
  /** Where clients reach the service, without a slash at its end. */
  readonly origin: () => string
}

/** `/sign-in` and `/sign-out`. */
export function signInRoutes(parts: AccessParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/sign-in',
      handle: (request, visit) => refuseParameters(request, visit, parts, ['next']) ?? showForm(request, visit, parts),
    },
    { method: 'POST', path: '/sign-in', handle: (request, visit) => signIn(request, visit, parts) },
    { method: 'POST', path: '/sign-out', handle: (request, visit) => signOut(request, visit, parts) },
  ]
}

/** Whoever is signed in already is sent on. */
function showForm(request: Request, visit: Visit, parts: AccessParts): Response {
  const next = readNextPath(queryOf(request).get('next'))
  if (sessionOf(visit) !== undefined) return answerRedirect(next)
  return answerForm(200, request, visit, parts, { next })
}

/** The session that the request came with. */
function sessionOf({ principal }: Visit): string | undefined {
  return isKnown(principal) ? principal.sessionId : undefined
}

async function signIn(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { access } = parts
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const next = readNextPath(form.value.get('next'))
  const name = form.value.get('name') ?? undefined
  const client = access.clientAddress.keyOf(visit.peer, request.headers)
  const started =
    name === undefined
      ? await access.signIn.byKey((form.value.get('key') ?? '').trim(), client)
      : await access.signIn.byPassword(name, form.value.get('password') ?? '', client)
  if (started.ok) return enter(started.value, next, request, visit, parts)
  if (started.fault === 'too_busy' || started.fault === 'too_many') return refusePage(started.fault)
  return answerForm(403, request, visit, parts, { next, ...(name !== undefined && { name }), fault: faultWords[started.fault] })
}

/** Which of name and password was wrong is not told. Of a key, that it is over is told to who holds all of it. */
const faultWords: Readonly<Record<Exclude<KeyFault | SignInFault, 'too_busy' | 'too_many'>, string>> = {
  refused: 'The name or the password is not right.',
  key_missing: 'This key is not known here.',
  key_unknown: 'This key is not known here.',
  key_expired: 'This key has expired.',
  key_revoked: 'This key was revoked.',
  scope_missing: 'This key does not grant reading. A key of scope read or admin does.',
}

/** Hands a new session to the browser. One that it had before ends, so that no token outlives its use. */
export function enter(started: StartedSession, next: `/${string}`, request: Request, visit: Visit, parts: AccessParts): Response {
  const isSecure = parts.identity.isSecure(request, visit.peer)
  endOwn(visit, parts)
  const seconds = (started.expiresAt - parts.clock.now()) / 1_000
  return answerRedirect(next, [
    writeCookie('session', started.token, { isSecure, seconds }),
    writeCookie('form', '', { isSecure, seconds: 0 }), // From here on forms are tied to the session.
  ])
}

async function signOut(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  return leave(request, visit, parts)
}

/** Ends the own session and takes the cookie away. */
export function leave(request: Request, visit: Visit, parts: AccessParts): Response {
  endOwn(visit, parts)
  const isSecure = parts.identity.isSecure(request, visit.peer)
  return answerRedirect('/', [writeCookie('session', '', { isSecure, seconds: 0 })])
}

function endOwn(visit: Visit, { access }: AccessParts): void {
  const own = sessionOf(visit)
  if (own !== undefined) access.sessions.end(own, actorOf(visit.principal))
}

function answerForm(
  status: number,
  request: Request,
  visit: Visit,
  parts: AccessParts,
  view: Omit<SignInView, 'token' | 'looked'>,
): Response {
  const { token, headers } = freshToken(request, visit, parts)
  const looked = { theme: themeOf(request), path: `/sign-in?${new URLSearchParams({ next: view.next })}` } as const
  return answerPage(status, SignInPage({ view: { token, looked, ...view } }), headers)
}

/** The token for a form before anybody signed in, with the cookie that it is tied to where the browser has none yet. */
export function freshToken(request: Request, { peer }: Visit, { identity, random }: Pick<AccessParts, 'identity' | 'random'>) {
  const isSecure = identity.isSecure(request, peer)
  const known = secretOf(request, isSecure)
  if (known !== undefined) return { token: tokenOf(known), headers: notKept }
  const secret = randomSecret(random)
  return { token: tokenOf(secret), headers: { ...notKept, 'Set-Cookie': writeCookie('form', secret, { isSecure }) } }
}

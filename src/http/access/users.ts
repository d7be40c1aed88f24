import { actorOf, isRole, tenantOf } from '../../access/principal.ts'
import type { UserChange, UserFacts } from '../../access/user.ts'
import { dayOf } from '../../base/clock.ts'
import { type UserLine, UsersPage, type UsersView } from '../../page/access/users.tsx'
import { formatDay, formatMany } from '../../page/format.ts'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { refuseParameters } from '../page/answer-fault.ts'
import { openFrameAsk } from '../page/frame.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route, Visit } from '../route.ts'
import { notKept, sessionLine, signedInOf, userFaultWords } from './access-view.ts'
import type { AccessParts } from './sign-in.ts'

/** `/users`: for admins, who see and change the users of their own tenant and no others. */
export function usersRoutes(parts: AccessParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/users',
      handle: (request, visit) => refuseParameters(request, visit, parts, ['done']) ?? showUsers(200, request, visit, parts),
    },
    { method: 'POST', path: '/users', handle: (request, visit) => createUser(request, visit, parts) },
    { method: 'POST', path: '/users/:name', handle: (request, visit) => changeUser(request, visit, parts) },
  ]
}

const doneWords: ReadonlyMap<string, string> = new Map([
  ['made', 'The user is made and can sign in.'],
  ['role', 'The role is set, from the next request on.'],
  ['password', 'The password is set; the user’s sessions have ended.'],
  ['disable', 'The user is disabled; all sessions have ended.'],
  ['enable', 'The user can sign in again.'],
  ['delete', 'The user is deleted; all sessions have ended.'],
  ['session', 'The session has ended.'],
])

type Given = Pick<UsersView, 'fault' | 'name' | 'role'>

function showUsers(status: number, request: Request, visit: Visit, parts: AccessParts, given: Given = {}): Response {
  const ask = openFrameAsk(request, visit, parts)
  const { users, sessions } = parts.access
  const tenant = tenantOf(visit.principal)
  const all = sessions.list({ tenant })
  const byOwner = Map.groupBy(all, ({ owner }) => owner.id)
  const done = doneWords.get(ask.params.get('done') ?? '')
  const view: UsersView = {
    users: users.listUsers(tenant).map((user) => userLine(user, byOwner.get(user.id)?.length ?? 0)),
    sessions: all.map((session) => sessionLine(session, visit.principal)),
    ...(done !== undefined && given.fault === undefined && { done }),
    ...given,
    signedIn: signedInOf(ask, '/users'),
  }
  return answerPage(status, UsersPage({ view }), notKept)
}

function userLine({ name, role, createdAt, disabledAt }: UserFacts, sessions: number): UserLine {
  return {
    name,
    role,
    made: formatDay(dayOf(createdAt)),
    sessions: formatMany(sessions, 'session'),
    isDisabled: disabledAt !== undefined,
  }
}

async function createUser(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { principal } = visit
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const [name = '', role = '', password = ''] = ['name', 'role', 'password'].map((field) => form.value.get(field) ?? '')
  if (!isRole(role)) return refusePage('form_unreadable')
  const made = await parts.access.users.createUser({ name, role, password, tenant: tenantOf(principal) }, actorOf(principal))
  return made.ok
    ? answerRedirect('/users?done=made')
    : showUsers(422, request, visit, parts, { fault: userFaultWords[made.fault], name, role })
}

async function changeUser(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const act = form.value.get('act') ?? ''
  const done = await actOn(visit, act, form.value, parts)
  if (done === undefined) return refusePage('form_unreadable')
  if (done.ok) return answerRedirect(`/users?done=${act}`)
  return showUsers(done.fault === 'user_unknown' ? 404 : 422, request, visit, parts, { fault: userFaultWords[done.fault] })
}

/** Does one act to the user that the path names; undefined for an act that is none. */
async function actOn({ principal, id: name }: Visit, act: string, fields: URLSearchParams, { access }: AccessParts) {
  const by = { actor: actorOf(principal), tenant: tenantOf(principal) }
  if (act === 'password') return access.users.setPassword(name, fields.get('password') ?? '', by)
  if (act === 'delete') return fields.get('sure') === 'yes' ? access.users.removeUser(name, by) : undefined
  const change = changeOf(act, fields.get('role') ?? '')
  return change && access.users.changeUser(name, change, by)
}

function changeOf(act: string, role: string): UserChange | undefined {
  if (act === 'disable' || act === 'enable') return { isDisabled: act === 'disable' }
  return act === 'role' && isRole(role) ? { role } : undefined
}

import { SetupPage, type SetupView } from '../../page/access/setup.tsx'
import { answerPage } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { themeOf } from '../page/theme.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route, Visit } from '../route.ts'
import { notKept, userFaultWords } from './access-view.ts'
import { type AccessParts, enter, freshToken } from './sign-in.ts'

/** `/setup/{token}`: the one-time link that makes the first admin. */
export function setupRoutes(parts: AccessParts): readonly Route[] {
  return [
    { method: 'GET', path: '/setup/:token', handle: (request, visit) => showSetup(request, visit, parts) },
    { method: 'POST', path: '/setup/:token', handle: (request, visit) => makeAdmin(request, visit, parts) },
  ]
}

function showSetup(request: Request, visit: Visit, parts: AccessParts): Response {
  return parts.access.setup.isOpen(visit.id) ? answerForm(200, request, visit, parts, {}) : refusePage('link_over')
}

async function makeAdmin(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { setup, sessions } = parts.access
  if (!setup.isOpen(visit.id)) return refusePage('link_over')
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const [name = '', password = '', repeat = ''] = ['name', 'password', 'repeat'].map((field) => form.value.get(field) ?? '')
  if (password !== repeat) return answerForm(422, request, visit, parts, { name, fault: 'The two passwords differ.' })
  const made = await setup.useLink(visit.id, { name, password })
  if (made.ok) return enter(sessions.start({ userId: made.value.id }, 'setup'), '/', request, visit, parts)
  if (made.fault === 'claim_lost') return refusePage('link_over')
  return answerForm(made.fault === 'too_busy' ? 503 : 422, request, visit, parts, { name, fault: userFaultWords[made.fault] })
}

function answerForm(
  status: number,
  request: Request,
  visit: Visit,
  parts: AccessParts,
  view: Omit<SetupView, 'token' | 'action' | 'theme'>,
): Response {
  const { token, headers } = freshToken(request, visit, parts)
  const action = `/setup/${encodeURIComponent(visit.id)}` as const
  return answerPage(status, SetupPage({ view: { action, token, theme: themeOf(request), ...view } }), { ...notKept, ...headers })
}

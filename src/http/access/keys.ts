import type { KeyFacts, NewKeyFault } from '../../access/key.ts'
import { isScope } from '../../access/key-text.ts'
import { actorOf, tenantOf } from '../../access/principal.ts'
import { dayMs, dayOf } from '../../base/clock.ts'
import { type KeyLine, KeysPage, type KeysView, keyLives } from '../../page/access/keys.tsx'
import { formatDay, formatMinute } from '../../page/format.ts'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { refuseParameters } from '../page/answer-fault.ts'
import { openFrameAsk } from '../page/frame.ts'
import { refusePage } from '../refuse-page.ts'
import type { Route, Visit } from '../route.ts'
import { notKept, signedInOf } from './access-view.ts'
import type { AccessParts } from './sign-in.ts'

/** `/keys`: for admins, who see and make the keys of their own tenant and no others. */
export function keysRoutes(parts: AccessParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/keys',
      handle: (request, visit) => refuseParameters(request, visit, parts, ['done']) ?? showKeys(200, request, visit, parts),
    },
    { method: 'POST', path: '/keys', handle: (request, visit) => createKey(request, visit, parts) },
    { method: 'POST', path: '/keys/:id', handle: (request, visit) => revokeKey(request, visit, parts) },
  ]
}

const faultWords: Readonly<Record<NewKeyFault, string>> = {
  tenant_invalid: 'A tenant is 1 to 64 small letters, digits, - or _, and begins with a letter or digit.',
  label_invalid: 'A note has at most 64 characters and no control characters.',
  expiry_past: 'A key must end in the future.',
  keys_exhausted: 'There are as many keys as are allowed: revoke some that are no longer used.',
}

function showKeys(
  status: number,
  request: Request,
  visit: Visit,
  parts: AccessParts,
  told: Pick<KeysView, 'fault' | 'made'> = {},
): Response {
  const ask = openFrameAsk(request, visit, parts)
  const tenant = tenantOf(visit.principal)
  const keys = parts.access.keyRing.listKeys().filter((key) => key.tenant === tenant)
  const view: KeysView = {
    keys: keys.map((key) => keyLine(key, ask.now)),
    ...(ask.params.get('done') === 'revoked' && { done: 'The key is revoked, and its sessions have ended.' }),
    ...told,
    signedIn: signedInOf(ask, '/keys'),
  }
  return answerPage(status, KeysPage({ view }), notKept)
}

function keyLine(key: KeyFacts, now: number): KeyLine {
  const { id, scope, label, createdAt, lastUsedDay } = key
  const used = lastUsedDay === undefined ? 'never' : formatDay(lastUsedDay)
  const isLive = key.revokedAt === undefined && (key.expiresAt === undefined || key.expiresAt > now)
  return { id, scope, label, made: formatMinute(createdAt), used, state: stateOf(key, now), isLive }
}

function stateOf({ revokedAt, expiresAt }: KeyFacts, now: number): string {
  if (revokedAt !== undefined) return `revoked ${formatDay(dayOf(revokedAt))}`
  if (expiresAt === undefined) return 'valid until revoked'
  return `${expiresAt <= now ? 'expired' : 'valid until'} ${formatDay(dayOf(expiresAt))}`
}

/** The answer shows the key, so it is a page of its own and no redirect. */
async function createKey(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { principal } = visit
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const [scope = '', life = '', label = ''] = ['scope', 'life', 'label'].map((field) => form.value.get(field) ?? '')
  if (!isScope(scope) || !keyLives.some((known) => known === life)) return refusePage('form_unreadable')
  const end = life === 'revoked' ? {} : { expiresAt: parts.clock.now() + Number(life) * dayMs }
  const made = parts.access.keyRing.createKey({ scope, tenant: tenantOf(principal), label: label.trim(), ...end }, actorOf(principal))
  if (!made.ok) return showKeys(422, request, visit, parts, { fault: faultWords[made.fault] })
  return showKeys(201, request, visit, parts, { made: { id: made.value.id, key: made.value.key } })
}

async function revokeKey(request: Request, visit: Visit, parts: AccessParts): Promise<Response> {
  const { principal, id } = visit
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const revoked = parts.access.keyRing.revokeKey(id, actorOf(principal), tenantOf(principal))
  return revoked.ok ? answerRedirect('/keys?done=revoked') : refusePage('gone')
}

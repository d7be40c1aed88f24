import { Value } from '@sinclair/typebox/value'
import type { AdminPassword } from '../../access/admin-password.ts'
import { permits } from '../../access/permission.ts'
import { actorOf, isKnown, tenantOf } from '../../access/principal.ts'
import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { defaultTenant } from '../../base/tenant.ts'
import { answerJson } from '../answer.ts'
import { type CreatedIssue, type IssueRefusal, IssueRequest } from '../earlier/schema.ts'
import { type FormParts, isByBareKey, isFromElsewhere, isOwn, readFormText } from '../guard/form.ts'
import { orBusy } from '../question/analyst.ts'
import type { Route, Visit } from '../route.ts'
import { issueFaultWords, retryHeaderOf } from './issue-fault.ts'
import { findNamedGroup } from './named-group.ts'
import { type IssueParts, type OpenIssueFault, openIssueOf, usualLabels } from './open-issue.ts'

export type CreateIssueParts = IssueParts &
  FormParts & {
    readonly clock: Clock
    readonly password: AdminPassword
    /** What tells clients apart where tries are slowed. */
    readonly clientOf: (peer: string | undefined, headers: Headers) => string
  }

const bodyBytesMax = 65_536
const storeSeconds = 5
/** Seconds after which a client may try again that was turned away for how many tries wait. */
const triesSeconds = 15

/** `POST /api/github/create-issue`, with the fields and answers of the earlier service. What the issue says comes from the group alone. */
export function createIssueRoute(parts: CreateIssueParts): Route {
  return { method: 'POST', path: '/api/github/create-issue', handle: (request, visit) => createIssue(request, visit, parts) }
}

async function createIssue(request: Request, visit: Visit, parts: CreateIssueParts): Promise<Response> {
  if (!isByBareKey(visit.principal) && isFromElsewhere(request, parts.origin())) return refuse(403, 'sent from another site')
  if (!parts.issues.isOn) return refuse(503, 'GITHUB_TOKEN is not set')
  const body = await readBody(request)
  if (!body.ok) return refuse(400, body.fault)
  const asker = await admit(request, visit, body.value, parts)
  if (!asker.ok) return asker.fault
  const opened = await orBusy(open(body.value, asker.value, parts))
  if (opened.ok) return answerJson(200, { success: true, issue_url: opened.value } satisfies CreatedIssue)
  const { fault } = opened
  if ('field' in fault) return refuse(503, 'the store gives no answer now', { 'Retry-After': String(storeSeconds) })
  return refuse(statusOf(fault), issueFaultWords[fault.code], retryHeaderOf(fault))
}

/** Whose group it is, and who the audit names. */
type IssueAsker = { readonly tenant: string; readonly actor: string }

async function open(body: IssueRequest, { tenant, actor }: IssueAsker, parts: CreateIssueParts): Promise<Result<string, OpenIssueFault>> {
  const fingerprint = await findNamedGroup(body, tenant, parts.clock.now(), parts)
  if (fingerprint === undefined) return err({ code: 'group_unknown' })
  const labels = body.labels === undefined || body.labels.length === 0 ? usualLabels : body.labels
  return openIssueOf({ key: { tenant, fingerprint }, labels, actor }, parts)
}

async function readBody(request: Request): Promise<Result<IssueRequest, string>> {
  const text = await readFormText(request, bodyBytesMax)
  const body = text === undefined ? undefined : parse(text)
  if (typeof body !== 'object' || body === null) return err('invalid JSON')
  if (Value.Check(IssueRequest, body)) return ok(body)
  const field = Value.Errors(IssueRequest, body).First()?.path.split('/')[1] // Its name is one of ours: what is unknown passes.
  return err(`invalid ${field ?? 'JSON'}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A maintainer, or an admin key; a session with the token of our forms, since another site could have a browser send this. Else who knows the password. */
async function admit(
  request: Request,
  { principal, peer }: Visit,
  { password, token }: IssueRequest,
  parts: CreateIssueParts,
): Promise<Result<IssueAsker, Response>> {
  if (isKnown(principal) && permits(principal, 'maintain') && (isByBareKey(principal) || isOwn(request, peer, token ?? null, parts)))
    return ok({ tenant: tenantOf(principal), actor: actorOf(principal) })
  const checked = await parts.password.check(password ?? '', parts.clientOf(peer, request.headers))
  if (checked.ok) return ok({ tenant: defaultTenant, actor: 'admin_password' })
  if (checked.fault === 'not_set') return err(refuse(503, 'ADMIN_PASSWORD is not set'))
  if (checked.fault === 'refused') return err(refuse(401, 'incorrect password'))
  return err(refuse(429, 'too many tries wait', { 'Retry-After': String(triesSeconds) }))
}

/** 503 goes on by itself or by a setting, 500 does not. */
function statusOf({ code, retrySeconds }: OpenIssueFault): number {
  if (code === 'group_unknown') return 400
  return code === 'off' || retrySeconds !== undefined ? 503 : 500
}

function refuse(status: number, error: string, headers?: Readonly<Record<string, string>>): Response {
  return answerJson(status, { error } satisfies IssueRefusal, headers)
}

import { actorOf, tenantOf } from '../../access/principal.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { readGivenId } from '../../event/given-id.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { answerJson } from '../answer.ts'
import { refuseAsJson } from '../error.ts'
import { type FormParts, readForm, readFormText } from '../guard/form.ts'
import type { Route, Visit } from '../route.ts'
import type { ErasureAnswer } from './schema.ts'

export type ErasureParts = FormParts & {
  readonly erasures: {
    /** On disk when it resolves well; otherwise nothing was noted, and it says why. */
    request(tenant: string, randomId: string, actor: string): Promise<Result<void, string>>
    /** Begins with what was asked for, and tells nobody how that goes. */
    begin(): void
  }
}

const noted: ErasureAnswer = { accepted: true }

/** `POST /api/v1/erasures`: answered when it is on disk that the runs have to go, and before any is looked for, so that nothing tells whether there were any. */
export function erasuresRoute(parts: ErasureParts): Route {
  return {
    method: 'POST',
    path: '/api/v1/erasures',
    handle: async (request, visit) => {
      const { principal } = visit
      const randomId = await readRandomId(request, visit, parts)
      if (!randomId.ok) return randomId.fault
      const requested = await parts.erasures.request(tenantOf(principal), randomId.value, actorOf(principal))
      if (!requested.ok) return refuseAsJson(refusal('storage_unusable', 'backup', 'folder_unusable'), {}, requested.fault)
      parts.erasures.begin()
      return answerJson(202, noted, { 'Cache-Control': 'no-store' })
    },
  }
}

/** A key sends JSON. A browser could be made to send that by another site: a session sends the fields of a form of ours, with its token. */
async function readRandomId(request: Request, visit: Visit, parts: FormParts): Promise<Result<string, Response>> {
  const { principal } = visit
  const isByKey = principal.kind === 'key' && principal.sessionId === undefined
  const form = isByKey ? undefined : await readForm(request, visit, parts)
  if (form?.ok === false) return form
  const fields = form === undefined ? await readObject(request) : ok({ random_id: form.value.get('random_id') ?? undefined })
  const checked = fields.ok ? checkRandomId(fields.value) : fields
  return checked.ok ? checked : err(refuseAsJson(checked.fault))
}

async function readObject(request: Request): Promise<Result<object, Refusal>> {
  const text = await readFormText(request)
  if (text === undefined) return err(refusal('body_unreadable', 'body', 'too_large_or_too_slow'))
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value)
    return err(refusal('payload_unusable', 'body', 'not_an_object'))
  } catch {
    return err(refusal('json_undecodable', 'body', 'not_json'))
  }
}

/** A field that means nothing here may be meant to narrow what goes, `tenant` say: it is refused rather than passed over. */
function checkRandomId(fields: object): Result<string, Refusal> {
  if (Object.keys(fields).some((name) => name !== 'random_id')) return err(refusal('payload_unusable', 'body', 'only_random_id'))
  const given = 'random_id' in fields ? fields.random_id : undefined
  const fault = (rule: string) => err(refusal('payload_unusable', 'random_id', rule))
  if (given === undefined) return fault('missing')
  if (typeof given !== 'string') return fault('not_text')
  const id = readGivenId(given)
  return id.ok ? id : fault(id.fault)
}

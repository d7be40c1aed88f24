import { actorOf, tenantOf } from '../../access/principal.ts'
import { errorPath } from '../../page/address.ts'
import { Fault } from '../../page/fault.tsx'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { issueFaultWords, retryHeaderOf } from '../issue/issue-fault.ts'
import { type OpenIssueFault, openIssueOf, usualLabels } from '../issue/open-issue.ts'
import { orBusy } from '../question/analyst.ts'
import type { Visit } from '../route.ts'
import { openAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'

const storeWords = 'The store gives no answer now. Try again in a moment.'

/** `POST /errors/{fingerprint}/issue`: opens the issue of the group, or leads to the one that is there: the page of the group shows it. */
export async function openErrorIssue(request: Request, visit: Visit, parts: PageParts): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const { principal, id: fingerprint } = visit
  const key = { tenant: tenantOf(principal), fingerprint }
  const opened = await orBusy(openIssueOf({ key, labels: usualLabels, actor: actorOf(principal) }, parts))
  if (opened.ok) return answerRedirect(errorPath(fingerprint))
  const { fault } = opened
  const isStore = 'field' in fault
  const path = errorPath(fingerprint)
  const todo = { href: path, text: 'Back to the group' }
  const frame = frameOf(openAsk(request, visit, parts), { path })
  const text = isStore ? storeWords : issueFaultWords[fault.code]
  const headers = isStore ? {} : retryHeaderOf(fault)
  return answerPage(isStore ? 503 : statusOf(fault), Fault({ view: { frame, title: 'No issue was opened', text, todo } }), headers)
}

function statusOf({ code, retrySeconds }: OpenIssueFault): number {
  if (code === 'group_unknown') return 404
  return code === 'off' || retrySeconds !== undefined ? 503 : 502
}

import { runsService } from '../../access/permission.ts'
import { actorOf, tenantOf } from '../../access/principal.ts'
import type { RuleDesk } from '../../alert/alert-desk.ts'
import { makeRule, type NewRule, type Rule } from '../../alert/rule.ts'
import type { Href } from '../../page/address.ts'
import { Alerts } from '../../page/alert/alerts.tsx'
import { AlertRule } from '../../page/alert/rule.tsx'
import type { RuleFieldsView } from '../../page/alert/rule-form.tsx'
import type { NoticeView } from '../../page/frame/frame-view.ts'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import { refusePage } from '../refuse-page.ts'
import type { Visit } from '../route.ts'
import { sayPreview, type ToldBy } from './alert-past.ts'
import { type AlertBoard, alarmsOfKind, alarmsOfRule, hrefOf, viewAlerts, viewRulePage } from './alert-view.ts'
import { openAsk } from './ask.ts'
import type { PageParts } from './parts.ts'
import { ruleFaultWords, sentFields, wantedOf } from './rule-fields.ts'

const hourMs = 3_600_000
const quietHoursMax = 24 * 28
const hoursFault = `The field hours must be a whole number from 1 to ${quietHoursMax}.`

/** `POST /alerts`: adds a rule of one's own tenant, or sends a test message to each channel, whose recipients are those of the whole service. */
export async function postAlerts(request: Request, visit: Visit, parts: PageParts, board: AlertBoard): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const act = form.value.get('act')
  if (act === 'add') return addRule(request, visit, parts, board, form.value)
  if (act === 'preview') return previewNew(request, visit, parts, board, form.value)
  if (act === 'again') return sendAgain(visit, board, form.value)
  if (act === 'test')
    return runsService(visit.principal) ? sendTest(request, visit, parts, { board, fields: form.value }) : refusePage('not_permitted')
  return refusePage('form_unreadable')
}

async function addRule(request: Request, visit: Visit, parts: PageParts, board: AlertBoard, fields: URLSearchParams): Promise<Response> {
  const { principal } = visit
  const kind = fields.get('kind') ?? ''
  const made = await board.deskFor(actorOf(principal)).addAlert({ ...wantedOf(fields), kind, tenant: tenantOf(principal) })
  if (made.ok) return answerRedirect(`${hrefOf(made.value.id)}?done=added`)
  const notices = [{ tone: 'fault', text: ruleFaultWords[made.fault] }] as const
  const view = await viewAlerts(openAsk(request, visit, parts), board, notices, { chosen: kind, fields: sentFields(fields) })
  return answerPage(422, Alerts({ view }))
}

/** The form again with what such a rule would have told. Nothing is stored. */
async function previewNew(request: Request, visit: Visit, parts: PageParts, board: AlertBoard, fields: URLSearchParams): Promise<Response> {
  const kind = fields.get('kind') ?? ''
  const tenant = tenantOf(visit.principal)
  const previewed = await preview({ ...wantedOf(fields), kind, tenant }, board, (rule) => ({
    who: 'Rules of this kind',
    alarms: alarmsOfKind(tenant, rule.kind, board),
  }))
  const view = await viewAlerts(openAsk(request, visit, parts), board, [previewed.notice], { chosen: kind, fields: sentFields(fields) })
  return answerPage(previewed.status, Alerts({ view }))
}

async function preview(
  wanted: NewRule,
  board: AlertBoard,
  toldBy: (rule: Rule) => ToldBy,
): Promise<{ readonly status: 200 | 422; readonly notice: NoticeView }> {
  const made = makeRule(wanted, 'preview')
  if (!made.ok) return { status: 422, notice: { tone: 'fault', text: ruleFaultWords[made.fault] } }
  return { status: 200, notice: { tone: 'info', text: await sayPreview(made.value, board.pastOf(made.value), toldBy(made.value)) } }
}

/** Lets a channel try a message again that it gave up. Another tenant's is not found, and neither is one that waits or was sent. */
function sendAgain({ principal }: Visit, board: AlertBoard, fields: URLSearchParams): Response {
  const delivery = { tenant: tenantOf(principal), message: fields.get('message') ?? '', channel: fields.get('channel') ?? '' }
  return board.sendAgain(delivery, actorOf(principal)) ? answerRedirect(`${backOf(fields)}?done=again`) : refusePage('gone')
}

/** The page that a form came from: `/alerts` or one of its rules, never another place. */
function backOf(fields: URLSearchParams): Href {
  const [id] = /(?<=^\/alerts\/)[a-z0-9-]{1,80}$/.exec(fields.get('back') ?? '') ?? []
  return id === undefined ? '/alerts' : hrefOf(id)
}

/** The page names what went wrong by code alone: a server's words may name recipients. */
async function sendTest(
  request: Request,
  visit: Visit,
  parts: PageParts,
  { board, fields }: Pick<Putting, 'board' | 'fields'>,
): Promise<Response> {
  const tested = await board.deskFor(actorOf(visit.principal)).testAlerts()
  const faults = Object.entries(tested ?? {})
  if (tested !== undefined && faults.length === 0) return answerRedirect(`${backOf(fields)}?done=tested`)
  const text =
    faults.map(([channel, fault]) => `${channel}: ${fault}`).join('; ') || 'There is no channel: set SMTP_HOST or ALERT_WEBHOOK_URL.'
  return answerPage(502, Alerts({ view: await viewAlerts(openAsk(request, visit, parts), board, [{ tone: 'fault', text }]) }))
}

/** `POST /alerts/{id}`: changes, mutes or removes a rule of one's own tenant. */
export async function changeRule(request: Request, visit: Visit, parts: PageParts, board: AlertBoard): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const { principal, id } = visit
  const tenant = tenantOf(principal)
  const desk = board.deskFor(actorOf(principal))
  if (!(await desk.listAlerts()).some(({ rule }) => rule.id === id && rule.tenant === tenant)) return refusePage('gone')
  const fields = form.value
  const back = fields.has('back') ? backOf(fields) : hrefOf(id)
  switch (fields.get('act')) {
    case 'mute': {
      const hours = readHours(fields)
      if (hours === undefined) return answerRule(request, visit, parts, { board, fault: hoursFault })
      return muteRule(desk, id, { until: parts.clock.now() + hours * hourMs, to: `${back}?done=muted` })
    }
    case 'unmute':
      return muteRule(desk, id, { until: 0, to: `${back}?done=unmuted` })
    case 'remove':
      return (await desk.removeAlert(id)).ok ? answerRedirect('/alerts?done=removed') : refusePage('gone')
    case 'change':
      return putRule(request, visit, parts, { board, desk, fields })
    case 'preview':
      return previewRule(request, visit, parts, { board, desk, fields })
    default:
      return refusePage('form_unreadable')
  }
}

/** Whole hours from 1 to four weeks: matches `24`, not `-5`, `1.5`, `1e2` or nothing. */
function readHours(fields: URLSearchParams): number | undefined {
  const text = fields.get('hours') ?? ''
  const hours = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0
  return hours >= 1 && hours <= quietHoursMax ? hours : undefined
}

async function muteRule(
  desk: RuleDesk,
  id: string,
  { until, to }: { readonly until: number; readonly to: `/${string}` },
): Promise<Response> {
  return (await desk.muteAlert(id, until)) ? answerRedirect(to) : refusePage('gone')
}

type Putting = { readonly board: AlertBoard; readonly desk: RuleDesk; readonly fields: URLSearchParams }

async function putRule(request: Request, visit: Visit, parts: PageParts, { board, desk, fields }: Putting): Promise<Response> {
  const changed = await desk.changeAlert(visit.id, wantedOf(fields))
  if (changed.ok) return answerRedirect(`${hrefOf(visit.id)}?done=changed`)
  return answerRule(request, visit, parts, { board, fault: ruleFaultWords[changed.fault], fields: sentFields(fields) })
}

async function previewRule(request: Request, visit: Visit, parts: PageParts, { board, desk, fields }: Putting): Promise<Response> {
  const known = (await desk.listAlerts()).find(({ rule }) => rule.id === visit.id)?.rule
  if (known === undefined) return refusePage('gone')
  const { status, notice } = await preview({ ...wantedOf(fields), kind: known.kind, tenant: known.tenant }, board, () => ({
    who: 'As it is, the rule',
    alarms: alarmsOfRule(known.tenant, known.id, board),
  }))
  const view = await viewRulePage(openAsk(request, visit, parts), board, [notice], sentFields(fields))
  return view === undefined ? refusePage('gone') : answerPage(status, AlertRule({ view }))
}

type RefusedRule = { readonly board: AlertBoard; readonly fault: string; readonly fields?: RuleFieldsView }

/** The page of the rule with what was wrong with the form. */
async function answerRule(request: Request, visit: Visit, parts: PageParts, { board, fault, fields }: RefusedRule): Promise<Response> {
  const view = await viewRulePage(openAsk(request, visit, parts), board, [{ tone: 'fault', text: fault }], fields)
  return view === undefined ? refusePage('gone') : answerPage(422, AlertRule({ view }))
}

import { actorOf, tenantOf } from '../../access/principal.ts'
import type { AlertDesk } from '../../alert/alert-desk.ts'
import type { Alerts } from '../../alert/alerts.ts'
import { type AlertMessage, headlineOf } from '../../alert/message.ts'
import { answerText } from '../answer.ts'
import { answerData } from '../answer-data.ts'
import { type FormParts, isByBareKey, readForm } from '../guard/form.ts'
import type { Route, Visit } from '../route.ts'
import type { EarlierAlerts } from './schema.ts'

export type AlertParts = FormParts & {
  readonly alerts: Pick<Alerts, 'isEnabled' | 'history'>
  readonly deskFor: (actor: string) => Pick<AlertDesk, 'testAlerts'>
}

const historyMax = 100

/** `GET /api/alerts` and `POST /api/alerts/test`, as the earlier service answered them. */
export function alertRoutes(parts: AlertParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/alerts',
      handle: (request, { principal }) => answerData(request, viewAlerts(parts.alerts, tenantOf(principal))),
    },
    { method: 'POST', path: '/api/alerts/test', handle: (request, visit) => sendTest(request, visit, parts) },
  ]
}

function viewAlerts({ isEnabled, history }: AlertParts['alerts'], tenant: string): EarlierAlerts {
  return {
    enabled: isEnabled,
    history: history(tenant, historyMax).map((message) => ({
      timestamp: new Date(message.at).toISOString(),
      type: typeOf(message),
      message: headlineOf(message),
      ...(message.kind === 'failure_rate' && message.value !== undefined && { failure_rate: message.value }),
    })),
  }
}

/** The earlier service knew two types; what it did not know has its own name. */
function typeOf({ kind, phase }: AlertMessage): string {
  if (phase === 'ok') return `${kind}_recovered`
  return kind === 'failure_rate' ? 'high_failure_rate' : kind
}

/** A test message to each channel. The answer names what went wrong by code alone: a server's words may name recipients. */
async function sendTest(request: Request, visit: Visit, parts: AlertParts): Promise<Response> {
  const isByKey = isByBareKey(visit.principal)
  const form = isByKey ? undefined : await readForm(request, visit, parts) // A browser could be made to send this; a key is never sent by itself.
  if (form?.ok === false) return form.fault
  const tested = await parts.deskFor(actorOf(visit.principal)).testAlerts()
  if (tested === undefined) return answerText(500, 'alerting not configured\n')
  const faults = Object.entries(tested)
  if (faults.length === 0) return answerText(200, 'test alert sent\n')
  return answerText(500, `${faults.map(([channel, fault]) => `${channel}: ${fault}`).join('\n')}\n`)
}

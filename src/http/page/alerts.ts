import type { DeliveryFacts } from '../../access/alert-message-book.ts'
import { tenantOf } from '../../access/principal.ts'
import type { AlertDesk, RuleFacts } from '../../alert/alert-desk.ts'
import type { Alerts as AlertsOfService } from '../../alert/alerts.ts'
import { ruleTitle } from '../../alert/message.ts'
import { ruleKinds } from '../../alert/rule.ts'
import { ok } from '../../base/result.ts'
import { Alerts } from '../../page/alert/alerts.tsx'
import type { AlertsView, RuleView } from '../../page/alert/alerts-view.ts'
import { formatMinute } from '../../page/format.ts'
import type { Route } from '../server.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'

/** What the page shows of the alerts. */
export type AlertBoard = Pick<AlertsOfService, 'isEnabled' | 'channelNames' | 'history'> &
  Pick<AlertDesk, 'listAlerts'> & { readonly deliveries: (message: string) => readonly DeliveryFacts[] }

const toldMax = 50

/** `/alerts`. */
export function alertsPageRoute(parts: PageParts, board: AlertBoard): Route {
  return {
    method: 'GET',
    path: '/alerts',
    handle: (request, visit) => answerSheet(request, visit, parts, (ask) => loadAlerts(ask, board)),
  }
}

async function loadAlerts(ask: PageAsk, board: AlertBoard): Loaded {
  const tenant = tenantOf(ask.visit.principal)
  const rules = (await board.listAlerts()).filter(({ rule }) => rule.tenant === tenant)
  const told = board.history(toldMax).filter((message) => message.tenant === tenant)
  const view: AlertsView = {
    frame: frameOf(ask, { json: '/api/alerts' }),
    isEnabled: board.isEnabled,
    channels: board.channelNames,
    rules: rules.toSorted((one, other) => orderOf(one) - orderOf(other)).map(viewRule),
    told: told.map(({ id, at, title }) => ({ at: formatMinute(at), title, sent: saySent(board.deliveries(id)) })),
  }
  return ok(sheetOf<AlertsView>(view, Alerts))
}

const order: readonly RuleFacts['worst'][] = ['firing', 'no_data', 'pending', 'ok', 'muted']

function orderOf({ worst }: RuleFacts): number {
  return order.indexOf(worst)
}

function viewRule({ rule, worst, since, value, subjects }: RuleFacts): RuleView {
  const { unit } = ruleKinds[rule.kind]
  return {
    id: rule.id,
    title: ruleTitle(rule),
    state: worst,
    now: value === undefined ? '–' : `${Math.round(value * 10) / 10} ${unit}`,
    limit: `${rule.threshold} ${unit}`,
    since: since === undefined ? 'not looked at yet' : formatMinute(since),
    subjects,
  }
}

const stateWords = { waiting: 'waits', sent: 'sent', given_up: 'given up' } as const

function saySent(deliveries: readonly DeliveryFacts[]): string {
  if (deliveries.length === 0) return 'there was no channel'
  return deliveries.map(({ channel, state, fault }) => `${channel} ${stateWords[state]}${fault === '' ? '' : ` (${fault})`}`).join(', ')
}

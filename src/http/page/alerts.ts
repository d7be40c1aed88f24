import { err, ok } from '../../base/result.ts'
import { Alerts } from '../../page/alert/alerts.tsx'
import type { AlertsView, RulePageView } from '../../page/alert/alerts-view.ts'
import { AlertRule } from '../../page/alert/rule.tsx'
import type { NoticeView } from '../../page/frame/frame-view.ts'
import { readGiven } from '../question/question.ts'
import type { Route } from '../route.ts'
import { changeRule, postAlerts } from './alert-act.ts'
import { type AlertBoard, viewAlerts, viewRulePage } from './alert-view.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import type { PageFault } from './fault.ts'
import type { PageParts } from './parts.ts'

/** `/alerts` and `/alerts/{id}`. */
export function alertPageRoutes(parts: PageParts, board: AlertBoard): readonly Route[] {
  return [
    { method: 'GET', path: '/alerts', handle: (request, visit) => answerSheet(request, visit, parts, (ask) => loadAlerts(ask, board)) },
    { method: 'POST', path: '/alerts', handle: (request, visit) => postAlerts(request, visit, parts, board) },
    { method: 'GET', path: '/alerts/:id', handle: (request, visit) => answerSheet(request, visit, parts, (ask) => loadRule(ask, board)) },
    { method: 'POST', path: '/alerts/:id', handle: (request, visit) => changeRule(request, visit, parts, board) },
  ]
}

const doneWords: ReadonlyMap<string, string> = new Map([
  ['added', 'The rule is added. It is looked at from the next round on.'],
  ['changed', 'The rule is changed. It is looked at from the next round on.'],
  ['removed', 'The rule is removed.'],
  ['muted', 'The rule is quiet.'],
  ['unmuted', 'The rule speaks again.'],
  ['again', 'The message is sent again.'],
  ['tested', 'The test message was taken by every channel.'],
])

async function loadAlerts(ask: PageAsk, board: AlertBoard): Loaded {
  const given = readGiven(ask.params, ['done'])
  if (!given.ok) return given
  return ok(sheetOf<AlertsView>(await viewAlerts(ask, board, doneOf(ask)), Alerts))
}

/** What was done by the form before. */
function doneOf({ params }: PageAsk): readonly NoticeView[] {
  const text = doneWords.get(params.get('done') ?? '')
  return text === undefined ? [] : [{ tone: 'info', text }]
}

const unknownRule: PageFault = {
  status: 404,
  title: 'No such rule',
  text: 'There is no rule with this id any more.',
  todo: { href: '/alerts', text: 'All rules' },
}

async function loadRule(ask: PageAsk, board: AlertBoard): Loaded {
  const given = readGiven(ask.params, ['done'])
  if (!given.ok) return given
  const view = await viewRulePage(ask, board, doneOf(ask))
  return view === undefined ? err(unknownRule) : ok(sheetOf<RulePageView>(view, AlertRule))
}

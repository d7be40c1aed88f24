import type { DeliveryFacts } from '../../access/alert-message-book.ts'
import type { AuditRow } from '../../access/database.ts'
import { permits, runsService } from '../../access/permission.ts'
import { actorOf, tenantOf } from '../../access/principal.ts'
import type { RuleDesk, RuleFacts } from '../../alert/alert-desk.ts'
import type { Alerts } from '../../alert/alerts.ts'
import { sayAmount } from '../../alert/figure.ts'
import { type AlertMessage, ruleTitle } from '../../alert/message.ts'
import { type Rule, type RuleKind, ruleKinds } from '../../alert/rule.ts'
import { visibleText } from '../../base/visible-text.ts'
import { errorPath, type Href, scriptPath } from '../../page/address.ts'
import type { AlertsView, RulePageView, RuleView, SubjectView, ToldView } from '../../page/alert/alerts-view.ts'
import { formatMinute } from '../../page/format.ts'
import type { NoticeView } from '../../page/frame/frame-view.ts'
import type { ErrorGroupFacts } from '../../store/reader-port.ts'
import { formTokenOf } from '../guard/form.ts'
import { factsOf as factsOfErrors } from '../v1/errors.ts'
import { viewPast } from './alert-past.ts'
import type { PageAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import { fieldsOf, viewKinds } from './rule-fields.ts'

/** What the pages show of the alerts, and the desk at which somebody changes them. */
export type AlertBoard = Pick<Alerts, 'isEnabled' | 'channelNames' | 'history' | 'historyOf' | 'pastOf' | 'sendAgain'> & {
  readonly deskFor: (actor: string) => RuleDesk
  readonly deliveries: (message: string) => readonly DeliveryFacts[]
  /** What was done to a rule, newest first. */
  readonly actsOn: (rule: string, limit: number) => readonly Pick<AuditRow, 'at' | 'act' | 'actor'>[]
  /** When the rules are looked at next; undefined while none is. */
  readonly nextLookAt: () => number | undefined
  /** What keeps messages from those they are for, or makes them of little use; each in a sentence. */
  readonly oddities: () => readonly string[]
}

const toldMax = 50
/** Messages of a rule, or of a tenant, among which alarms are looked for that are marked in a chart. */
const messagesMax = 1_000
/** Subjects of a rule in the list, and on its own page. */
const listedMax = 3
const subjectsMax = 25

/** The page of all rules of who asks. `refused` is a form that was sent and changed nothing. */
export async function viewAlerts(
  ask: PageAsk,
  board: AlertBoard,
  notices: readonly NoticeView[],
  refused: Pick<NonNullable<AlertsView['change']>, 'chosen' | 'fields'> = { chosen: 'failure_rate', fields: fieldsOf({}) },
): Promise<AlertsView> {
  const { principal } = ask.visit
  const tenant = tenantOf(principal)
  const rules = (await board.deskFor(actorOf(principal)).listAlerts()).filter(({ rule }) => rule.tenant === tenant)
  return {
    frame: frameOf(ask, { path: '/alerts', json: '/api/alerts', notices: [...noticesOf(board), ...notices] }),
    isEnabled: board.isEnabled,
    channels: board.channelNames,
    rules: await viewRules(
      rules.toSorted((one, other) => orderOf(one) - orderOf(other)),
      { ask, board, max: listedMax },
    ),
    told: board.history(tenant, toldMax).map((message) => viewTold(message, board)),
    ...(permits(principal, 'maintain') && {
      change: { token: tokenFor(ask), kinds: viewKinds(principal), mayTest: mayTest(ask, board), ...refused },
    }),
  }
}

function noticesOf({ oddities }: AlertBoard): readonly NoticeView[] {
  return oddities().map((text) => ({ tone: 'warning', text }))
}

/** The page of one rule of who asks; undefined where there is none. */
export async function viewRulePage(
  ask: PageAsk,
  board: AlertBoard,
  notices: readonly NoticeView[],
  fields?: NonNullable<RulePageView['change']>['fields'],
): Promise<RulePageView | undefined> {
  const { principal, id } = ask.visit
  const tenant = tenantOf(principal)
  const facts = (await board.deskFor(actorOf(principal)).listAlerts()).find(({ rule }) => rule.id === id && rule.tenant === tenant)
  if (facts === undefined) return undefined
  const [rule] = await viewRules([facts], { ask, board, max: subjectsMax })
  if (rule === undefined) return undefined
  const messages = board.historyOf(tenant, id, messagesMax)
  return {
    frame: frameOf(ask, { path: hrefOf(id), json: '/api/alerts', notices }),
    rule,
    facts: factsOf(facts),
    past: await viewPast(facts.rule, board.pastOf(facts.rule), messages.filter(isAlarm)),
    history: historyOf(messages, { ask, board }),
    ...(permits(principal, 'maintain') && {
      change: {
        ...{ token: tokenFor(ask), mayTest: mayTest(ask, board), isOfSettings: facts.isOfSettings === true },
        fields: fields ?? fieldsOf(facts.rule),
      },
    }),
  }
}

function factsOf({ rule, value, reason, since, mutedUntil }: RuleFacts): RulePageView['facts'] {
  const { meaning, unit, isScoped } = ruleKinds[rule.kind]
  return [
    { name: 'counts', text: meaning },
    { name: 'now', text: reason ?? sayValue(value, unit) },
    { name: 'threshold', text: sayAmount(rule.threshold, unit) },
    ...(isScoped ? [{ name: 'window', text: `${rule.windowMin} minutes, at least ${rule.runsMin} ended runs` }] : []),
    { name: 'must last', text: `${rule.holdMin} minutes` },
    { name: 'cooldown', text: `${rule.cooldownMin} minutes` },
    ...(rule.quiet === undefined
      ? []
      : [{ name: 'quiet hours (UTC)', text: `${rule.quiet}: what fires then and lasts is told when they end` }]),
    { name: 'since (UTC)', text: saySince(since) },
    ...(mutedUntil === undefined ? [] : [{ name: 'muted until (UTC)', text: formatMinute(mutedUntil) }]),
  ]
}

/** The alarms that rules of a kind told, newest first: what one that is only thought of is compared with. */
export function alarmsOfKind(tenant: string, kind: RuleKind, { history }: Pick<AlertBoard, 'history'>): readonly AlertMessage[] {
  return history(tenant, messagesMax).filter((message) => message.kind === kind && isAlarm(message))
}

/** The alarms that one rule told, newest first. */
export function alarmsOfRule(tenant: string, rule: string, { historyOf }: Pick<AlertBoard, 'historyOf'>): readonly AlertMessage[] {
  return historyOf(tenant, rule, messagesMax).filter(isAlarm)
}

function isAlarm({ phase }: AlertMessage): boolean {
  return phase === 'firing' || phase === 'no_data'
}

/** The recipients are those of the whole service. */
function mayTest({ visit }: PageAsk, { channelNames }: AlertBoard): boolean {
  return runsService(visit.principal) && channelNames.length > 0
}

const actWords: ReadonlyMap<string, string> = new Map([
  ['alert_add', 'Added'],
  ['alert_change', 'Changed'],
  ['alert_mute', 'Muted'],
  ['alert_unmute', 'Unmuted'],
])

/** What was told of a rule and what was done to it, newest first. */
function historyOf(messages: readonly AlertMessage[], { ask, board }: Pick<Naming, 'ask' | 'board'>): readonly ToldView[] {
  const told = messages.slice(0, toldMax).map((message) => ({ at: message.at, view: viewTold(message, board) }))
  const done = board.actsOn(ask.visit.id, toldMax).flatMap(({ at, act, actor }) => {
    const title = actWords.get(act)
    return title === undefined ? [] : [{ at, view: { at: formatMinute(at), title, summary: `by ${ask.parts.nameOf(actor)}`, sent: '–' } }]
  })
  return [...told, ...done]
    .toSorted((one, other) => other.at - one.at)
    .slice(0, toldMax)
    .map(({ view }) => view)
}

function tokenFor({ request, visit, identity }: PageAsk): string {
  return formTokenOf(request, visit.peer, identity)
}

function viewTold({ id, at, title, summary, links }: AlertMessage, { deliveries, channelNames }: AlertBoard): ToldView {
  const sent = deliveries(id)
  const lost = sent.filter(({ state, channel }) => state === 'given_up' && channelNames.includes(channel)).map(({ channel }) => channel)
  return {
    ...{ at: formatMinute(at), title, summary, href: links[0]?.path ?? '/alerts', sent: saySent(sent) },
    ...(lost.length > 0 && { again: { message: id, channels: lost } }),
  }
}

const order: readonly RuleFacts['worst'][] = ['firing', 'no_data', 'pending', 'ok', 'muted']

function orderOf({ worst }: RuleFacts): number {
  return order.indexOf(worst)
}

type Naming = { readonly ask: PageAsk; readonly board: AlertBoard; readonly max: number }

/** Rules with at most so many of their subjects, each error by its name. */
async function viewRules(rules: readonly RuleFacts[], { ask, board, max }: Naming): Promise<readonly RuleView[]> {
  const shown = rules.map((facts) => ({
    ...facts,
    subjects: facts.subjects.slice(0, max),
    moreSubjects: Math.max(0, facts.subjects.length - max),
  }))
  const fingerprints = shown.flatMap(({ rule, subjects }) => (rule.kind === 'new_error' ? subjects : []))
  const errors = fingerprints.length === 0 ? new Map<string, ErrorGroupFacts>() : await factsOfErrors(fingerprints, ask.asker)
  return shown.map((facts) => ({ ...viewRule(facts, errors), ...viewWatch(facts.rule, board) }))
}

type ShownRule = RuleFacts & { readonly moreSubjects: number }

function viewRule(
  { rule, worst, since, value, reason, mutedUntil, subjects, moreSubjects }: ShownRule,
  errors: ReadonlyMap<string, ErrorGroupFacts>,
): Omit<RuleView, 'lastSent' | 'nextLook'> {
  const { unit } = ruleKinds[rule.kind]
  return {
    id: rule.id,
    href: hrefOf(rule.id),
    title: ruleTitle(rule),
    state: worst,
    now: reason ?? sayValue(value, unit),
    limit: sayAmount(rule.threshold, unit),
    silences: [
      ...(mutedUntil === undefined ? [] : [`muted until ${formatMinute(mutedUntil)}`]),
      ...(rule.quiet === undefined ? [] : [`quiet hours ${rule.quiet}`]),
    ],
    since: saySince(since),
    subjects: subjects.map((subject) => viewSubject(rule.kind, subject, errors)),
    moreSubjects,
  }
}

/** What was told of the rule last with what became of it, and when it is looked at next. */
function viewWatch({ id, tenant }: Rule, { historyOf, deliveries, nextLookAt }: AlertBoard): Pick<RuleView, 'lastSent' | 'nextLook'> {
  const [last] = historyOf(tenant, id, 1)
  const next = nextLookAt()
  return {
    ...(last && { lastSent: { at: formatMinute(last.at), sent: saySent(deliveries(last.id)) } }),
    nextLook: next === undefined ? 'alerts are off' : formatMinute(next),
  }
}

function viewSubject(kind: RuleKind, subject: string, errors: ReadonlyMap<string, ErrorGroupFacts>): SubjectView {
  if (kind === 'new_error') return { text: errors.get(subject)?.title ?? subject, href: errorPath(subject) }
  return { text: visibleText(subject), ...(kind === 'script_worse' && { href: scriptPath(subject) }) }
}

/** Where a rule is found; its id is made of small letters, digits and dashes. */
export function hrefOf(id: string): Href {
  return `/alerts/${id}`
}

function sayValue(value: number | undefined, unit: string): string {
  return value === undefined ? '–' : sayAmount(Math.round(value * 10) / 10, unit)
}

function saySince(since: number | undefined): string {
  return since === undefined ? '–' : formatMinute(since)
}

const stateWords = { waiting: 'waits', sent: 'sent', given_up: 'given up' } as const

function saySent(deliveries: readonly DeliveryFacts[]): string {
  if (deliveries.length === 0) return 'there was no channel'
  return deliveries.map(({ channel, state, fault }) => `${channel} ${stateWords[state]}${fault === '' ? '' : ` (${fault})`}`).join(', ')
}

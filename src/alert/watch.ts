import type { AlertFigureBook } from '../access/alert-figure-book.ts'
import type { AlertMessageBook, KeptMessage } from '../access/alert-message-book.ts'
import type { AlertRuleBook, KeptRule } from '../access/alert-rule-book.ts'
import { type Clock, clockSlackMs, dayMs } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { AlertMessage } from './message.ts'
import { hourLimits } from './room.ts'
import { type BySubject, playRound, subjectsMax } from './round.ts'
import { firstRules, type Rule, ruleKinds, ruleLimits, type SettingRule, settingRuleId } from './rule.ts'
import { type AlertSource, readRules } from './source.ts'
import type { AlertState, Reading } from './state.ts'

const hourMs = 3_600_000
/** How long what was told is remembered. */
const historyMs = 400 * dayMs

export type WatchOptions = {
  readonly rules: AlertRuleBook
  readonly messages: AlertMessageBook
  readonly figures: Pick<AlertFigureBook, 'keep'>
  readonly source: AlertSource
  readonly channelNames: readonly string[]
  readonly clock: Clock
  readonly log: Log
  /** The time between two rounds. */
  readonly everyMs: number
}

/** Looks at all rules once and writes down, in one transaction, how they stand and what is to be told. Gives how many messages are new. */
export async function watchOnce({ rules, messages, figures, source, channelNames, clock, log, everyMs }: WatchOptions): Promise<number> {
  const kept = keptRules(rules)
  const now = clock.now()
  const readings = await readRules(
    kept.map(({ rule }) => rule),
    { source, now, onFault: (rule, fault) => log.warn({ rule: rule.id, fault: nameOf(fault) }, 'a rule could not be looked at') },
  )
  const looked = new Map(kept.map(({ rule }) => [rule.id, JSON.stringify(rule)]))
  const current = keptRules(rules).filter(({ rule }) => looked.get(rule.id) === JSON.stringify(rule)) // Looking took a while: somebody may have changed one.
  const mutedUntil = new Map(current.map(({ rule, mutedUntil: until }) => [rule.id, until]))
  const round = playRound({
    rules: current.map(({ rule }) => rule),
    states: keptStates(messages),
    readings,
    isMuted: (rule) => (mutedUntil.get(rule.id) ?? 0) > now,
    isDismissed: ({ kind, tenant }, subject) => kind === 'new_error' && source.isMutedGroup(tenant, subject),
    now,
    gapMs: 3 * everyMs,
    room: { limits: hourLimits, told: messages.countWithin(now - hourMs, now + clockSlackMs) },
  })
  if (round.held > 0) log.warn({ held: round.held }, 'messages wait for the next hour')
  if (round.unfollowed > 0)
    log.warn({ subjects: round.unfollowed, subjectsMax }, 'rules follow no more subjects: further ones are not told of')
  figures.keep(figuresOf(current, readings), now)
  messages.trim(now - historyMs)
  return messages.record({
    states: round.changes.map(({ state, ...of }) => ({ ...of, body: state && JSON.stringify(state) })),
    messages: round.messages.map(keepMessage),
    standing: round.standing.map((told) => ({ ...told, nextAt: now })),
    channels: channelNames,
  })
}

/** What was read of the machine, whose past nobody can count again. */
function figuresOf(
  rules: readonly { readonly rule: Rule }[],
  readings: BySubject<Reading>,
): readonly { readonly kind: string; readonly value: number }[] {
  return rules.flatMap(({ rule: { id, kind } }) => {
    const value = ruleKinds[kind].isScoped ? undefined : readings.get(id)?.get('')?.value
    return value === undefined ? [] : [{ kind, value }]
  })
}

/** The rules as they are kept, each with the moment until which it is quiet. */
export function keptRules(rules: Pick<AlertRuleBook, 'list'>): readonly { readonly rule: Rule; readonly mutedUntil: number }[] {
  return rules.list().map(({ body, mutedUntil }) => ({ rule: JSON.parse(body) as Rule, mutedUntil }))
}

/** How every subject stands. */
export function keptStates(messages: Pick<AlertMessageBook, 'states'>): BySubject<AlertState> {
  const states = new Map<string, Map<string, AlertState>>()
  for (const { rule, subject, body } of messages.states()) {
    const ofRule = states.get(rule) ?? new Map<string, AlertState>()
    states.set(rule, ofRule.set(subject, JSON.parse(body) as AlertState))
  }
  return states
}

/** A message as the book keeps it. */
export function keepMessage(message: AlertMessage): KeptMessage {
  const { id, tenant, rule, subject, at } = message
  return { id, tenant, rule, thread: JSON.stringify([rule, subject]), at, body: JSON.stringify(message) }
}

/** A rule as the book keeps it. */
export function keepRule(rule: Rule): Pick<KeptRule, 'id' | 'tenant' | 'body'> {
  return { id: rule.id, tenant: rule.tenant, body: JSON.stringify(rule) }
}

/** Writes the first rules into a book that never had them, whatever else was added to it before, and makes the rule of the settings say what they say now. */
export function seedRules(rules: AlertRuleBook, settings: SettingRule): void {
  const isFirst = rules.list().every(({ id }) => id !== settingRuleId) // That one cannot be removed.
  for (const rule of firstRules(settings)) {
    if (isFirst || rule.id === settingRuleId) rules.put(keepRule(rule), { actor: 'service', limits: ruleLimits })
  }
}

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : 'unknown'
}

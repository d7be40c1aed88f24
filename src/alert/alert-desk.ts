import { createHash } from 'node:crypto'
import type { AlertMessageBook } from '../access/alert-message-book.ts'
import type { AlertRuleBook } from '../access/alert-rule-book.ts'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { makeRule, type NewRule, type Rule, type RuleFault, ruleLimits, settingRuleId } from './rule.ts'
import { type ShownPhase, shownPhase } from './state.ts'
import { keepRule, keptRules, keptStates } from './watch.ts'

/** A rule with how it stands; `worst` is the state of its worst subject, `subjects` names those that are not well. */
export type RuleFacts = {
  readonly rule: Rule
  readonly worst: ShownPhase
  readonly since?: number
  readonly value?: number
  /** Why there is no data, where that is known. */
  readonly reason?: string
  readonly subjects: readonly string[]
  readonly mutedUntil?: number
  /** The settings make this rule: it is muted, but neither changed nor removed. */
  readonly isOfSettings?: true
}

export type AddRuleFault = RuleFault | 'rules_exhausted'
export type RemoveRuleFault = 'not_found' | 'rule_of_settings'
export type ChangeRuleFault = RuleFault | RemoveRuleFault

/** What an operator may do with the rules of the alerts. */
export type AlertDesk = {
  listAlerts(): Promise<readonly RuleFacts[]>
  /** The same rule added twice is one rule. */
  addAlert(wanted: NewRule): Promise<Result<Rule, AddRuleFault>>
  removeAlert(id: string): Promise<Result<string, RemoveRuleFault>>
  /** Quiet until the moment; one that has passed lets the rule speak again. False when there is no such rule. */
  muteAlert(id: string, until: number): Promise<boolean>
  /** Sends a test message to each channel. Gives what went wrong by channel; undefined when there is no channel. */
  testAlerts(): Promise<Readonly<Record<string, string>> | undefined>
}

/** The same with what a form can do beside. */
export type RuleDesk = AlertDesk & {
  /** Puts other values into a rule, which keeps its id, its kind and how it stands. What is not said is the default of the kind. */
  changeAlert(id: string, wanted: Omit<NewRule, 'kind' | 'tenant'>): Promise<Result<Rule, ChangeRuleFault>>
}

export type AlertDeskParts = {
  readonly rules: AlertRuleBook
  readonly messages: Pick<AlertMessageBook, 'states'>
  readonly clock: Clock
  readonly actor: string
  readonly test: AlertDesk['testAlerts']
}

/** Why there is no data of a rule that no round has seen. */
const notLookedAt = 'not looked at yet'
const phaseOrder: readonly ShownPhase[] = ['firing', 'no_data', 'pending', 'ok', 'muted']

/** The desk over the rules of an opened `access.db`. */
export function createAlertDesk({ rules, messages, clock, actor, test }: AlertDeskParts): RuleDesk {
  async function listAlerts(): Promise<readonly RuleFacts[]> {
    const states = keptStates(messages)
    return keptRules(rules).map(({ rule, mutedUntil }) => {
      const isMuted = mutedUntil > clock.now()
      const shown = [...(states.get(rule.id) ?? [])].map(([subject, state]) => ({ subject, state, phase: shownPhase(state, isMuted) }))
      const [worst] = shown.toSorted((one, other) => phaseOrder.indexOf(one.phase) - phaseOrder.indexOf(other.phase))
      const reason = worst === undefined ? notLookedAt : worst.state.reason
      return {
        rule,
        worst: worst?.phase ?? shownPhase(undefined, isMuted),
        ...(worst !== undefined && { since: Math.min(worst.state.since, clock.now()) }),
        ...(worst?.state.value !== undefined && { value: worst.state.value }),
        ...(reason !== undefined && { reason }),
        subjects: shown.filter(({ subject, state }) => subject !== '' && state.phase !== 'ok').map(({ subject }) => subject),
        ...(isMuted && { mutedUntil }),
        ...(rule.id === settingRuleId && { isOfSettings: true as const }),
      }
    })
  }

  async function addAlert(wanted: NewRule): Promise<Result<Rule, AddRuleFault>> {
    const made = makeRule(wanted, '')
    if (!made.ok) return made
    const hash = createHash('sha256').update(JSON.stringify(made.value)).digest('hex').slice(0, 16) // Too long for one tenant to find a rule with the id of another's.
    const rule = { ...made.value, id: `${made.value.kind.replaceAll('_', '-')}-${hash}` }
    return rules.put(keepRule(rule), { actor, limits: ruleLimits }) ? ok(rule) : err('rules_exhausted')
  }

  async function changeAlert(id: string, wanted: Omit<NewRule, 'kind' | 'tenant'>): Promise<Result<Rule, ChangeRuleFault>> {
    if (id === settingRuleId) return err('rule_of_settings') // The next start would change it back.
    const known = keptRules(rules).find(({ rule }) => rule.id === id)?.rule
    if (known === undefined) return err('not_found')
    const made = makeRule({ ...wanted, kind: known.kind, tenant: known.tenant }, id)
    if (made.ok) rules.put(keepRule(made.value), { actor, limits: ruleLimits })
    return made
  }

  async function removeAlert(id: string): Promise<Result<string, RemoveRuleFault>> {
    if (id === settingRuleId) return err('rule_of_settings') // The next start would make it again.
    return rules.remove(id, actor) ? ok(id) : err('not_found')
  }

  return { listAlerts, addAlert, changeAlert, removeAlert, muteAlert: async (id, until) => rules.mute(id, until, actor), testAlerts: test }
}

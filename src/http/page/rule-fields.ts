import { runsService } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import type { AddRuleFault, ChangeRuleFault } from '../../alert/alert-desk.ts'
import { sayAmount } from '../../alert/figure.ts'
import { type NewRule, type Rule, ruleKindNames, ruleKinds } from '../../alert/rule.ts'
import type { KindView, RuleFieldsView } from '../../page/alert/rule-form.tsx'

/** What whoever filled in the form has to change, for each reason why nothing was done. */
export const ruleFaultWords: Readonly<Record<AddRuleFault | ChangeRuleFault, string>> = {
  kind_unknown: 'There is no such kind of rule.',
  kind_of_service: 'Rules about the machine belong to the tenant default, whose people run the service.',
  scope_invalid: 'Source and script are names of at most 128 characters, and only kinds that count runs take them.',
  threshold_invalid: 'The threshold must be over 0 and within what the kind can reach.',
  window_invalid: 'The window must be 5 to 40,320 minutes.',
  minutes_invalid: 'How long it lasts and the cooldown must be 0 to 40,320 minutes.',
  runs_invalid: 'The runs must be a whole number from 0 to 1,000,000.',
  quiet_invalid: 'Quiet hours are two different hours of the day, UTC: 22-6.',
  rules_exhausted: 'There are as many rules as are allowed: remove some that are no longer needed.',
  not_found: 'There is no such rule any more.',
  rule_of_settings: 'This rule follows ALERT_FAILURE_THRESHOLD, ALERT_COOLDOWN_MIN and ALERT_QUIET_HOURS: change those, or mute it.',
}

const numberNames = ['threshold', 'windowMin', 'runsMin', 'holdMin', 'cooldownMin'] as const
const textNames = ['source', 'script', 'quiet'] as const

/** The rule that a form asks for. An empty field says nothing; text that is no number becomes one that no bound allows. */
export function wantedOf(fields: URLSearchParams): Omit<NewRule, 'kind' | 'tenant'> {
  const said = <Name extends string>(names: readonly Name[]) =>
    names.flatMap((name) => {
      const text = (fields.get(name) ?? '').trim()
      return text === '' ? [] : [[name, text] as const]
    })
  const numbers = said(numberNames).map(([name, text]) => [name, /^[0-9]{1,12}(\.[0-9]{1,6})?$/.test(text) ? Number(text) : -1] as const)
  return Object.fromEntries([...said(textNames), ...numbers])
}

/** What stands in the fields of a form: what a rule has, or what was sent and refused. */
export function fieldsOf(rule: Partial<Rule>): RuleFieldsView {
  const { source = '', script = '', quiet = '' } = rule
  const [threshold = '', windowMin = '', runsMin = '', holdMin = '', cooldownMin = ''] = numberNames.map((name) => rule[name]?.toString())
  return { source, script, threshold, windowMin, runsMin, holdMin, cooldownMin, quiet }
}

/** The same, of a form that came. */
export function sentFields(fields: URLSearchParams): RuleFieldsView {
  const of = (name: string) => (fields.get(name) ?? '').slice(0, 128)
  const [source, script, threshold, windowMin] = [of('source'), of('script'), of('threshold'), of('windowMin')]
  return {
    source,
    script,
    threshold,
    windowMin,
    runsMin: of('runsMin'),
    holdMin: of('holdMin'),
    cooldownMin: of('cooldownMin'),
    quiet: of('quiet'),
  }
}

/** The kinds that a form offers who asks, each with what it counts and its own threshold. */
export function viewKinds(principal: Principal): readonly KindView[] {
  const offered = ruleKindNames.filter((name) => ruleKinds[name].isScoped || runsService(principal))
  return offered.map((name) => {
    const { meaning, unit, threshold } = ruleKinds[name]
    return { name, meaning, threshold: sayAmount(threshold, unit) }
  })
}

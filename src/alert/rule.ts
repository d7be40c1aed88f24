import type { RuleLimits } from '../access/alert-rule-book.ts'
import { err, ok, type Result } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import { readQuiet } from './quiet.ts'

/** What a rule watches. Names are words of the CLI and of stored rules, so they stay as they are. */
export type RuleKind =
  | 'failure_rate'
  | 'script_worse'
  | 'new_error'
  | 'no_data'
  | 'stuck_runs'
  | 'mirror_behind'
  | 'disk_full'
  | 'backup_failed'
  | 'integrity_failed'

/** When a human is told of what. `threshold` is in the unit of the kind; `source` and `script` narrow it where the kind is scoped. */
export type Rule = {
  readonly id: string
  readonly kind: RuleKind
  readonly tenant: string
  readonly source?: string
  readonly script?: string
  readonly threshold: number
  /** How far back runs count, up to the moment of the check. */
  readonly windowMin: number
  /** Fewer ended runs than these say nothing. */
  readonly runsMin: number
  /** How long a breach lasts before it is told. */
  readonly holdMin: number
  /** The least time between two alarms of one subject. */
  readonly cooldownMin: number
  /** From which hour to which, UTC, nobody is told: `22-6`. */
  readonly quiet?: string
}

/**
 * What all rules of a kind have in common. `isScoped`: it counts runs of a tenant, so source and script narrow it; else it is about the machine, and only
 * who runs the service has such rules. `tellsRecovery` and `tellsNoData`: whether a human hears of the end, and of readings that say nothing.
 * `absence`: how a subject stands that was told of and is not among the readings any more.
 */
export type KindFacts = {
  readonly meaning: string
  readonly unit: string
  readonly threshold: number
  readonly thresholdMax: number
  readonly windowMin: number
  readonly runsMin: number
  readonly isScoped: boolean
  readonly tellsRecovery: boolean
  readonly tellsNoData: boolean
  readonly absence: 'ok' | 'no_data'
  /** Which of two figures is the worse one. */
  readonly worst: 'highest' | 'lowest'
}

const hour = 60
const day = 24 * hour
const counted = { isScoped: true, tellsRecovery: true, tellsNoData: false, absence: 'ok', worst: 'highest' } as const
const ofService = { ...counted, isScoped: false, windowMin: day, runsMin: 0 } as const

export const ruleKinds: Readonly<Record<RuleKind, KindFacts>> = {
  failure_rate: {
    meaning: 'failed runs among those that succeeded or failed, in the window up to now',
    unit: '%',
    threshold: 20,
    thresholdMax: 100,
    windowMin: day,
    runsMin: 10,
    ...counted,
  },
  script_worse: {
    meaning:
      'a script fails more often than in its own past four weeks or, being new, than all others: by so many points, half as much again, and more than chance explains',
    unit: 'points',
    threshold: 15,
    thresholdMax: 100,
    windowMin: 6 * hour,
    runsMin: 20,
    ...counted,
    absence: 'no_data', // Nobody ran it lately: that mends no script.
  },
  new_error: {
    meaning: 'runs of an error that nobody had before the window',
    unit: 'runs',
    threshold: 3,
    thresholdMax: 1_000_000,
    windowMin: day,
    runsMin: 0,
    ...counted,
    tellsRecovery: false,
  },
  no_data: {
    meaning: 'fewer runs than these in the window',
    unit: 'runs',
    threshold: 1,
    thresholdMax: 1_000_000,
    windowMin: 6 * hour,
    runsMin: 0,
    ...counted,
    tellsNoData: true,
    worst: 'lowest',
  },
  stuck_runs: {
    meaning: 'runs of the window that began over two hours ago and never told how they ended',
    unit: 'runs',
    threshold: 50,
    thresholdMax: 1_000_000,
    windowMin: day,
    runsMin: 0,
    ...counted,
  },
  mirror_behind: { meaning: 'changes that wait for PocketBase', unit: 'runs', threshold: 1_000, thresholdMax: 100_000_000, ...ofService },
  disk_full: {
    meaning: 'free space of the disk below the threshold',
    unit: '% free',
    threshold: 10,
    thresholdMax: 99,
    ...ofService,
    worst: 'lowest',
  },
  backup_failed: {
    meaning: 'scheduled backups that failed or did not happen since the last one that was proved',
    unit: 'backups',
    threshold: 1,
    thresholdMax: 1_000,
    ...ofService,
  },
  integrity_failed: {
    meaning: 'checks of files or sums that failed or did not happen since the last good one',
    unit: 'checks',
    threshold: 1,
    thresholdMax: 1_000,
    ...ofService,
  },
}

export const ruleKindNames = Object.keys(ruleKinds) as readonly RuleKind[]

/** Most rules of one tenant, and of all tenants but the first together: each rule is looked at in every round. */
export const ruleLimits: RuleLimits = { ofTenant: 200, ofOthers: 800 }
const minutesMax = 28 * day
const nameCharactersMax = 128

export type NewRule = Partial<Omit<Rule, 'id' | 'kind'>> & { readonly kind: string }
export type RuleFault =
  | 'kind_unknown'
  | 'kind_of_service'
  | 'scope_invalid'
  | 'threshold_invalid'
  | 'window_invalid'
  | 'minutes_invalid'
  | 'runs_invalid'
  | 'quiet_invalid'

/** A rule with the defaults of its kind where nothing is said. What lies outside the bounds is refused by name. */
export function makeRule(wanted: NewRule, id: string): Result<Rule, RuleFault> {
  const kind = ruleKindNames.find((name) => name === wanted.kind)
  if (kind === undefined) return err('kind_unknown')
  const facts = ruleKinds[kind]
  const { source, script, tenant = defaultTenant } = wanted
  if (!facts.isScoped && tenant !== defaultTenant) return err('kind_of_service')
  if (!facts.isScoped && (source !== undefined || script !== undefined)) return err('scope_invalid')
  if (![source, script].every(isName)) return err('scope_invalid')
  const { threshold = facts.threshold, windowMin = facts.windowMin, runsMin = facts.runsMin, holdMin = 0, cooldownMin = hour } = wanted
  if (!(threshold > 0 && threshold <= facts.thresholdMax)) return err('threshold_invalid')
  if (!isWhole(windowMin, 5, minutesMax)) return err('window_invalid')
  if (!isWhole(holdMin, 0, minutesMax) || !isWhole(cooldownMin, 0, minutesMax)) return err('minutes_invalid')
  if (!isWhole(runsMin, 0, 1_000_000)) return err('runs_invalid')
  const quiet = wanted.quiet === undefined ? undefined : readQuiet(wanted.quiet)
  if (wanted.quiet !== undefined && quiet === undefined) return err('quiet_invalid')
  const scope = { ...(source !== undefined && { source }), ...(script !== undefined && { script }) }
  return ok({ id, kind, tenant, ...scope, threshold, windowMin, runsMin, holdMin, cooldownMin, ...(quiet !== undefined && { quiet }) })
}

function isName(name: string | undefined): boolean {
  return name === undefined || (name !== '' && name.length <= nameCharactersMax && !/[\u0000-\u001f\u007f-\u009f]/.test(name))
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max
}

/** What the settings say of the first rule. */
export type SettingRule = { readonly threshold: number; readonly cooldownMin: number; readonly quiet?: string }

/** The rules of a service that was never told otherwise. The first one follows the settings. */
export function firstRules({ threshold, cooldownMin, quiet }: SettingRule): readonly Rule[] {
  const wanted: readonly (NewRule & { readonly id: string })[] = [
    { id: settingRuleId, kind: 'failure_rate', source: 'ProxmoxVE', threshold, cooldownMin, ...(quiet !== undefined && { quiet }) },
    { id: 'script-worse', kind: 'script_worse', cooldownMin: 6 * hour },
    { id: 'new-error', kind: 'new_error', cooldownMin: day },
    { id: 'stuck-runs', kind: 'stuck_runs', cooldownMin: 6 * hour },
    { id: 'mirror-behind', kind: 'mirror_behind', holdMin: 30, cooldownMin },
    { id: 'disk-full', kind: 'disk_full', cooldownMin: 6 * hour },
    { id: 'backup-failed', kind: 'backup_failed', holdMin: 30, cooldownMin: day },
    { id: 'integrity-failed', kind: 'integrity_failed', holdMin: 30, cooldownMin: day },
  ]
  return wanted.flatMap(({ id, ...rest }) => {
    const made = makeRule(rest, id)
    return made.ok ? [made.value] : []
  })
}

/** The rule that ALERT_FAILURE_THRESHOLD, ALERT_COOLDOWN_MIN and ALERT_QUIET_HOURS make. */
export const settingRuleId = 'failure-rate'

import { createHash } from 'node:crypto'
import { defaultTenant } from '../event/entry.ts'
import { type Rule, ruleKinds } from './rule.ts'
import type { Phase, Reading } from './state.ts'

/** What a human is told. It holds counts, names of scripts and the cloaked explanation of an error; never a trace, an id of a run or an address. */
export type AlertMessage = {
  readonly id: string
  readonly tenant: string
  readonly rule: string
  readonly kind: string
  readonly subject: string
  readonly phase: Phase | 'report' | 'test'
  readonly at: number
  readonly title: string
  readonly lines: readonly string[]
  readonly value?: number
}

export type Telling = {
  readonly rule: Rule
  readonly subject: string
  readonly phase: Phase
  /** When the phase began: the period that the message is about. */
  readonly since: number
  readonly reading: Reading
  readonly at: number
}

/** The same for the same rule, subject, phase and period: whoever gets it twice can tell. */
export function messageId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

const phaseWords: Readonly<Record<Phase, string>> = { firing: 'Alert', no_data: 'No data', ok: 'Recovered' }

/** The message about a phase that began. */
export function composeMessage({ rule, subject, phase, since, reading, at }: Telling): AlertMessage {
  const what = ruleTitle(rule, subject)
  const { unit, meaning } = ruleKinds[rule.kind]
  const value = reading.value === undefined ? undefined : `${plainNumber(reading.value)} ${unit}`
  const lines = [
    ...(reading.text === undefined ? [] : [reading.text]),
    ...(value === undefined ? [] : [`Now: ${value}`]),
    `Threshold: ${plainNumber(rule.threshold)} ${unit} (${meaning})`,
    ...(reading.runs === undefined ? [] : [`Runs counted: ${reading.runs}`]),
    ...(ruleKinds[rule.kind].isScoped ? [`Window: the last ${spanOf(rule.windowMin)}`] : []),
    `Since: ${new Date(Math.min(since, at)).toISOString()}`, // A period that begins ahead was numbered before the clock was set back.
    ...(rule.tenant === defaultTenant ? [] : [`Tenant: ${rule.tenant}`]), // One recipient gets the messages of all.
    `Rule: ${rule.id}`,
  ]
  return {
    id: messageId(rule.id, subject, phase, since),
    ...{ tenant: rule.tenant, rule: rule.id, kind: rule.kind, subject, phase, at, lines },
    title: `${phaseWords[phase]}: ${what}${phase === 'firing' && value !== undefined ? `, ${value}` : ''}`,
    ...(reading.value !== undefined && { value: reading.value }),
  }
}

const kindWords: Readonly<Record<Rule['kind'], string>> = {
  failure_rate: 'failure rate',
  script_worse: 'a script fails more than usual',
  new_error: 'a new error',
  no_data: 'no runs arrive',
  stuck_runs: 'runs without an end',
  mirror_behind: 'PocketBase is behind',
  disk_full: 'the disk is nearly full',
  backup_failed: 'no good backup',
  integrity_failed: 'a check of the data failed',
}

/** What a rule and its subject are about, in words. */
export function ruleTitle(rule: Rule, subject = ''): string {
  const scope = [rule.source, rule.script ?? (subject === '' ? undefined : subject)].filter((name) => name !== undefined)
  return scope.length === 0 ? kindWords[rule.kind] : `${kindWords[rule.kind]} (${scope.join(', ')})`
}

/** Minutes in the largest unit that fits evenly. */
export function spanOf(minutes: number): string {
  const units = [
    [1_440, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const
  const [length, word] = units.find(([length]) => minutes % length === 0) ?? [1, 'minute']
  const count = minutes / length
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

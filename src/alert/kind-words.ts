import { dayOf } from '../base/clock.ts'
import { formatDay, formatMany } from '../base/format.ts'
import { errorPath, type Href, pathWith, scriptPath } from '../base/page-path.ts'
import { describeExitCode } from '../event/exit-code.ts'
import { lastOf, sayAmount, sayNumber } from './figure.ts'
import type { Fact, MessageLink } from './message-part.ts'
import { type Rule, type RuleKind, ruleKinds } from './rule.ts'
import type { Reading } from './state.ts'

/** One subject of a rule and what was read of it, at the moment it is told. */
export type Breach = { readonly rule: Rule; readonly subject: string; readonly reading: Reading; readonly at: number }

/** What messages about rules of one kind say, to somebody who was woken by them. */
export type KindWords = {
  /** What is wrong, and what it is called once it is well again. */
  readonly bad: string
  readonly well: string
  /** What happened, in a sentence. */
  readonly say: (breach: Breach) => string
  /** The value, as short as a title needs it; empty where it is not known. */
  readonly figure: (breach: Pick<Breach, 'rule' | 'reading'>) => string
  /** From where on it is told, in a sentence; empty where one is enough. */
  readonly limit: (rule: Rule) => string
  readonly facts: (breach: Breach) => readonly Fact[]
  /** Where the breach is seen, the best place first. */
  readonly links: (breach: Breach) => readonly MessageLink[]
  readonly advice: string
}

const minuteMs = 60_000
const listedMax = 5

function figureOf({ rule, reading: { value } }: Pick<Breach, 'rule' | 'reading'>): string {
  return value === undefined ? '' : sayAmount(value, ruleKinds[rule.kind].unit)
}

function limitOf({ kind, threshold }: Rule): string {
  return `The limit is ${sayAmount(threshold, ruleKinds[kind].unit)}.`
}

const plain = { figure: figureOf, limit: limitOf, facts: mostOf }
const system: readonly MessageLink[] = [{ text: 'System', path: '/system' }]

/** What each kind of rule tells. */
export const kindWords: Readonly<Record<RuleKind, KindWords>> = {
  failure_rate: {
    ...plain,
    bad: 'failure rate',
    well: 'failure rate',
    say: ({ rule, reading: { value = 0, runs = 0 } }) =>
      `${sayNumber(Math.round((value * runs) / 100))} of ${sayNumber(runs)} runs that ended in ${lastOf(rule.windowMin)} failed: ${sayNumber(value)} %.`,
    links: (breach) => [...scriptLinks(breach.rule.script), recordsLink('Failed runs', breach, { status: 'failed' }), errorsLink(breach)],
    advice:
      'Open the failed runs. One script or one error that leads: something changed there. Many of both: a mirror, a network or a new release of Proxmox VE.',
  },
  script_worse: {
    ...plain,
    bad: 'a script fails more than usual',
    well: 'a script fails more than usual',
    figure: ({ reading: { text, value } }) => (value === undefined ? '' : (text ?? `${sayNumber(value)} points`)),
    say: ({ rule, subject, reading: { text = 'more than', runs = 0 } }) =>
      `${subject} fails ${text} in the four weeks before, counted over ${formatMany(runs, 'run')} that ended in ${lastOf(rule.windowMin)}.`,
    limit: ({ threshold }) => `The limit is ${sayNumber(threshold)} points more.`,
    links: (breach) => [
      ...scriptLinks(breach.subject),
      recordsLink('Its failed runs', breach, { status: 'failed', script: breach.subject }),
    ],
    advice: 'Open the script: its newest error says what broke. Look at what changed in it, or in what it downloads.',
  },
  new_error: {
    ...plain,
    bad: 'a new error',
    well: 'a new error',
    say: ({ subject, reading: { text } }) => text ?? subject,
    facts: ({ rule, reading: { value, scripts = [], exitCodes = [] } }) => [
      ...(value === undefined
        ? []
        : [{ name: 'Failed', text: `${formatMany(value, 'run')} so far, told from ${sayNumber(rule.threshold)} on` }]),
      ...(scripts.length === 0 ? [] : [{ name: errorScripts, text: listed(scripts.map(({ script }) => script)) }]),
      ...(exitCodes.length === 0
        ? []
        : [{ name: 'Exit codes', text: listed(exitCodes.map((code) => `${code} (${describeExitCode(code)})`)) }]),
    ],
    links: ({ rule, subject, at }) => [
      { text: 'The error', path: errorPath(subject) },
      recordsLink('Its runs', { rule, at }, { error: subject }),
    ],
    advice: 'Open the error: it shows logs, scripts and systems. Once it is known, mute it there and it is not told again.',
  },
  no_data: {
    ...plain,
    bad: 'too few runs arrive',
    well: 'runs arrive again',
    figure: ({ rule, reading: { status, value } }) => {
      const count = value === undefined ? '' : `${sayNumber(value)} in ${lastOf(rule.windowMin)}`
      return value !== undefined && status === 'no_data' ? `${count} instead of at least ${sayNumber(rule.threshold)}` : count
    },
    say: ({ rule, reading: { value = 0 } }) =>
      `${value === 0 ? 'No run' : `Only ${formatMany(value, 'run')}`} arrived in ${lastOf(rule.windowMin)}.`,
    limit: ({ threshold }) => `At least ${formatMany(threshold, 'run')} ${threshold === 1 ? 'is' : 'are'} expected.`,
    links: (breach) => [...system, recordsLink('The newest runs', breach, {})],
    advice:
      'Send an event from outside, with the curl line of the first page: a wrong name, an expired certificate or a proxy keeps clients away. System says whether events are refused, and why.',
  },
  stuck_runs: {
    ...plain,
    bad: 'runs without an end',
    well: 'runs end again',
    say: ({ rule, reading: { value = 0 } }) =>
      `${formatMany(value, 'run')} of ${lastOf(rule.windowMin)} began over two hours ago and never told how they ended.`,
    links: (breach) => [
      recordsLink('Runs given up', breach, { status: 'unknown' }),
      recordsLink('Runs still open', breach, { unended: 'yes' }),
    ],
    advice:
      'One script or one system that leads hangs there. All of them: reports of an end do not arrive; System says whether events are refused.',
  },
  mirror_behind: {
    ...plain,
    bad: 'PocketBase is behind',
    well: 'PocketBase caught up',
    figure: ({ reading: { value } }) => (value === undefined ? '' : `${formatMany(value, 'change')} wait`),
    say: ({ reading: { value = 0 } }) =>
      `${formatMany(value, 'change')} of runs wait for PocketBase. Nothing is lost: they are kept here until it takes them.`,
    limit: ({ threshold }) => `The limit is ${formatMany(threshold, 'change')}.`,
    links: () => system,
    advice: 'Run telemetry-service doctor on the server: it says whether PocketBase is down, refuses the sign-in or lacks its collections.',
  },
  disk_full: {
    ...plain,
    bad: 'the disk is nearly full',
    well: 'the disk has room again',
    say: ({ reading: { value = 0, text } }) =>
      `${sayNumber(value)} % of the disk with DATA_DIR is free${text === undefined ? '' : `: ${text}`}. Without room events are refused.`,
    limit: ({ threshold }) => `At least ${sayNumber(threshold)} % must be free.`,
    links: () => system,
    advice: 'Make room: System says what takes it. BACKUP_KEEP, RETENTION_TRACE_DAYS and RETENTION_DAYS lower what is kept.',
  },
  backup_failed: {
    ...plain,
    bad: 'no good backup',
    well: 'a backup was proved again',
    figure: ({ reading: { value } }) => (value === undefined ? '' : `${sayNumber(value)} failed or missed`),
    say: ({ reading: { value = 0, text } }) =>
      `${formatMany(value, 'scheduled backup')} failed or did not happen since the last one that was proved${text === undefined ? '' : ` (${text})`}.`,
    limit: () => '',
    links: () => system,
    advice: 'Run telemetry-service backup create on the server: it says what is wrong. Often the disk lacks room for twice the databases.',
  },
  integrity_failed: {
    ...plain,
    bad: 'a check of the data failed',
    well: 'the data was checked and is good',
    figure: ({ reading: { value } }) => (value === undefined ? '' : `${sayNumber(value)} failed or missed`),
    say: ({ reading: { value = 0, text } }) =>
      `${formatMany(value, 'check')} of files or sums failed or did not happen since the last good one${text === undefined ? '' : ` (${text})`}.`,
    limit: () => '',
    links: () => system,
    advice:
      'Run telemetry-service doctor on the server: it names the file or the sum. Copy the newest backup to another machine first; docs/operations.md says what to do with a damaged store.',
  },
}

/** The name of the fact about a new error that comes from its runs, beside its name. */
export const errorScripts = 'Scripts'

/** The scripts with most of the runs that the value counts. */
function mostOf({ reading: { scripts = [] } }: Breach): readonly Fact[] {
  if (scripts.length === 0) return []
  return [
    { name: 'Mostly in', text: listed(scripts.map(({ script, runs }) => (runs === undefined ? script : `${script} ${sayNumber(runs)}`))) },
  ]
}

function listed(names: readonly string[]): string {
  const rest = names.length - listedMax
  return `${names.slice(0, listedMax).join(', ')}${rest > 0 ? ` and ${sayNumber(rest)} more` : ''}`
}

function scriptLinks(script: string | undefined): readonly MessageLink[] {
  return script === undefined ? [] : [{ text: 'The script', path: scriptPath(script) }]
}

/** Runs of the days that the window of the rule touches: lists know whole days. */
function recordsLink(text: string, { rule, at }: Pick<Breach, 'rule' | 'at'>, filter: Readonly<Record<string, string>>): MessageLink {
  return { text, path: pathWith('/records', { ...daysOf(rule, at), source: rule.source, script: rule.script, ...filter }) }
}

function errorsLink({ rule, at }: Breach): MessageLink {
  const path: Href = '/error-analysis'
  return { text: 'Their errors', path: pathWith(path, { ...daysOf(rule, at), source: rule.source, script: rule.script }) }
}

function daysOf({ windowMin }: Rule, at: number): { readonly from: string; readonly to: string } {
  return { from: formatDay(dayOf(at - windowMin * minuteMs)), to: formatDay(dayOf(at)) }
}

import { dayOf } from '../base/clock.ts'
import type { Disk } from '../base/free-disk.ts'
import { type Ended, endedWithout, noRuns } from '../event/failure-rise.ts'
import { endlessStatuses } from '../event/run.ts'
import type { Analysis, AnalysisQuery } from '../store/analysis-port.ts'
import type { Totals } from '../store/count/totals.ts'
import { sizeIn, sizeOf } from '../store/count/totals.ts'
import { dimensionRules } from '../store/dimension.ts'
import { type ErrorGroupFacts, errorGroupsMax, type RecentQuery, type RecentScript, type TotalsQuery } from '../store/reader-port.ts'
import { judgeCount, judgeDisk, judgeFailureRate, judgeMirror, judgeScript, judgeSilence, judgeTimers, type TimerFacts } from './judge.ts'
import type { BySubject } from './round.ts'
import type { Rule, RuleKind } from './rule.ts'
import type { Reading } from './state.ts'

/** What rules look at. */
export type AlertSource = {
  readonly reader: {
    recentScripts(query: RecentQuery): Promise<readonly RecentScript[]>
    analyse(query: AnalysisQuery): Promise<Analysis>
    errorGroups(tenant: string, fingerprints: readonly string[]): Promise<readonly ErrorGroupFacts[]>
    totals(query: TotalsQuery): Promise<Totals>
  }
  /** Groups of errors that nobody wants to hear of. */
  isMutedGroup(tenant: string, fingerprint: string): boolean
  /** Changes that wait for PocketBase; undefined while that is not known. */
  mirrorLag(): number | 'off' | undefined
  disk(): Promise<Disk | undefined>
  /** How work by the clock stands; undefined for what is not in the table of timers. */
  timer(name: string): TimerFacts | undefined
}

const minuteMs = 60_000
const pastDays = 28
/** How long a run may take before its silence means anything. */
const stuckMs = 2 * 60 * minuteMs
/** As many as the sums of two days keep apart, so that a new group is found among however many old ones. */
const groupsMax = 2 * dimensionRules.error.valuesMax

const leadersMax = 5

/** Looks at every rule. A rule whose facts cannot be had is left out, and `onFault` is told of it: it does not hold up the others. */
export async function readRules(
  rules: readonly Rule[],
  { source, now, onFault }: { readonly source: AlertSource; readonly now: number; readonly onFault: (rule: Rule, fault: unknown) => void },
): Promise<BySubject<Reading>> {
  const readings = new Map<string, ReadonlyMap<string, Reading>>()
  for (const rule of rules) {
    try {
      readings.set(rule.id, await readRule(rule, source, now))
    } catch (fault) {
      onFault(rule, fault)
    }
  }
  return readings
}

/** What was read of each subject of a rule. */
export type Subjects = ReadonlyMap<string, Reading>

/** Looks at one rule. Throws where its facts cannot be had. */
export async function readRule(rule: Rule, source: AlertSource, now: number): Promise<Subjects> {
  return readers[rule.kind](rule, source, now)
}

type Read = (rule: Rule, source: AlertSource, now: number) => Promise<Subjects>

const readers: Readonly<Record<RuleKind, Read>> = {
  failure_rate: async (rule, source, now) => {
    const scripts = await windowOf(rule, source, now)
    return one({ ...judgeFailureRate(rule, sumOf(scripts)), ...leadersOf(rule, scripts, ['failed']) })
  },
  script_worse: readScripts,
  new_error: readNewErrors,
  no_data: async (rule, source, now) => {
    const scripts = await windowOf(rule, source, now)
    const runs = scripts.reduce((sum, { counts }) => sum + sizeOf(counts), 0)
    return one(judgeSilence(rule, runs, runs > 0 || sizeOf(await source.reader.totals({ tenant: rule.tenant })) > 0))
  },
  stuck_runs: async (rule, source, now) => {
    const scripts = await windowOf(rule, source, now, now - stuckMs)
    return one({ ...judgeCount(rule, countOf(scripts, endlessStatuses)), ...leadersOf(rule, scripts, endlessStatuses) })
  },
  mirror_behind: async (rule, source) => one(judgeMirror(rule, source.mirrorLag())),
  disk_full: async (rule, source) => one(judgeDisk(rule, await source.disk())),
  backup_failed: async (rule, source, now) => one(judgeTimers(rule, timersOf(source, backupTimers), now)),
  integrity_failed: async (rule, source, now) => one(judgeTimers(rule, timersOf(source, checkTimers), now)),
}

/** The timers behind the rules of the service itself, by their names in the table. */
const backupTimers = ['backup']
const checkTimers = ['integrity', 'sums']

function timersOf(source: AlertSource, names: readonly string[]): readonly TimerFacts[] {
  return names.flatMap((name) => source.timer(name) ?? [])
}

function one(reading: Reading): Subjects {
  return new Map([['', reading]])
}

/** The scripts of the rule's window, which ends now: it slides with the clock and knows no midnight. */
async function windowOf(rule: Rule, { reader }: Pick<AlertSource, 'reader'>, now: number, to = now + 1): Promise<readonly RecentScript[]> {
  const { tenant, source, script } = rule
  const from = now - rule.windowMin * minuteMs
  const scripts = await reader.recentScripts({ tenant, from, to: Math.max(from, to), ...(source !== undefined && { source }) })
  return script === undefined ? scripts : scripts.filter((one) => one.script === script)
}

async function readScripts(rule: Rule, source: AlertSource, now: number): Promise<Subjects> {
  const recent = await windowOf(rule, source, now)
  if (recent.length === 0) return new Map()
  const toDay = dayOf(now - rule.windowMin * minuteMs) - 1
  const past = await source.reader.analyse({
    tenant: rule.tenant,
    range: { fromDay: toDay - pastDays + 1, toDay },
    filter: rule.source === undefined ? {} : { source: rule.source },
    by: { script: dimensionRules.script.valuesMax },
  })
  const usual = new Map((past.by.script?.groups ?? []).map(({ value, counts }) => [value, counts]))
  return new Map(
    recent.map(({ script, counts }) => {
      const own = usual.get(script) ?? noRuns
      return [script, judgeScript(rule, counts, { own, others: endedWithout(past.total.counts, own) })] as const
    }),
  )
}

async function readNewErrors(rule: Rule, { reader, isMutedGroup }: AlertSource, now: number): Promise<Subjects> {
  const { tenant, source, script } = rule
  const from = now - rule.windowMin * minuteMs
  const found = await reader.analyse({
    tenant,
    range: { fromDay: dayOf(from), toDay: dayOf(now) },
    filter: { ...(source !== undefined && { source }), ...(script !== undefined && { script }) },
    by: { error: groupsMax },
  })
  const runs = new Map((found.by.error?.groups ?? []).map(({ value, counts }) => [value, counts.failed]))
  const fresh = (await describeGroups(reader, tenant, [...runs.keys()])).filter(
    ({ firstAt, fingerprint }) => firstAt >= from && !isMutedGroup(tenant, fingerprint),
  )
  return new Map(fresh.map((group) => [group.fingerprint, judgeGroup(rule, runs.get(group.fingerprint), group)] as const))
}

function judgeGroup(rule: Rule, runs: number | undefined, { title, scripts, exitCodes, firstAt }: ErrorGroupFacts): Reading {
  return { ...judgeCount(rule, runs, title), scripts: scripts.map((script) => ({ script })), exitCodes, since: firstAt }
}

/** The facts of any number of groups: one answer has a bounded number of them. */
async function describeGroups(reader: AlertSource['reader'], tenant: string, fingerprints: readonly string[]) {
  const described: ErrorGroupFacts[] = []
  for (let first = 0; first < fingerprints.length; first += errorGroupsMax)
    described.push(...(await reader.errorGroups(tenant, fingerprints.slice(first, first + errorGroupsMax))))
  return described
}

/** The scripts that a message names, with the most of what the rule counts first; none where the rule is about one. */
function leadersOf(rule: Rule, scripts: readonly RecentScript[], statuses: readonly (keyof Totals)[]): Pick<Reading, 'scripts'> {
  if (rule.script !== undefined) return {}
  const counted = scripts.map((one) => ({ script: one.script, runs: countOf([one], statuses) })).filter(({ runs }) => runs > 0)
  return { scripts: counted.toSorted((one, other) => other.runs - one.runs).slice(0, leadersMax) }
}

function countOf(scripts: readonly RecentScript[], statuses: readonly (keyof Totals)[]): number {
  return scripts.reduce((sum, { counts }) => sum + sizeIn(counts, statuses), 0)
}

function sumOf(scripts: readonly RecentScript[]): Ended {
  return { success: countOf(scripts, ['success']), failed: countOf(scripts, ['failed']) }
}

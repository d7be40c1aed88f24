import { dayOf } from '../base/clock.ts'
import { formatDay } from '../base/format.ts'
import { errorPath, type Href, pathWith, scriptPath } from '../base/page-path.ts'
import { visibleText } from '../base/visible-text.ts'
import { titleOf } from '../event/fingerprint.ts'
import { rateRunsMin, successRate } from '../event/success-rate.ts'
import type { Analysis, Breakdown, Group } from '../store/analysis-port.ts'
import type { Totals } from '../store/count/totals.ts'
import { addTotals, sizeOf } from '../store/count/totals.ts'
import type { ErrorGroupFacts } from '../store/reader-port.ts'
import { shownText } from './message-part.ts'

/** Runs by outcome. `other` have no known end. */
export type Outcomes = {
  readonly runs: number
  readonly success: number
  readonly failed: number
  readonly aborted: number
  readonly other: number
  /** Successes among the runs that succeeded or failed; absent without one. */
  readonly successShare?: number
}

/** Rows of a list, and how many more there are with how many runs. */
export type Listed<Row> = { readonly rows: readonly Row[]; readonly others?: { readonly count?: number; readonly runs: number } }

export type NamedRuns = { readonly name: string; readonly runs: number }
/** A script with its page, over the days of the week. */
export type ScriptRuns = NamedRuns & { readonly path: Href }
export type ErrorRuns = {
  readonly fingerprint: string
  readonly title: string
  readonly path: Href
  readonly runs: number
  readonly runsBefore?: number
  /** Nobody had it before the week. */
  readonly isNew: boolean
}
export type FailingScript = {
  readonly name: string
  readonly path: Href
  /** Failures among the runs that ended. */
  readonly share: number
  readonly failed: number
  readonly ended: number
}

/** The numbers of a weekly report. Whoever gets the webhook gets them as they are. */
export type ReportFigures = {
  readonly week: number
  readonly year: number
  /** The first and the last day, `2026-02-23`. */
  readonly from: string
  readonly to: string
  readonly total: Outcomes
  readonly before?: Outcomes
  readonly days: readonly (Outcomes & { readonly day: string })[]
  readonly scripts: Listed<ScriptRuns>
  readonly failing: readonly FailingScript[]
  readonly errors: Listed<ErrorRuns>
  readonly types: Listed<NamedRuns>
  readonly systems: Listed<NamedRuns>
}

export type ReportFacts = {
  readonly analysis: Analysis
  readonly week: Pick<ReportFigures, 'week' | 'year'> & { readonly fromDay: number; readonly toDay: number }
  /** What is known of the groups of errors, by fingerprint. */
  readonly errors: ReadonlyMap<string, ErrorGroupFacts>
  /** Groups of errors that nobody wants to hear of. */
  readonly isMuted: (fingerprint: string) => boolean
}

/** Rows of a list of a report. */
export const listedMax = 5

/** The figures of a week, by the formulas of the dashboard. */
export function figuresOf({ analysis, week, errors, isMuted }: ReportFacts): ReportFigures {
  const { total, previous, series, by } = analysis
  const days = { from: formatDay(week.fromDay), to: formatDay(week.toDay) }
  const pathOf = (script: string) => pathWith(scriptPath(script), days)
  return {
    ...{ week: week.week, year: week.year, ...days },
    total: outcomesOf(total.counts),
    ...(previous !== undefined && { before: outcomesOf(previous.counts) }),
    days: series.map(({ start, counts }) => ({ day: formatDay(dayOf(start)), ...outcomesOf(counts) })),
    scripts: listRuns(by.script, listedMax, (script) => ({ path: pathOf(script) })),
    failing: failingOf(by.script?.groups ?? [], pathOf),
    errors: listErrors(by.error, errors, { isMuted, fromDay: week.fromDay }),
    types: listRuns(by.type, typesMax, () => ({})),
    systems: listRuns(by.os, listedMax, () => ({})),
  }
}

/** More than there are. */
export const typesMax = 8

function outcomesOf(counts: Totals): Outcomes {
  const { success, failed, aborted } = counts
  const runs = sizeOf(counts)
  const rate = successRate(counts)
  return { runs, success, failed, aborted, other: runs - success - failed - aborted, ...(rate.runs > 0 && { successShare: rate.share }) }
}

function listRuns<More>(breakdown: Breakdown | undefined, max: number, moreOf: (value: string) => More): Listed<NamedRuns & More> {
  if (breakdown === undefined) return { rows: [] }
  const { groups, distinct, rest, folded } = breakdown
  const rows = groups.slice(0, max)
  const cut = groups.slice(max).map(({ counts }) => counts)
  const runs = sizeOf(addTotals([...cut, rest, folded]))
  const isKnown = sizeOf(folded) === 0 // Nobody knows how many values were counted together.
  return {
    rows: rows.map(({ value, counts }) => ({ name: visibleText(value), runs: sizeOf(counts), ...moreOf(value) })),
    ...(runs > 0 && { others: { ...(isKnown && { count: distinct - rows.length }), runs } }),
  }
}

/** Scripts with fewer ended runs are no ranking. */
function failingOf(scripts: readonly Group[], pathOf: (script: string) => Href): readonly FailingScript[] {
  return scripts
    .map(({ value, counts }) => ({ value, failed: counts.failed, ...successRate(counts) }))
    .filter(({ runs, failed }) => runs >= rateRunsMin && failed > 0)
    .toSorted((one, other) => one.share - other.share || other.failed - one.failed)
    .slice(0, listedMax)
    .map(({ value, share, failed, runs }) => ({ name: visibleText(value), path: pathOf(value), share: 1 - share, failed, ended: runs }))
}

/** Failed runs by error. Those that a user aborted have groups too, and are no failures. */
function listErrors(
  breakdown: Breakdown | undefined,
  facts: ReportFacts['errors'],
  { isMuted, fromDay }: { readonly isMuted: (fingerprint: string) => boolean; readonly fromDay: number },
): Listed<ErrorRuns> {
  if (breakdown === undefined) return { rows: [] }
  const { groups, rest, folded } = breakdown
  const wanted = groups.filter(({ value, counts }) => counts.failed > 0 && !isMuted(value))
  const rows = wanted.toSorted((one, other) => other.counts.failed - one.counts.failed).slice(0, listedMax)
  const cut = groups.filter((group) => !rows.includes(group)).map(({ counts }) => counts)
  const runs = addTotals([...cut, rest, folded]).failed
  return {
    rows: rows.map(({ value, counts, previous }) => {
      const known = facts.get(value)
      return {
        ...{ fingerprint: value, path: errorPath(value), title: shownText(known?.title ?? titleOf({})), runs: counts.failed },
        ...(previous !== undefined && { runsBefore: previous.failed }),
        isNew: known !== undefined && dayOf(known.firstAt) >= fromDay,
      }
    }),
    ...(runs > 0 && { others: { runs } }),
  }
}

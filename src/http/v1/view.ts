import { successRate } from '../../event/success-rate.ts'
import { formatDay } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Breakdown, Bucket, DayRange, Durations, Grain, Group, Sum } from '../../store/analysis-port.ts'
import type { Totals } from '../../store/count/totals.ts'
import type { AnalystParts } from '../question/analyst.ts'
import { partialMarks } from '../question/partial.ts'
import type { Question } from '../question/question.ts'
import type { BreakdownView, CountsView, GroupView, OverviewAnswer, SumView } from './schema.ts'

/** Everything an analysis says beside its question. */
export type WholeView = Pick<OverviewAnswer, 'total' | 'previous' | 'grain' | 'series' | 'by'>
/** What was counted. */
export type HeadView = Pick<OverviewAnswer, 'range' | 'previous_range' | 'filter' | 'outside' | 'partial' | 'previous_partial'>

/** Says what was counted: the days that were answered, those compared with, the filters, and whether runs up to the sealed day are missing in it. */
export function viewHead(
  question: Question,
  { range, hasOutside }: Pick<Analysis, 'range' | 'hasOutside'>,
  sealing: Pick<AnalystParts, 'sealedDay'>,
): HeadView {
  const { selection, previous } = question
  return {
    ...(range !== undefined && { range: viewDays(range) }),
    ...(previous !== undefined && { previous_range: viewDays(previous) }),
    filter: { ...selection.filter },
    ...(hasOutside && { outside: true }),
    ...partialMarks(question, range, sealing),
  }
}

/** An analysis on the wire. */
export function viewWhole(analysis: Analysis, grain: Grain): WholeView {
  const by = Object.entries(analysis.by).map(([name, breakdown]) => [name, viewBreakdown(breakdown)] as const)
  return {
    total: viewSum(analysis.total),
    ...(analysis.previous !== undefined && { previous: viewSum(analysis.previous) }),
    grain,
    series: analysis.series.map(viewBucket),
    by: Object.fromEntries(by),
  }
}

/** Runs by status, their success rate and, where they are known, their durations. */
export function viewSum({ counts, durations }: Sum): SumView {
  return { ...viewTotals(counts), ...(durations !== undefined && { durations: viewDurations(durations) }) }
}

/** The runs that share a value. */
export function viewGroup(group: Group): GroupView {
  const { value, lastDay, previous, trend } = group
  return {
    value,
    ...viewSum(group),
    ...(previous !== undefined && { previous: viewTotals(previous) }),
    last_day: formatDay(lastDay),
    ...(trend !== undefined && { trend: [...trend] }),
  }
}

function viewBreakdown({ groups, distinct, rest, folded }: Breakdown): BreakdownView {
  return { groups: groups.map(viewGroup), distinct, rest: viewCounts(rest), folded: viewCounts(folded) }
}

function viewBucket(bucket: Bucket): OverviewAnswer['series'][number] {
  return { start: new Date(bucket.start).toISOString(), ...viewSum(bucket), medians: { ...bucket.medians } }
}

function viewTotals(counts: Totals) {
  const { share, runs } = successRate(counts)
  return { counts: viewCounts(counts), success_rate: { share: rounded(share, 6), runs } }
}

function viewCounts(counts: Totals): CountsView {
  return { runs: sumOf(counts), ...counts }
}

function viewDurations({ count, mean, p50, p95 }: Durations) {
  return { runs: count, mean: rounded(mean, 3), p50: rounded(p50, 3), p95: rounded(p95, 3) }
}

function viewDays({ fromDay, toDay }: DayRange) {
  return { from: formatDay(fromDay), to: formatDay(toDay) }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

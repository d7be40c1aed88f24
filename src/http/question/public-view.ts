import { sumOf } from '../../page/outcome.ts'
import type { Analysis, AnalysisQuery, Breakdown, Group, Sum } from '../../store/analysis-port.ts'
import type { Totals } from '../../store/count/totals.ts'
import { addTotals } from '../../store/count/totals.ts'
import { foldSeries, foldTrend } from './public-series.ts'

/** Counts all names that have too few runs to be shown to everybody. */
export const otherValue = 'other'

const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }

export type FoldRules = {
  /** PUBLIC_MIN_RUNS. */
  readonly runsMin: number
  /** How many names of each breakdown are wanted. */
  readonly by: AnalysisQuery['by']
  readonly isFiltered: boolean
}

/**
 * What everybody may see of an analysis: names with fewer than `runsMin` runs are counted under `other`, without what only the few could tell; nothing
 * tells of fewer runs over time, of fewer durations, or of fewer runs in the period before.
 * A filter that leaves so few runs itself leaves none: that the name exists is told by nothing.
 */
export function foldAnalysis(analysis: Analysis, { runsMin, by, isFiltered }: FoldRules): Analysis {
  if (isFiltered && sumOf(analysis.total.counts) < runsMin) return emptied(analysis)
  const { previous, ...rest } = analysis
  const folded = Object.entries(analysis.by).map(([name, breakdown]) => {
    const groupsMax = by[name as keyof typeof by] ?? breakdown.groups.length
    return [name, foldBreakdown(breakdown, runsMin, groupsMax)] as const
  })
  return {
    ...rest,
    total: withoutFewDurations(analysis.total, runsMin),
    ...(previous !== undefined && !isFew(previous.counts, runsMin) && { previous: withoutFewDurations(previous, runsMin) }),
    series: foldSeries(analysis.series, runsMin),
    by: Object.fromEntries(folded),
  }
}

/** A breakdown of `groupsMax` names at the most, without those that have too few runs; `distinct` counts the others. */
export function foldBreakdown({ groups, rest, folded }: Breakdown, runsMin: number, groupsMax = groups.length): Breakdown {
  const few = groups.filter(({ counts }) => sumOf(counts) < runsMin)
  const named = groups.filter(({ counts }) => sumOf(counts) >= runsMin).map((group) => foldGroup(group, runsMin))
  const others = few.length === 0 && sumOf(rest) === 0 ? [] : [foldGroups(few, rest)]
  return {
    groups: [...named.slice(0, groupsMax), ...others],
    distinct: named.length,
    rest: addTotals(named.slice(groupsMax).map(({ counts }) => counts)),
    folded,
  }
}

function foldGroup(group: Group, runsMin: number): Group {
  const { previous, trend, ...own } = group
  return {
    ...withoutFewDurations(own, runsMin),
    ...(previous !== undefined && !isFew(previous, runsMin) && { previous }),
    ...(trend !== undefined && { trend: foldTrend(trend, runsMin) }),
  }
}

/** `cut` counts names beyond the longest list there is, which have the fewest runs of all. */
function foldGroups(few: readonly Group[], cut: Totals): Group {
  const previous = few.some((group) => group.previous !== undefined)
  return {
    value: otherValue,
    counts: addTotals([...few.map(({ counts }) => counts), cut]),
    lastDay: Math.max(0, ...few.map(({ lastDay }) => lastDay)),
    ...(previous && { previous: addTotals(few.map((group) => group.previous ?? noRuns)) }),
  }
}

/** Some runs, and fewer than may be told of; none is not few. */
function isFew(counts: Totals, runsMin: number): boolean {
  const runs = sumOf(counts)
  return runs > 0 && runs < runsMin
}

function withoutFewDurations<Counted extends Sum>(sum: Counted, runsMin: number): Counted {
  const { durations, ...rest } = sum
  return durations === undefined || durations.count >= runsMin ? sum : (rest as Counted)
}

function emptied({ range, series, by, previous }: Analysis): Analysis {
  const nothing: Breakdown = { groups: [], distinct: 0, rest: noRuns, folded: noRuns }
  return {
    ...(range !== undefined && { range }),
    total: { counts: noRuns },
    ...(previous !== undefined && { previous: { counts: noRuns } }),
    series: series.map(({ start }) => ({ start, counts: noRuns, medians: {} })),
    by: Object.fromEntries(Object.keys(by).map((name) => [name, nothing])),
  }
}

import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Breakdown, Group } from '../../store/analysis-port.ts'
import { addTotals } from '../../store/count/totals.ts'
import type { Totals } from '../../store/reader-port.ts'

/** Counts all names that have too few runs to be shown to everybody. */
export const otherValue = 'other'

const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }

/**
 * What everybody may see of an analysis: names with fewer than `runsMin` runs are counted under `other`, without what only the few could tell.
 * A filter that leaves so few runs itself leaves none: that the name exists is told by nothing.
 */
export function foldAnalysis(analysis: Analysis, runsMin: number, isFiltered: boolean): Analysis {
  if (isFiltered && sumOf(analysis.total.counts) < runsMin) return emptied(analysis)
  const by = Object.entries(analysis.by).map(([name, breakdown]) => [name, foldBreakdown(breakdown, runsMin)] as const)
  return { ...analysis, by: Object.fromEntries(by) }
}

/** A breakdown without the names that have too few runs. */
export function foldBreakdown(breakdown: Breakdown, runsMin: number): Breakdown {
  const few = breakdown.groups.filter(({ counts }) => sumOf(counts) < runsMin)
  if (few.length === 0) return breakdown
  const groups = breakdown.groups.filter((group) => !few.includes(group))
  return { ...breakdown, groups: [...groups, foldGroups(few)] }
}

function foldGroups(few: readonly Group[]): Group {
  const previous = few.some((group) => group.previous !== undefined)
  return {
    value: otherValue,
    counts: addTotals(few.map(({ counts }) => counts)),
    lastDay: Math.max(...few.map(({ lastDay }) => lastDay)),
    ...(previous && { previous: addTotals(few.map((group) => group.previous ?? noRuns)) }),
  }
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

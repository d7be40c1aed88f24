import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import type { AxisName } from './count/axis.ts'
import { isRollupFilter } from './rollup/analysis.ts'

/**
 * What the first half counts by; the second half counts by all others, and over time. In roll-ups scripts cost as much as all others together, for their
 * durations. A walk through the runs reads other columns for each half.
 */
const firstOfRollups: ReadonlySet<AxisName> = new Set(['script'])
const firstOfRuns: ReadonlySet<AxisName> = new Set(['type', 'source', 'script', 'category', 'exit_code', 'error'])

/** Two questions that one is made of; nothing for one that is too small to be cut. */
export function splitQuery(query: AnalysisQuery): readonly [AnalysisQuery, AnalysisQuery] | undefined {
  const firstNames = isRollupFilter(query.filter) ? firstOfRollups : firstOfRuns
  const { grain, previous, ...rest } = query
  const byFirst = Object.fromEntries(Object.entries(query.by).filter(([name]) => firstNames.has(name as AxisName)))
  const bySecond = Object.fromEntries(Object.entries(query.by).filter(([name]) => !firstNames.has(name as AxisName)))
  if (Object.keys(byFirst).length === 0 || Object.keys(bySecond).length === 0) return undefined
  const isCompared = query.followed?.some((name) => name in bySecond) ?? true
  return [
    { ...rest, ...(previous && { previous }), by: byFirst },
    { ...rest, ...(previous && isCompared && { previous }), ...(grain && { grain }), by: bySecond },
  ]
}

/** The answer of the question that was cut. */
export function mergeHalves([first, second]: readonly [Analysis, Analysis]): Analysis {
  return { ...first, series: second.series, by: { ...first.by, ...second.by } }
}

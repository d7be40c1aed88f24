import type { Analysis, AnalysisQuery, Breakdown, Group } from './analysis-port.ts'
import type { AxisName } from './count/axis.ts'
import { breakdownsOf } from './count/breakdown-query.ts'
import { chooseGroups } from './count/group-choice.ts'
import { totalsOf } from './count/totals.ts'
import { isRollupFilter } from './rollup/analysis.ts'

/** Two questions that one is made of, and how their answers become its own. */
export type SplitQuery = {
  readonly halves: readonly [AnalysisQuery, AnalysisQuery]
  merge(answers: readonly [Analysis, Analysis]): Analysis
}

/**
 * What the first half counts by; the second half counts by all others, and over time. In roll-ups scripts cost as much as all others together, for their
 * durations, and groups of errors as much as what is left. A walk through the runs reads other columns for each half.
 */
const firstOfRuns: readonly AxisName[] = ['type', 'source', 'script', 'category', 'exit_code', 'error']

function firstOf({ filter, by }: AnalysisQuery): readonly AxisName[] {
  if (!isRollupFilter(filter)) return firstOfRuns
  return by.script === undefined ? ['error'] : ['script']
}

/** Cuts a question by what it counts by or, where that is too little and runs are walked through, into its range and the one compared with; nothing where neither pays. */
export function splitQuery(query: AnalysisQuery): SplitQuery | undefined {
  return splitByAxis(query) ?? splitByTime(query)
}

function splitByAxis(query: AnalysisQuery): SplitQuery | undefined {
  const firstNames = firstOf(query)
  const { grain, previous, ...rest } = query
  const byFirst = Object.fromEntries(Object.entries(query.by).filter(([name]) => firstNames.includes(name as AxisName)))
  const bySecond = Object.fromEntries(Object.entries(query.by).filter(([name]) => !firstNames.includes(name as AxisName)))
  if (Object.keys(byFirst).length === 0 || Object.keys(bySecond).length === 0) return undefined
  const isCompared = query.followed?.some((name) => name in bySecond) ?? true
  return {
    halves: [
      { ...rest, ...(previous && { previous }), by: byFirst },
      { ...rest, ...(previous && isCompared && { previous }), ...(grain && { grain }), by: bySecond },
    ],
    merge: ([first, second]) => ({ ...first, series: second.series, by: { ...first.by, ...second.by } }),
  }
}

function splitByTime({ previous, chosen, ...query }: AnalysisQuery): SplitQuery | undefined {
  if (previous === undefined || isRollupFilter(query.filter)) return undefined
  const compared = breakdownsOf({ ...query, previous }).filter((asked) => asked.previous !== undefined)
  const by = Object.fromEntries(compared.map(({ name }) => [name, Number.MAX_SAFE_INTEGER]))
  const { tenant, filter } = query
  return {
    halves: [query, { tenant, filter, range: previous, by, untimed: true }],
    merge: ([now, before]) => chooseGroups({ ...now, previous: before.total, by: compareAll(now, before, by) }, chosen),
  }
}

function compareAll(now: Analysis, before: Analysis, compared: AnalysisQuery['by']): Analysis['by'] {
  return Object.fromEntries(
    Object.entries(now.by).map(([name, breakdown]) => [
      name,
      name in compared ? compare(breakdown, before.by[name as AxisName]) : breakdown,
    ]),
  )
}

/** The groups with what they counted before. */
function compare({ groups, ...around }: Breakdown, before: Breakdown | undefined): Breakdown {
  const known = new Map(before?.groups.map(({ value, counts }) => [value, counts]))
  return { groups: groups.map((group): Group => ({ ...group, previous: known.get(group.value) ?? totalsOf([]) })), ...around }
}

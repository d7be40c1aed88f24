import type { AnalysisQuery, DayRange } from '../analysis-port.ts'
import type { AxisName } from './axis.ts'

/** What is asked of one breakdown. `previous` and `trendDays` are absent where its groups carry none. */
export type BreakdownQuery = {
  readonly name: AxisName
  readonly groupsMax: number
  readonly previous?: DayRange
  readonly trendDays?: number
}

/** The breakdowns of a query. */
export function breakdownsOf({ by, previous, trendDays, followed }: AnalysisQuery): readonly BreakdownQuery[] {
  return Object.entries(by).map(([key, groupsMax]) => {
    const name = key as AxisName
    if (followed !== undefined && !followed.includes(name)) return { name, groupsMax }
    return { name, groupsMax, ...(previous && { previous }), ...(trendDays !== undefined && { trendDays }) }
  })
}

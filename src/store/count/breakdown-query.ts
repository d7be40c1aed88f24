import type { AnalysisQuery, DayRange } from '../analysis-port.ts'
import type { AxisName } from './axis.ts'

/** What is asked of one breakdown. `previous` and `trendDays` are absent where its groups carry none; `isTimed` says whether they carry durations. */
export type BreakdownQuery = {
  readonly name: AxisName
  readonly groupsMax: number
  readonly previous?: DayRange
  readonly trendDays?: number
  readonly isTimed: boolean
}

/** The breakdowns of a query. */
export function breakdownsOf({ by, previous, trendDays, followed, untimed = false }: AnalysisQuery): readonly BreakdownQuery[] {
  return Object.entries(by).map(([key, groupsMax]) => {
    const name = key as AxisName
    const asked = { name, groupsMax, isTimed: name === 'script' && !untimed }
    if (followed !== undefined && !followed.includes(name)) return asked
    return { ...asked, ...(previous && { previous }), ...(trendDays !== undefined && { trendDays }) }
  })
}

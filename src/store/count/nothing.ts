import type { Analysis, AnalysisQuery, DayRange } from '../analysis-port.ts'
import { bucketsOf } from './bucket.ts'
import { totalsOf } from './totals.ts'

/** What an empty store answers, and one in which no run can match. */
export function answerNothing(query: AnalysisQuery, range: DayRange | undefined): Analysis {
  const nothing = { counts: totalsOf([]) }
  const buckets = range === undefined || query.grain === undefined ? [] : bucketsOf(range, query.grain).starts
  const breakdown = { groups: [], distinct: 0, rest: nothing.counts, folded: nothing.counts }
  return {
    ...(range && { range }),
    total: nothing,
    ...(query.previous && { previous: nothing }),
    series: buckets.map((start) => ({ start, ...nothing, medians: {} })),
    by: Object.fromEntries(Object.keys(query.by).map((name) => [name, breakdown])),
  }
}

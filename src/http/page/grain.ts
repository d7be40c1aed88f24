import type { DayRange, Grain } from '../../store/analysis-port.ts'
import { grainOf } from '../question/question.ts'

/** As many days are drawn one by one: the table behind each chart has a row for each, and a page weighs at most 15 KB. */
const drawnDaysMax = 31

/** The buckets in which a page draws a range. They are those of the API, but more days than a page has room for are drawn by week. */
export function drawnGrainOf(range: DayRange | undefined): Grain {
  const grain = grainOf(range)
  return grain === 'day' && range !== undefined && range.toDay - range.fromDay >= drawnDaysMax ? 'week' : grain
}

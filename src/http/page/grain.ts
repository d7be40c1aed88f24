import type { DayRange, Grain } from '../../store/analysis-port.ts'
import { grainOf } from '../question/question.ts'

/** As many days are drawn one by one, and more by week: the table behind each chart has a row for each, and a page weighs at most 15 KB. */
const drawnDaysMax = 31
/** Half a year; what is longer is drawn by month. */
const drawnWeekDaysMax = 186

/** The buckets in which a page draws a range. They are those of the API, but wider where it has more of them than a page has room for. */
export function drawnGrainOf(range: DayRange | undefined): Grain {
  const grain = grainOf(range)
  if (range === undefined || grain === 'hour') return grain
  const days = range.toDay - range.fromDay + 1
  if (days > drawnWeekDaysMax) return 'month'
  return days > drawnDaysMax ? 'week' : grain
}

import type { DayRange } from '../store/analysis-port.ts'
import type { Selection } from './address.ts'
import { formatDay, formatMany } from './format.ts'

/**
 * Which days a page counts, beside its title: `30 days, 2026-02-01 to 2026-03-02 (UTC)`. That a running day is compared with a whole one is said, where the
 * page compares: what is kept by the day does not know what came until this hour.
 */
export function leadOf({ period, compares }: Pick<Selection, 'period' | 'compares'>, { fromDay, toDay }: DayRange): string {
  const days = formatMany(toDay - fromDay + 1, 'day')
  if (period === 'today') return `today, ${formatDay(fromDay)} (UTC)${compares ? ', beside the whole of yesterday' : ''}`
  if (fromDay === toDay) return `${formatDay(fromDay)} (UTC)`
  return `${days}, ${formatDay(fromDay)} to ${formatDay(toDay)} (UTC)`
}

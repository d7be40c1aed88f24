import type { DayRange } from '../store/analysis-port.ts'
import type { Selection } from './address.ts'
import { formatDay, formatMany } from './format.ts'

/** Which days a page counts, beside its title: `30 days, 2026-02-01 to 2026-03-02 (UTC)`. */
export function leadOf({ period }: Pick<Selection, 'period'>, { fromDay, toDay }: DayRange): string {
  const days = formatMany(toDay - fromDay + 1, 'day')
  if (fromDay === toDay) return `${period === 'today' ? 'today, ' : ''}${formatDay(fromDay)} (UTC)`
  return `${days}, ${formatDay(fromDay)} to ${formatDay(toDay)} (UTC)`
}

import { dayMs, dayOf } from '../../base/clock.ts'
import { readDay } from '../../base/day.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { Period } from '../../page/address.ts'
import { formatDay } from '../../page/format.ts'
import type { DayRange } from '../../store/analysis-port.ts'

const daysOfPeriod: Readonly<Record<Exclude<Period, 'all'>, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90, '365d': 365 }

/** The days of a period by name: today (UTC) and those before; nothing for all. */
export function rangeOfPeriod(period: Period, now: number): DayRange | undefined {
  return period === 'all' ? undefined : rangeOfDays(daysOfPeriod[period], now)
}

/** So many days, the last of which is today (UTC). */
export function rangeOfDays(days: number, now: number): DayRange {
  const today = dayOf(now)
  return { fromDay: today - days + 1, toDay: today }
}

/** The same number of days just before. */
export function previousOf({ fromDay, toDay }: DayRange): DayRange {
  return { fromDay: fromDay - (toDay - fromDay + 1), toDay: fromDay - 1 }
}

type OwnDays = { readonly period: { readonly from: string; readonly to: string }; readonly range: DayRange }

const daysMax = 3_660

/** A first and a last day as `2026-03-01`; without a last one, or with one in the future, up to today. */
export function readOwnDays(from: string | undefined, to: string | undefined, now: number): Result<OwnDays, Refusal> {
  const today = dayOf(now)
  if (from === undefined) return err(refusal('parameter_invalid', 'from', 'without_from'))
  const fromDay = readDayNumber(from)
  if (fromDay === undefined) return err(refusal('parameter_invalid', 'from', 'not_a_day'))
  const lastDay = to === undefined ? today : readDayNumber(to)
  if (lastDay === undefined) return err(refusal('parameter_invalid', 'to', 'not_a_day'))
  if (fromDay > today) return err(refusal('parameter_invalid', 'from', 'in_the_future'))
  if (fromDay > lastDay) return err(refusal('parameter_invalid', 'from', 'after_to'))
  const toDay = Math.min(lastDay, today)
  if (toDay - fromDay >= daysMax) return err(refusal('parameter_invalid', 'from', 'too_many_days'))
  return ok({ period: { from: formatDay(fromDay), to: formatDay(toDay) }, range: { fromDay, toDay } })
}

/** The day of a text, in days since 1970; undefined for a day before, and for what is none. */
function readDayNumber(text: string): number | undefined {
  const start = readDay(text)
  return start === undefined || start < 0 ? undefined : start / dayMs
}

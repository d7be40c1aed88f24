import { dayMs } from '../../base/clock.ts'
import type { DayRange, Grain } from '../analysis-port.ts'
import { dayOfMonth, monthOfDay } from './month.ts'
import { dayOfWeek, weekOfDay } from './week.ts'

const hourMs = 3_600_000
const hoursADay = 24

/** The buckets of a series: the first millisecond of each, oldest first, and which one a day (or an hour of the last day) belongs to. */
export type Buckets = { readonly starts: readonly number[]; indexOf(place: number): number }

/** The buckets that a range touches at a grain. `indexOf` takes a day, at grain `hour` the hour of the last day. */
export function bucketsOf({ fromDay, toDay }: DayRange, grain: Grain): Buckets {
  if (grain === 'hour')
    return { starts: Array.from({ length: hoursADay }, (_, hour) => toDay * dayMs + hour * hourMs), indexOf: (hour) => hour }
  const { numberOf, firstDay } = units[grain]
  const first = numberOf(fromDay)
  const count = numberOf(toDay) - first + 1
  return { starts: Array.from({ length: count }, (_, index) => firstDay(first + index) * dayMs), indexOf: (day) => numberOf(day) - first }
}

/** Says which number a day belongs to, and with which day a number begins. */
export type Unit = { numberOf(day: number): number; firstDay(number: number): number }

/** Days, weeks and months by a number that counts on. */
export const units: Readonly<Record<Exclude<Grain, 'hour'>, Unit>> = {
  day: { numberOf: (day) => day, firstDay: (day) => day },
  week: { numberOf: weekOfDay, firstDay: dayOfWeek },
  month: { numberOf: monthOfDay, firstDay: dayOfMonth },
}

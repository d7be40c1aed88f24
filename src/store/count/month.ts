import { dayMs } from '../../base/clock.ts'

/** The month that a day lies in. */
export function monthOfDay(day: number): number {
  const date = new Date(day * dayMs)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** The first day of a month. */
export function dayOfMonth(month: number): number {
  return Date.UTC(1970, month) / dayMs
}

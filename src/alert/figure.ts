import { formatCount, formatMany, formatMinute } from '../base/format.ts'

/** `1,234` or `31.3`: whole numbers as they are, others with one digit behind the point. */
export function sayNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(1)
}

/** A number with the unit of a kind of rule: `1 run`, `1,000 runs`, `12.5 %`. */
export function sayAmount(value: number, unit: string): string {
  return `${sayNumber(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`
}

/** A moment as `2026-03-01 12:34 UTC`. */
export function sayMoment(ms: number): string {
  return `${formatMinute(ms)} UTC`
}

/** Minutes in the largest unit that fits evenly: `90 minutes`, `24 hours`, `2 days`. */
export function spanOf(minutes: number): string {
  if (minutes % 1_440 === 0 && minutes > 1_440) return formatMany(minutes / 1_440, 'day')
  return minutes % 60 === 0 ? formatMany(minutes / 60, 'hour') : formatMany(minutes, 'minute')
}

/** What a window covers: `the last 24 hours`, `the last hour`. */
export function lastOf(minutes: number): string {
  return `the last ${minutes === 60 ? 'hour' : spanOf(minutes)}`
}

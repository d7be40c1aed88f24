import { dayMs } from '../base/clock.ts'
import { readDay } from '../base/day.ts'
import { err, ok, type Result } from '../base/result.ts'

/** Days of UTC on the command line, both included. */
export type DayFlags = { readonly from?: string; readonly until?: string }
/** From a moment on and before another, in milliseconds since 1970. */
export type DayRange = { readonly from: number; readonly to: number }

/** The time that the days name; without one it has no end on that side. */
export function readDayRange({ from, until }: DayFlags): Result<DayRange, string> {
  const first = from === undefined ? Number.MIN_SAFE_INTEGER : readDay(from)
  const last = until === undefined ? Number.MAX_SAFE_INTEGER : readDay(until)
  if (first === undefined) return err(`--from is ${JSON.stringify(from?.slice(0, 40))}: must be a day like 2026-01-31`)
  if (last === undefined) return err(`--until is ${JSON.stringify(until?.slice(0, 40))}: must be a day like 2026-01-31`)
  return ok({ from: first, to: until === undefined ? last : last + dayMs })
}

import { dayMs } from '../base/clock.ts'
import { readDay } from '../base/day.ts'

/** Numbers below this are seconds since 1970, as shells write them; from here on they are milliseconds (1973 on the one scale, 5138 on the other). */
const secondsBelow = 1e11

/** Matches 2026-11-22T11:40:42Z, 2026-11-22T11:40:42.5+02:00 (RFC 3339); not a time without a zone, whose meaning depends on who reads it. */
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/

/** The time a client gives for its event, in milliseconds since 1970 UTC: RFC 3339, or seconds or milliseconds as a number. Undefined for anything else. */
export function readEventTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? readText(value) : value
  if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) return undefined
  return Math.trunc(time < secondsBelow ? time * 1_000 : time)
}

function readText(text: string): number {
  const isTime = text.length <= 40 && rfc3339.test(text) && readDay(text.slice(0, 10)) !== undefined
  return isTime ? Date.parse(text.replace(' ', 'T')) : Number.NaN
}

/** Nothing of this kind is older: what says so was dated by a clock that nobody had set, or by another hand. */
export const earliestEventMs = Date.UTC(2000, 0, 1)

/** When something of another's record happened, as far as it can have: clocks that run ahead by less than a day are set back to `now`; undefined for any other time. */
export function believeTime(at: number | undefined, now: number): number | undefined {
  return at !== undefined && isBelievable(at, now) ? Math.min(at, now) : undefined
}

/** Whether a time is neither before all events nor more than a day ahead of `now`. */
export function isBelievable(at: number, now: number): boolean {
  return at >= earliestEventMs && at <= now + dayMs
}

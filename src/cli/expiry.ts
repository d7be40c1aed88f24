import { dayMs } from '../base/clock.ts'
import { readDay } from '../base/day.ts'
import { err, ok, type Result } from '../base/result.ts'

const hourMs = 3_600_000
const unitMs: Readonly<Record<string, number>> = { h: hourMs, d: dayMs, w: 7 * dayMs }
const yearsMax = 100

/** When a key or a silence ends: `90d`, `12h`, `8w` from now, or a day (`2027-01-31`, its end in UTC). Never in the past. The fault names the flag that the text was given with. */
export function readExpiry(text: string, now: number, flag = '--expires'): Result<number, string> {
  const end = readSpan(text, now) ?? endOfDay(text)
  if (end === undefined)
    return err(`${flag} is ${JSON.stringify(text.slice(0, 40))}: must be a date like 2027-01-31 or a time from now like 12h, 90d or 8w`)
  if (end <= now) return err(`${flag} is ${JSON.stringify(text)}: must lie in the future`)
  if (end > now + yearsMax * 366 * dayMs) return err(`${flag} is ${JSON.stringify(text)}: must lie within ${yearsMax} years`)
  return ok(end)
}

function readSpan(text: string, now: number): number | undefined {
  // Matches "90d", "12h"; not "90", "1.5d", "-1d".
  const match = /^([0-9]{1,9})([hdw])$/.exec(text)
  return match === null ? undefined : now + Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0)
}

function endOfDay(text: string): number | undefined {
  const start = readDay(text)
  return start === undefined ? undefined : start + dayMs - 1
}

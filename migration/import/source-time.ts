/** Numbers below this are seconds since 1970, from here on milliseconds. */
const secondsBelow = 1e11

/** The last moment that a date can have. */
const timeMax = 8_640_000_000_000_000

/**
 * Matches 2026-03-01T12:00:00Z, 2026-03-01 12:00:00.123456789+02:00, 2026-03-01 12:00:00.000 UTC and 2026-03-01T12:00:00 (UTC); not a bare date.
 */
const timeForm = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/i

/** A time of any form that earlier services wrote, in milliseconds since 1970 UTC; undefined for anything else. */
export function readSourceTime(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 0 && value <= timeMax ? Math.trunc(value < secondsBelow ? value * 1_000 : value) : undefined
  const match = typeof value === 'string' && value.length <= 48 ? timeForm.exec(value.trim()) : null
  if (match === null) return undefined
  const [, day, time, fraction = '', zone = 'Z'] = match
  const offset = /^(?:Z|UTC)$/i.test(zone) ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
  const at = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${offset}`)
  return Number.isNaN(at) ? undefined : at
}

const hourMs = 3_600_000
/** Two hours of a day: matches `22-6` and `08-17`, not `22`, `24-6`, `22:30-6` or `-1-6`. */
const form = /^([01]?[0-9]|2[0-3])-([01]?[0-9]|2[0-3])$/

/** Quiet hours as a rule keeps them, from one hour up to another, UTC: `22-6`. Undefined for what is none; a day has an hour to speak in. */
export function readQuiet(text: string): string | undefined {
  const [, from, to] = form.exec(text.trim()) ?? []
  return from === undefined || to === undefined || Number(from) === Number(to) ? undefined : `${Number(from)}-${Number(to)}`
}

/** Whether the moment lies in the quiet hours. They begin with the first millisecond of the one hour and end with the first of the other. */
export function isQuietAt(quiet: string | undefined, now: number): boolean {
  if (quiet === undefined) return false
  const [from = 0, to = 0] = quiet.split('-').map(Number)
  const hour = Math.floor(now / hourMs) % 24
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}

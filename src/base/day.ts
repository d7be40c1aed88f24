/** The first millisecond of a day as 2027-01-31, in UTC; undefined for anything else, also for a day that no calendar has. */
export function readDay(text: string): number | undefined {
  // Matches 2026-03-01; not 2026-3-1.
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return undefined
  const start = Date.parse(`${text}T00:00:00Z`)
  // Date.parse takes 2027-02-31 for the third of March.
  return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text ? undefined : start
}

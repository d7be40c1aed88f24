const daysAWeek = 7
/** The first day of 1970 was a Thursday. */
const daysSinceMonday = 3

/** The week, from Monday, that a day lies in; that of 1970-01-01 is 0. */
export function weekOfDay(day: number): number {
  return Math.floor((day + daysSinceMonday) / daysAWeek)
}

/** The Monday of a week. */
export function dayOfWeek(week: number): number {
  return week * daysAWeek - daysSinceMonday
}

import type { AgedRuns, StoreWriter } from '../store/port.ts'

/** Runs of the day `lastDay` (in days since 1970) and of all before it go. */
export type RetentionQuestion = { readonly lastDay: number }
/** Of one tenant, or of all. */
export type RetentionPreviewQuestion = RetentionQuestion & { readonly tenant?: string }

/** How many runs one step removed, and whether there are no more. */
export type Retired = { readonly changed: number; readonly isDone: boolean }

/** Runs removed in one step: events wait for it some milliseconds. */
const stepRuns = 100
/** Under this name the store keeps the last day that was asked for. */
const consumerName = 'retention'
/** Days by which the line may move from one look to the next. */
const leapDays = 31

/**
 * Removes a few of the runs that are too old. Their days are sealed before the first one goes, so that sums stay what they are; of each run its key stays,
 * so that no later report counts it again. A line that leaps, as at the first look or under a clock that was set wrong, is only written down: the next look,
 * a day later, goes by it if it still holds.
 */
export function retireRuns(store: Pick<StoreWriter, 'seal' | 'retire' | 'cursor' | 'moveCursor'>, { lastDay }: RetentionQuestion): Retired {
  const asked = store.cursor(consumerName)
  if (lastDay !== asked) store.moveCursor(consumerName, lastDay)
  if (lastDay > asked + leapDays) return { changed: 0, isDone: true }
  store.seal(lastDay)
  const changed = store.retire(stepRuns)
  return { changed, isDone: changed < stepRuns }
}

/** What a look would remove: none while it only draws the line. Nothing is changed. */
export function previewRetired(
  store: Pick<StoreWriter, 'agedRuns' | 'cursor'>,
  { lastDay, tenant }: RetentionPreviewQuestion,
): AgedRuns & { readonly isLeap: boolean } {
  const isLeap = lastDay > store.cursor(consumerName) + leapDays
  return isLeap ? { count: 0, isLeap } : { ...store.agedRuns(lastDay, tenant), isLeap }
}

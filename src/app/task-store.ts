import { dayMs, dayOf, systemClock } from '../base/clock.ts'
import type { Settings } from '../config.ts'
import type { RetentionState } from '../http/page/system-state.ts'
import { repeatStep } from '../timer/step.ts'
import type { Task } from '../timer/timetable.ts'
import type { Back } from './back.ts'
import type { TaskParts } from './task.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** The timer that gives up runs without an end. */
export const stuckTimer = 'stuck'

/** What changes runs by the clock, and frees the journal of them. */
export function storeTasks({ settings, back }: TaskParts): readonly Task[] {
  const stuck: Task = {
    name: stuckTimer,
    purpose: `gives up runs of which nothing was heard for ${settings.cleanupStuckHours} h`,
    everyMs: settings.cleanupIntervalMin * minuteMs,
    run: (signal) => giveUpStuck(signal, settings, back),
  }
  const traces: Task = {
    name: 'traces',
    purpose: `removes logs of runs after ${settings.retentionTraceDays} days`,
    everyMs: dayMs,
    run: (signal) => removeTraces(signal, settings, back),
  }
  const runs: Task = {
    name: 'runs',
    purpose: `removes runs after ${settings.retentionDays} days; their sums stay`,
    everyMs: dayMs,
    run: (signal) => retireRuns(signal, settings, back),
  }
  return [
    ...(settings.cleanupEnabled ? [stuck] : []),
    ...(settings.retentionEnabled ? [traces, runs] : []),
    crossTask(back),
    journalTask(back),
  ]
}

/** A day is made at once when it is over, and once more for all reports that came for it within a period. */
export function crossTask(back: Pick<Back, 'thread'>): Task {
  return {
    name: 'days',
    purpose: 'counts days that are over by every value, so that filters are quick',
    everyMs: 10 * minuteMs,
    isBrief: true,
    firstAfterMs: minuteMs,
    run: (signal) => repeatStep(signal, async () => (await back.thread()).crossDay()),
  }
}

/** Gives up what is stuck at this moment. Gives the number of runs. */
export function giveUpStuck(signal: AbortSignal, settings: Settings, back: Back): Promise<number> {
  const question = stuckNow(settings) // One moment for all steps: what falls due meanwhile is the next run's.
  return repeatStep(signal, async () => (await back.thread()).giveUpStuck(question))
}

/** What counts as stuck at this moment. */
export function stuckNow({ cleanupStuckHours }: Settings) {
  return { now: systemClock.now(), stuckMs: cleanupStuckHours * hourMs }
}

function removeTraces(signal: AbortSignal, { retentionTraceDays }: Settings, back: Back): Promise<number> {
  const before = systemClock.now() - retentionTraceDays * dayMs
  let after = 0
  return repeatStep(signal, async () => {
    const step = await (await back.thread()).removeOldTraces({ before, after })
    after = step.after
    return step
  })
}

/** What the next runs of the retention would remove, of one tenant or of all. Nothing is changed; the moments are those at which the two timers are due. */
export async function previewRetention(
  { retentionDays, retentionTraceDays }: Settings,
  back: { thread(): Promise<Previewing> },
  due: { readonly runs: number; readonly traces: number },
  tenant?: string,
): Promise<RetentionState> {
  const lastDay = lastDayOf(due.runs, retentionDays)
  const before = due.traces - retentionTraceDays * dayMs
  const of = tenant === undefined ? {} : { tenant }
  const thread = await back.thread()
  let after = 0
  const count = await repeatStep(new AbortController().signal, async () => {
    const step = await thread.countOldTraces({ ...of, before, after })
    after = step.after
    return step
  })
  return { runs: { ...(await thread.previewRetired({ ...of, lastDay })), lastDay, at: due.runs }, logs: { count, before, at: due.traces } }
}

type Previewing = Pick<Awaited<ReturnType<Back['thread']>>, 'countOldTraces' | 'previewRetired'>

/** Whole days that lie further back than any event may be dated. */
function lastDayOf(now: number, retentionDays: number): number {
  return dayOf(now) - retentionDays - 1
}

function retireRuns(signal: AbortSignal, { retentionDays }: Settings, back: Back): Promise<number> {
  const lastDay = lastDayOf(systemClock.now(), retentionDays)
  return repeatStep(signal, async () => (await back.thread()).retireRuns({ lastDay }))
}

/**
 * The store's thread frees the journal every two seconds. This counts what it freed, and fails when entries that were consumed a minute ago
 * are still not durable: something keeps the store from its checkpoint, and the journal fills.
 */
export function journalTask(back: Pick<Back, 'thread'>): Task {
  let last: { readonly cursor: number; readonly durable: number } | undefined
  return {
    name: 'journal',
    purpose: 'frees the journal of events that the store has on disk',
    everyMs: minuteMs,
    isBrief: true,
    run: async () => {
      const status = await (await back.thread()).status()
      const before = last
      last = status
      if (before === undefined) return 0
      if (status.durable < before.cursor) throw new Error('the journal is not freed: something keeps the store from its checkpoint')
      return Math.max(0, status.durable - before.durable)
    },
  }
}

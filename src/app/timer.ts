import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { RetentionState } from '../http/page/system-state.ts'
import { type Task, Timetable } from '../timer/timetable.ts'
import { auditTasks } from './audit.ts'
import { erasuresTimer, keepingTasks, type TaskParts, watchingTasks } from './task.ts'
import { backupTasks } from './task-backup.ts'
import { giveUpStuck, previewRetention, storeTasks, stuckNow, stuckTimer } from './task-store.ts'

export type TimerOptions = TaskParts & { readonly log: Log }

/** How often it is looked whether something is due: what is due most often comes round every quarter of a second. */
const tickMs = 100

/** The timers of the service, and the way to ask of those that can be asked. */
export type ServiceTimers = ReturnType<typeof openTimers>

/** Opens the one table of what is done by the clock; nothing runs before `start`. */
export function openTimers(options: TimerOptions) {
  const { settings, access, back, log } = options
  const tasks = [
    ...storeTasks(options),
    ...backupTasks(options),
    ...keepingTasks(options),
    ...auditTasks(options),
    ...watchingTasks(options),
  ]
  const timetable = new Timetable({ tasks, states: access.timerStates, clock: systemClock, log })
  let ticking: ReturnType<typeof setInterval> | undefined

  /** Begins to look at the clock; the tasks of what faces the network are there by then. */
  function start(more: readonly Task[]): void {
    for (const task of more) timetable.add(task)
    ticking = setInterval(() => void timetable.tick(), tickMs)
  }

  async function stop(): Promise<void> {
    clearInterval(ticking)
    await timetable.stop()
  }

  /** Gives the runs up that are stuck now, also where no timer does. Nothing when that failed. */
  async function giveUpNow(): Promise<number | undefined> {
    if (!settings.cleanupEnabled) return giveUpStuck(new AbortController().signal, settings, back)
    const state = await timetable.runNow(stuckTimer)
    return state?.result === 'done' ? state.changed : undefined
  }

  /** What the next runs of the retention remove, of one tenant or of all; undefined while it is off. */
  async function preview(tenant?: string): Promise<RetentionState | undefined> {
    const [runs, traces] = ['runs', 'traces'].map((name) => timetable.list().find((task) => task.name === name))
    return runs === undefined || traces === undefined
      ? undefined
      : previewRetention(settings, back, { runs: runs.dueAt, traces: traces.dueAt }, tenant)
  }

  return {
    start,
    preview,
    stop,
    list: () => timetable.list(),
    find: (name: string) => timetable.find(name),
    countStuck: async (tenant: string) => (await back.thread()).countStuck({ tenant, ...stuckNow(settings) }),
    giveUpStuck: giveUpNow,
    /** Begins with the erasures that were asked for; one that fails is logged, and tried again by the clock. */
    beginErasures: () => void timetable.runNow(erasuresTimer),
  }
}

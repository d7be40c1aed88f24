import type { Access } from './access/access.ts'
import type { Back } from './app-back.ts'
import { dayMs, dayOf, systemClock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import type { Settings } from './config.ts'
import { repeatStep } from './timer/step.ts'
import { type Task, Timetable } from './timer/timetable.ts'

export type TimerOptions = { readonly settings: Settings; readonly access: Access; readonly back: Back; readonly log: Log }

const minuteMs = 60_000
const hourMs = 3_600_000
/** How often it is looked whether something is due. */
const tickMs = 1_000
/** How long what was done to access rights is remembered. */
const auditDays = 400
/** The timer that gives up runs without an end. */
export const stuckTimer = 'stuck'

/** The timers of the service, and the way to ask of those that can be asked. */
export type ServiceTimers = ReturnType<typeof openTimers>

/** Opens the table of timers; none runs before `start`. */
export function openTimers(options: TimerOptions) {
  const { settings, access, back, log } = options
  const timetable = new Timetable({ tasks: tasksOf(options), states: access.timerStates, clock: systemClock, log })
  let ticking: ReturnType<typeof setInterval> | undefined

  function start(): void {
    ticking = setInterval(() => void timetable.tick(), tickMs)
  }

  async function stop(): Promise<void> {
    clearInterval(ticking)
    await timetable.stop()
  }

  return {
    start,
    stop,
    list: () => timetable.list(),
    countStuck: async (tenant: string) => (await back.thread()).countStuck({ tenant, ...stuckNow(settings) }),
    /** Gives the runs up that are stuck now, also where no timer does. Nothing when that failed. */
    giveUpStuck: () => runStuck(timetable, options),
  }
}

/** The one table of name and period. */
function tasksOf({ settings, access, back }: TimerOptions): readonly Task[] {
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
    {
      name: 'audit',
      purpose: `removes entries of the audit after ${auditDays} days`,
      everyMs: hourMs,
      run: async () => access.audit.trim(systemClock.now() - auditDays * dayMs),
    },
  ]
}

async function runStuck(timetable: Timetable, { settings, back }: TimerOptions): Promise<number | undefined> {
  if (!settings.cleanupEnabled) return giveUpStuck(new AbortController().signal, settings, back)
  const state = await timetable.runNow(stuckTimer)
  return state?.result === 'done' ? state.changed : undefined
}

function giveUpStuck(signal: AbortSignal, settings: Settings, back: Back): Promise<number> {
  const question = stuckNow(settings) // One moment for all steps: what falls due meanwhile is the next run's.
  return repeatStep(signal, async () => (await back.thread()).giveUpStuck(question))
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

/** Whole days that lie further back than any event may be dated. */
function retireRuns(signal: AbortSignal, { retentionDays }: Settings, back: Back): Promise<number> {
  const lastDay = dayOf(systemClock.now()) - retentionDays - 1
  return repeatStep(signal, async () => (await back.thread()).retireRuns({ lastDay }))
}

function stuckNow({ cleanupStuckHours }: Settings) {
  return { now: systemClock.now(), stuckMs: cleanupStuckHours * hourMs }
}

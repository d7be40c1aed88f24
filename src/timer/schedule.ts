import type { Log } from '../base/log.ts'

/** Work that comes round: its name, its period and what to do. */
export type Timer = { readonly name: string; readonly everyMs: number; readonly run: () => void | Promise<void> }

export type Schedule = { stop(): void }

/** Starts every timer of the table. A run that is still going is not started a second time; one that fails is logged and comes round again. */
export function startTimers(timers: readonly Timer[], log: Log): Schedule {
  const handles = timers.map((timer) => {
    let isRunning = false
    return setInterval(async () => {
      if (isRunning) return
      isRunning = true
      try {
        await timer.run()
      } catch (fault) {
        log.error({ timer: timer.name, fault: fault instanceof Error ? fault.name : 'unknown' }, 'timer failed')
      } finally {
        isRunning = false
      }
    }, timer.everyMs)
  })
  return { stop: () => handles.forEach(clearInterval) }
}

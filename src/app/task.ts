import { join } from 'node:path'
import type { Access } from '../access/access.ts'
import type { Alerts } from '../alert/alerts.ts'
import type { Backups } from '../archive/backups.ts'
import type { Erasures } from '../archive/erasures.ts'
import { dayMs, systemClock } from '../base/clock.ts'
import { removeLogFiles } from '../base/log-file.ts'
import type { Settings } from '../config.ts'
import { checkFiles, checkSums } from '../store/check-thread.ts'
import type { Task } from '../timer/timetable.ts'
import type { Back } from './back.ts'
import { pathsOf } from './folder.ts'

export type TaskParts = {
  readonly settings: Settings
  readonly access: Access
  readonly back: Back
  readonly backups: Backups
  readonly erasures: Erasures
  readonly alerts: Alerts
}

const minuteMs = 60_000
const hourMs = 3_600_000
/** How soon a message that waits for another attempt is looked for. */
const sendMs = 10_000
const reportMs = 15 * minuteMs
const rateSliceMs = 250
/** When a new service is checked first. */
const checkAfterMs = 10 * minuteMs
/** The timer that looks at the rules. */
export const alertsTimer = 'alerts'
/** The timer that erases what was asked for. */
export const erasuresTimer = 'erasures'
/** How long log files are kept. */
const logDays = 7

/** What keeps the folder in order: old notes and log files go, what waits in memory is written, files and sums are checked. */
export function keepingTasks({ settings, access, back, erasures }: TaskParts): readonly Task[] {
  const { dataDir, logDir } = settings
  const { journalPath, storePath } = pathsOf(settings)
  const files = [journalPath, storePath, join(dataDir, 'access.db'), join(dataDir, 'rate.db')]
  const logs: readonly Task[] =
    logDir === undefined
      ? []
      : [
          {
            name: 'logs',
            purpose: `removes log files after ${logDays} days`,
            everyMs: hourMs,
            run: async () => removeLogFiles(logDir, systemClock.now() - logDays * dayMs),
          },
        ]
  return [
    ...logs,
    {
      ...{ name: erasuresTimer, purpose: 'finishes erasures that were cut off or wait for PocketBase', everyMs: minuteMs, isBrief: true }, // Due at each start.
      run: () => erasures.run(),
    },
    {
      ...{ name: 'integrity', purpose: 'looks for damage in every database', everyMs: dayMs, firstAfterMs: checkAfterMs },
      run: (signal) => checkFiles(files, signal),
    },
    {
      ...{ name: 'sums', purpose: 'counts all runs again and compares sums and columns', everyMs: 7 * dayMs, firstAfterMs: checkAfterMs },
      run: async (signal) => {
        await back.thread() // A store that is being brought up to date is no store to check.
        return checkSums(storePath, signal)
      },
    },
    beat('rate-slots', 'writes the rate limit down, so that a restart does not reset it', rateSliceMs, () => access.rateFile.writeSlice()),
    beat('key-use', 'writes down when keys were used', minuteMs, () => access.keyRing.saveUse()),
    beat('session-use', 'writes down when sessions were used', minuteMs, () => access.sessions.save()),
  ]
}

/** What looks at the service and tells a human. */
export function watchingTasks({ settings, alerts }: TaskParts): readonly Task[] {
  if (!alerts.isEnabled) return []
  const report: Task = {
    name: 'weekly-report',
    purpose: 'writes the report of the last week, once, from Monday 08:00 UTC on',
    everyMs: reportMs,
    run: () => alerts.report(),
  }
  return [
    { name: alertsTimer, purpose: 'looks at the rules', everyMs: settings.alertCheckIntervalMin * minuteMs, run: () => alerts.check() },
    {
      ...{ name: 'alert-sending', purpose: 'sends messages that wait', everyMs: sendMs, isBrief: true },
      run: async () => alerts.pump(),
    },
    ...(settings.weeklyReportEnabled ? [report] : []),
  ]
}

/** Work that takes little and comes round often. */
export function beat(name: string, purpose: string, everyMs: number, work: () => void): Task {
  return {
    ...{ name, purpose, everyMs, isBrief: true },
    run: async () => {
      work()
      return 0
    },
  }
}

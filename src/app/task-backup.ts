import type { Access } from '../access/access.ts'
import type { BackupDone } from '../archive/backups.ts'
import { systemClock } from '../base/clock.ts'
import { nextMoment, periodOf } from '../base/cron.ts'
import type { Task } from '../timer/timetable.ts'
import type { TaskParts } from './task.ts'

/** The timer that makes backups. */
export const backupTimer = 'backup'

/** What makes and proves backups, where BACKUP_CRON says when. */
export function backupTasks({
  settings,
  backups,
  access,
}: Pick<TaskParts, 'settings' | 'backups'> & { readonly access: Pick<Access, 'audit'> }): readonly Task[] {
  const { backupCron: cron, backupKeep: keep } = settings
  if (cron === 'off') return []
  return [
    {
      name: backupTimer,
      purpose: `makes a backup (BACKUP_CRON), proves it and keeps the newest ${keep}`,
      everyMs: periodOf(cron, systemClock.now()),
      nextAt: (after) => nextMoment(cron, after),
      run: async (signal) => {
        const note = (done: BackupDone) => access.audit.add({ ...done, at: systemClock.now(), actor: 'service' })
        await backups.createProved(keep, { signal, note })
        return 1
      },
    },
  ]
}

import type { BackupFacts } from '../../archive/backups.ts'
import type { MadeBackup } from '../../archive/copy-folder.ts'
import type { Result } from '../../base/result.ts'
import { answerControl, guardControl } from './control-answer.ts'

export type { BackupFacts }

/** A backup that was made. */
export type NewBackup = Pick<MadeBackup, 'name' | 'bytes'> & { readonly runs: number }

/** What an operator on this machine may ask about backups. */
export type BackupDesk = {
  /** Makes a backup, which may take minutes. The fault is a sentence for the operator. */
  createBackup(): Promise<Result<NewBackup, string>>
  /** All there are, the oldest first. The fault is a sentence for the operator. */
  listBackups(): Promise<Result<readonly BackupFacts[], string>>
}

/** The control socket's part for backups. */
export function backupRoutesOf(desk: BackupDesk) {
  return {
    '/backups': {
      GET: guardControl(async () => {
        const listed = await desk.listBackups()
        return listed.ok ? answerControl(200, listed.value) : answerControl(422, { error: listed.fault })
      }),
      POST: guardControl(async () => {
        const made = await desk.createBackup()
        return made.ok ? answerControl(201, made.value) : answerControl(422, { error: made.fault })
      }),
    },
  }
}

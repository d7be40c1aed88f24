import type { Access } from '../access/access.ts'
import { entriesMax } from '../access/audit.ts'
import { dayMs, systemClock } from '../base/clock.ts'
import type { SignInCounts } from '../consumer/pocketbase/status.ts'
import type { Task } from '../timer/timetable.ts'
import type { Back } from './back.ts'
import { beat } from './task.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** How long what was done to access rights is remembered. */
const auditDays = 400

/** What keeps the audit: sums are written, old entries go. */
export function auditTasks({ access, back }: { readonly access: Access; readonly back: Pick<Back, 'mirror'> }): readonly Task[] {
  return [
    {
      name: 'audit',
      purpose: `removes entries of the audit after ${auditDays} days, and the oldest beyond ${entriesMax}`,
      everyMs: hourMs,
      run: async () => access.audit.trim(systemClock.now() - auditDays * dayMs),
    },
    beat('audit-sums', 'writes the sums of the hour into the audit', hourMs, () => access.auditSums.flush()),
    beat('pocketbase-sign-ins', 'notes sign-ins to PocketBase in the audit', minuteMs, watchSignIns(back, access)),
  ]
}

/** Carries what the mirror counts of its sign-ins into the audit. */
function watchSignIns(back: Pick<Back, 'mirror'>, { auditSums }: Access): () => void {
  let before: SignInCounts = { accepted: 0, refused: 0, failed: 0 }
  return () => {
    const now = back.mirror()?.signIns
    if (now === undefined) return
    for (const outcome of ['accepted', 'refused', 'failed'] as const) {
      const more = now[outcome] < before[outcome] ? now[outcome] : now[outcome] - before[outcome] // Its thread may have begun anew.
      if (more > 0) auditSums.note('pocketbase_sign_in', outcome, more)
    }
    before = now
  }
}

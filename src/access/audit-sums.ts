import type { Clock } from '../base/clock.ts'
import type { Audit, SummedAct } from './audit.ts'

/** Notes what comes by the thousand, so that no flood can fill the audit. */
export type AuditSums = {
  /** The first of a reason within an hour is an entry at once, the others are one at the hour's end. `subject` is an id or a word of ours. */
  note(act: SummedAct, subject: string, count?: number): void
  /** Writes the sums of the hour so far. For a timer and the end of the process. */
  flush(): void
}

/** Reasons kept apart in one hour; what comes besides counts as `other`. */
export const reasonsMax = 200

/** Sums over an opened audit. */
export function createAuditSums(audit: Pick<Audit, 'add'>, clock: Clock): AuditSums {
  const counts = new Map<string, { readonly act: SummedAct; readonly subject: string; more: number }>()

  function note(act: SummedAct, subject: string, count = 1): void {
    const key = `${act}\0${subject}`
    const known = counts.get(key)
    if (known !== undefined) known.more += count
    else if (counts.size >= reasonsMax && subject !== 'other') note(act, 'other', count)
    else {
      const sum = { act, subject, more: count }
      counts.set(key, sum)
      tryWrite(sum)
    }
  }

  /** A full disk must not turn a refusal into a fault: what cannot be written now is written with the sum of the hour. */
  function tryWrite(sum: { readonly act: SummedAct; readonly subject: string; more: number }): void {
    try {
      write(sum.act, sum.subject, sum.more)
      sum.more = 0
    } catch {
      // Kept in `more`.
    }
  }

  function write(act: SummedAct, subject: string, count: number): void {
    const actor = act === 'pocketbase_sign_in' ? 'service' : act === 'public_export' ? 'public' : 'nobody'
    audit.add({ at: clock.now(), actor, act, subject, count })
  }

  function flush(): void {
    for (const [key, { act, subject, more }] of counts) {
      if (more > 0) write(act, subject, more)
      counts.delete(key) // What could not be written stays for the next time.
    }
  }

  return { note, flush }
}

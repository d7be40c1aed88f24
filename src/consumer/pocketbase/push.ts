import { ok, type Result } from '../../base/result.ts'
import type { Revision, RunChange } from '../../store/port.ts'
import type { Delivery } from './delivery.ts'
import type { PocketBaseFault } from './fault.ts'
import type { Pace } from './pace.ts'

/** Batches on their way at once. PocketBase has one writer, so a second one keeps it busy and a third only waits. */
export const lanesMax = 2

export type PushOptions = {
  readonly delivery: Delivery
  readonly pace: Pace
  /** Told of each step up to which every change has arrived. */
  readonly onReached: (revision: Revision) => void
  /** Waits as long as a lane is to rest after a batch that took so many milliseconds. */
  readonly rest: (batchMs: number) => Promise<void>
}

/**
 * Sends changes of different runs in several batches at a time. `onReached` is told the revision up to which every change has arrived, so that
 * a cursor never passes one that has not. A lane that meets a fault ends; the others finish what they began.
 */
export async function push(
  changes: readonly RunChange[],
  { delivery, pace, onReached, rest }: PushOptions,
): Promise<Result<void, PocketBaseFault>> {
  const finished: { readonly through: Revision; isDone: boolean }[] = []
  let taken = 0
  let reached = 0
  let fault: Result<void, PocketBaseFault> = ok(undefined)

  function advance(): void {
    let revision: Revision | undefined
    for (let part = finished[reached]; part?.isDone; part = finished[reached]) {
      revision = part.through
      reached += 1
    }
    if (revision !== undefined) onReached(revision)
  }

  async function drive(): Promise<void> {
    while (taken < changes.length && fault.ok) {
      const batch = changes.slice(taken, taken + pace.size)
      taken += batch.length
      const part = { through: batch.at(-1)?.revision ?? 0, isDone: false }
      finished.push(part)
      const startedAt = performance.now()
      const delivered = await delivery.deliver(batch)
      if (!delivered.ok) {
        if (fault.ok) fault = delivered
        return
      }
      part.isDone = true
      advance()
      await rest(performance.now() - startedAt)
    }
  }

  await Promise.all(Array.from({ length: lanesMax }, drive))
  return fault
}

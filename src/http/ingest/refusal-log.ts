import type { Log } from '../../base/log.ts'

/** Reasons kept apart in one period; reasons are words of ours, so there are few. */
const reasonsMax = 200
const periodMs = 10_000

export type RefusalLog = {
  /** Notes one refusal: the first of a period is logged at once, the others as a sum at its end, so that a flood cannot fill a disk with lines. */
  note(reason: string): void
  /** Logs the sums of the running period. */
  flush(): void
  stop(): void
}

/** `also` is told of every one. `message` names what happened (`validation refused`, `rate limited`). Lines hold the reason (field and rule) and a count, no address and no input. */
export function createRefusalLog(log: Log, message: string, also: (reason: string) => void = () => undefined): RefusalLog {
  const counts = new Map<string, number>()
  const timer = setInterval(flush, periodMs)

  function note(reason: string): void {
    also(reason)
    const count = counts.get(reason)
    if (count !== undefined) counts.set(reason, count + 1)
    else if (counts.size < reasonsMax) {
      counts.set(reason, 0)
      log.warn({ reason, count: 1 }, message)
    }
  }

  function flush(): void {
    for (const [reason, count] of counts) if (count > 0) log.warn({ reason, count, period_s: periodMs / 1_000 }, message)
    counts.clear()
  }

  function stop(): void {
    clearInterval(timer)
    flush()
  }

  return { note, flush, stop }
}

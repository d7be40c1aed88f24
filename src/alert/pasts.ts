import type { Clock } from '../base/clock.ts'
import { type Past, type PastOptions, readPast } from './past.ts'
import type { Rule } from './rule.ts'

export type PastsOptions = Omit<PastOptions, 'now'> & { readonly clock: Clock }

/** The past of a rule, whether it is kept or only thought of. */
export type Pasts = (rule: Rule) => Promise<Past>

/** How long a past that was counted is given again. */
const freshMs = 15 * 60_000
/** As many are remembered: whoever tries thresholds has one for each. */
const pastsMax = 50

/** Counts one past at a time, so that the questions of pages come between, and each once within a quarter of an hour. */
export function openPasts({ clock, ...options }: PastsOptions): Pasts {
  const known = new Map<string, { readonly at: number; readonly past: Promise<Past> }>()
  let last: Promise<unknown> = Promise.resolve()

  function count(rule: Rule, now: number): Promise<Past> {
    const past = last.then(() => readPast(rule, { ...options, now }))
    last = past.catch(() => undefined) // Whoever asked is told; the next one only waits for the end.
    return past
  }

  return (rule) => {
    const now = clock.now()
    const name = JSON.stringify(rule)
    const before = known.get(name)
    if (before !== undefined && now >= before.at && now - before.at < freshMs) return before.past
    const past = count(rule, now)
    known.delete(name)
    known.set(name, { at: now, past })
    past.catch(() => known.delete(name))
    const [oldest] = known.keys()
    if (known.size > pastsMax && oldest !== undefined) known.delete(oldest)
    return past
  }
}

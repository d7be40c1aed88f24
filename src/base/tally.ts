/**
 * Counts by name that only grow. Names come from closed lists of ours, never from a client; the bound is for the day one slips through:
 * what comes after it counts as `other`.
 */
export type Tally = {
  add(name: string, count?: number): void
  entries(): Iterable<readonly [string, number]>
  total(): number
}

export const tallyNamesMax = 1_000
const overflowName = 'other'

/** A tally that begins at nothing. */
export function createTally(): Tally {
  const counts = new Map<string, number>()

  function add(name: string, count = 1): void {
    const known = counts.get(name)
    if (known !== undefined) counts.set(name, known + count)
    else if (counts.size < tallyNamesMax) counts.set(name, count)
    else counts.set(overflowName, (counts.get(overflowName) ?? 0) + count)
  }

  function total(): number {
    let sum = 0
    for (const count of counts.values()) sum += count
    return sum
  }

  return { add, entries: () => counts.entries(), total }
}

import { createTally, type Tally } from '../../base/tally.ts'

/** What the cloak API counts since the start. */
export type CloakTallies = {
  /** Requests by the name of what answered them. */
  readonly requests: Tally
  /** Answers with a status from 400 on. */
  readonly errors: Tally
  /** What was found in texts that were anonymized. */
  readonly found: Tally
  /** Notes how long a request took. */
  readonly observe: (seconds: number) => void
  /** The mean of the last requests in seconds; 0 before the first. */
  readonly meanSeconds: () => number
}

const meanOver = 1_000

/** Counts that begin at nothing. */
export function createCloakTallies(): CloakTallies {
  const seconds: number[] = []
  let next = 0

  function observe(taken: number): void {
    seconds[next] = taken
    next = (next + 1) % meanOver
  }

  return {
    requests: createTally(),
    errors: createTally(),
    found: createTally(),
    observe,
    meanSeconds: () => (seconds.length === 0 ? 0 : seconds.reduce((sum, one) => sum + one, 0) / seconds.length),
  }
}

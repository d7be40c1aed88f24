/** Where time comes from. `now` is milliseconds since 1970 UTC. Rooms take a Clock as an argument, so tests can hold it still. */
export type Clock = { now(): number }

export const systemClock: Clock = { now: () => Date.now() }

export const dayMs = 86_400_000

/** Clocks that run are corrected by seconds. A moment of the past that lies further ahead than this was noted before the clock was set back. */
export const clockSlackMs = 60_000

/** The day of a moment (UTC), in days since 1970. */
export function dayOf(ms: number): number {
  return Math.floor(ms / dayMs)
}

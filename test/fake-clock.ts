import type { Clock } from '../src/base/clock.ts'

/** A clock that stands still until a test moves it. */
export type FakeClock = Clock & { pass(ms: number): void; set(time: number): void }

/** Starts at the given moment (ISO text or milliseconds). */
export function fakeClock(start: string | number): FakeClock {
  let time = new Date(start).getTime()
  return {
    now: () => time,
    pass: (ms) => {
      time += ms
    },
    set: (next) => {
      time = next
    },
  }
}

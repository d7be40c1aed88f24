import { dayMs, systemClock } from '../../src/base/clock.ts'

export const hourMs = dayMs / 24

/** Lets the service's clock stand at a moment until it is moved again; only the thread that dates incoming events goes by the real one. */
export function standAt(moment: number): void {
  systemClock.now = () => moment
}

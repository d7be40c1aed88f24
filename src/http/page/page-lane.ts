import { Rate } from '../../base/rate.ts'

/** Events a second from which pages stand aside for them. */
export const busyEventsPerSecond = 1_000
/**
 * Pages begin no sooner after each other than this multiple of what writing one took. Reading the answers, naming and packing take as long again, so that
 * pages have three tenths of the thread that also takes the events, and events the rest, however many browsers load again without pause.
 */
const gapFactor = 7
/** No page waits longer, however many came before it. */
const waitMsMax = 1_000
/** How much the newest page counts in what writing one takes. */
const newestShare = 0.2

export type LaneParts = {
  /** Events taken since the start. */
  readonly accepted: () => number
  /** Milliseconds from any moment on. */
  readonly now: () => number
}

/** Decides when a page is made while events come in by the thousand: what waits for an answer there goes before whoever reads. */
export class PageLane {
  readonly #parts: LaneParts
  readonly #events = new Rate()
  #writeMs = 0
  #freeAt = Number.NEGATIVE_INFINITY

  constructor(parts: LaneParts) {
    this.#parts = parts
  }

  /** How long the page that is asked for now is to wait, in milliseconds; 0 while there is room for all. */
  waitMs(): number {
    const now = this.#parts.now()
    if (this.#events.at(this.#parts.accepted(), now) < busyEventsPerSecond) return 0
    const begins = Math.min(Math.max(now, this.#freeAt), now + waitMsMax)
    this.#freeAt = begins + gapFactor * this.#writeMs
    return begins - now
  }

  /** Takes in how long a page took to write. */
  wrote(ms: number): void {
    this.#writeMs += newestShare * (ms - this.#writeMs)
  }
}

const firstMs = 500
const lastMs = 60_000

/** How long to wait after each failure in a row: doubling, capped, and spread, so that several services do not return at one moment. */
export class BackOff {
  readonly #random: () => number
  #failures = 0

  /** `random` gives a number from 0 up to 1. */
  constructor(random: () => number) {
    this.#random = random
  }

  reset(): void {
    this.#failures = 0
  }

  /** Between half and all of the present limit, and never before the server asked for. */
  next(retryAfterMs = 0): number {
    const limit = Math.min(lastMs, firstMs * 2 ** Math.min(this.#failures, 20))
    this.#failures += 1
    return Math.max(retryAfterMs, limit * (0.5 + this.#random() / 2))
  }
}

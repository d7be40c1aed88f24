/** The rate is measured over at least this long. */
const windowMs = 200

/** How fast a count goes up: over the last window that is whole, and 0 before the first one. */
export class Rate {
  #from: { readonly at: number; readonly count: number } | undefined
  #perSecond = 0

  /** The rate a second, with the count as it is at the time `now`, in milliseconds. */
  at(count: number, now: number): number {
    this.#from ??= { at: now, count }
    const passed = now - this.#from.at
    if (passed >= windowMs) {
      this.#perSecond = ((count - this.#from.count) * 1_000) / passed
      this.#from = { at: now, count }
    }
    return this.#perSecond
  }
}

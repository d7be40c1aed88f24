/** Requests of one batch at first, which is what PocketBase allows unless told otherwise. */
export const batchRequestsFirst = 50
/** More gain nothing: PocketBase spends its time on the records, and a batch holds its only writer throughout. */
export const batchRequestsMax = 100

/** PocketBase gives a batch three seconds. Waiting for its writer counts, so there is room for the batches of others. */
const slowMs = 1_000
const quickMs = 300

/** How many requests a batch takes, learned from the answers. */
export class Pace {
  #size = batchRequestsFirst
  #limit = batchRequestsMax

  get size(): number {
    return this.#size
  }

  /** A batch of `size` was taken after `ms`. */
  succeeded(size: number, ms: number): void {
    if (ms > slowMs) this.#size = Math.max(1, Math.floor(Math.min(this.#size, size) / 2))
    else if (ms < quickMs && size >= this.#size) this.#size = Math.min(this.#limit, Math.ceil(this.#size * 1.5))
  }

  /** A batch of `size` was refused as a whole, so it is never that large again. */
  refused(size: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, size > batchRequestsFirst ? batchRequestsFirst : Math.floor(size / 2)))
    this.#size = Math.min(this.#size, this.#limit)
  }

  /** A batch broke off: PocketBase is slow or gone. */
  failed(): void {
    this.#size = Math.max(1, Math.floor(this.#size / 2))
  }
}

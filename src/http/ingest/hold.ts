/** Bytes that request bodies may hold at a time, packed and unpacked, of all requests together: neither many clients nor a small gzip fill the memory. */
export const heldBytesMax = 64 * 1024 * 1024
/** Of these, what is left to requests that hold little: batches alone never turn single events away. */
const keptBytes = 16 * 1024 * 1024
/** What a request may hold and still draw on that. */
export const littleBytesMax = 256 * 1024

/** What all bodies hold together. */
export type Budget = { readonly bytesMax: number; bytes: number }

/** A budget for bodies of at most `bodyBytesMax`: the usual one, or room for a packed and an unpacked one where an operator allows more than that. */
export function createBudget(bodyBytesMax: number): Budget {
  return { bytesMax: Math.max(heldBytesMax, 2 * bodyBytesMax + keptBytes), bytes: 0 }
}

/** The memory of one request's body. Its owner releases it once the request is answered; nobody may read the body after that. */
export class Hold {
  readonly #budget: Budget
  readonly #owned: Uint8Array[] = []
  #bytes = 0
  #isReleased = false

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Takes bytes of the budget, before they are allocated wherever that is in our hand; false when they do not fit. */
  take(bytes: number): boolean {
    if (this.#isReleased) return false
    const { bytesMax, bytes: all } = this.#budget
    if (all + bytes > (this.#bytes + bytes > littleBytesMax ? bytesMax - keptBytes : bytesMax)) return false
    this.#budget.bytes += bytes
    this.#bytes += bytes
    return true
  }

  /** Takes care that the memory behind these bytes, which belongs to nothing else, is freed with the hold. */
  own(bytes: Uint8Array): void {
    this.#owned.push(bytes)
  }

  /** Ends what is held, for ever. Freed at once: left to the collector, the bodies of a flood would be many times the budget. */
  release(): void {
    this.#isReleased = true
    this.#budget.bytes -= this.#bytes
    this.#bytes = 0
    for (const bytes of this.#owned.splice(0)) free(bytes)
  }

  /** Makes one piece of pieces that are held, and holds it in their place. For the time of the copy both are there, of one body at a time. */
  join(pieces: readonly Uint8Array[]): Uint8Array {
    if (this.#isReleased) return new Uint8Array()
    const [only] = pieces
    if (only !== undefined && pieces.length === 1) return only
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const whole = Buffer.allocUnsafeSlow(length)
    let end = 0
    for (const piece of pieces) {
      whole.set(piece, end)
      end += piece.length
    }
    for (const bytes of this.#owned.splice(0)) free(bytes)
    this.#budget.bytes += length - this.#bytes
    this.#bytes = length
    this.own(whole)
    return whole
  }
}

/** Gives memory back without waiting for the collector. Views of it become empty. */
function free({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
}

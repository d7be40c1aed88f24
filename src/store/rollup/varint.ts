import { assert } from '../../base/assert.ts'

/** A byte from here on says that more follow. */
export const continued = 0x80
const lowBits = 0x7f
const bitsABase = 128
const bytesAtFirst = 256
/** Bytes that the greatest safe integer takes. */
const varintBytesMax = 8

/** Writes bytes and whole numbers from 0 on, seven bits a byte, the low ones first. */
export class ByteWriter {
  #bytes = new Uint8Array(bytesAtFirst)
  #length = 0

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  varint(value: number): void {
    assert(value >= 0, 'a number to write is not negative')
    this.#reserve(varintBytesMax)
    let rest = value
    while (rest >= bitsABase) {
      this.#bytes[this.#length++] = (rest % bitsABase) | continued
      rest = Math.floor(rest / bitsABase)
    }
    this.#bytes[this.#length++] = rest
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#length
  }

  /** What another one wrote. */
  append(other: ByteWriter): void {
    this.#reserve(other.#length)
    this.#bytes.set(other.#bytes.subarray(0, other.#length), this.#length)
    this.#length += other.#length
  }

  /** Forgets what was written, to write something else. */
  clear(): void {
    this.#length = 0
  }

  /** What was written, as a copy. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Reads what a `ByteWriter` wrote. Reading beyond the end gives zeros; whoever reads knows how much there is. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at: number

  /** Reads from the byte at `at` on. */
  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  /** How many bytes were read. */
  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0
  }

  varint(): number {
    let byte = this.#bytes[this.#at++] ?? 0
    if (byte < continued) return byte
    let value = byte & lowBits
    let scale = bitsABase
    do {
      byte = this.#bytes[this.#at++] ?? 0
      value += (byte & lowBits) * scale
      scale *= bitsABase
    } while (byte >= continued)
    return value
  }

  /**
   * Reads pairs of numbers from the next bytes: how many places further, from the `first` one on, and how many more there. Pages add up tens of thousands of histograms:
   * nearly every number is one byte, which is read without a call.
   */
  addPairs(bytes: number, counts: Float64Array, first = 0): void {
    const read = this.#bytes
    const end = this.#at + bytes
    let place = first
    while (this.#at < end) {
      const step = read[this.#at] ?? 0
      const count = read[this.#at + 1] ?? 0
      if (step < continued && count < continued) {
        this.#at += 2
        place += step
        counts[place] = (counts[place] ?? 0) + count
      } else {
        place += this.varint()
        counts[place] = (counts[place] ?? 0) + this.varint()
      }
    }
  }

  /** The next bytes, as a copy. */
  bytes(count: number): Uint8Array {
    this.#at += count
    return this.#bytes.slice(this.#at - count, this.#at)
  }

  skip(count: number): void {
    this.#at += count
  }
}

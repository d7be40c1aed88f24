import { assert } from '../../base/assert.ts'
import { binCount, type Histogram } from '../count/histogram.ts'
import { keyOfCell, pairOfKey, readPairs, valueOfKey, writePairs } from './cells.ts'
import { ByteReader, ByteWriter } from './varint.ts'

/** A histogram as it lies packed, unpacked once it changes. */
type Entry = { sum: number; packed: Uint8Array | undefined; bins: Float64Array | undefined }

/** The histograms of one period of one dimension, as they are changed, by value and pair. Of hundreds of scripts a small batch changes few. */
export class DurationCells {
  readonly #entries = new Map<number, Entry>()

  constructor(blob: Uint8Array | undefined) {
    if (blob === undefined) return
    const reader = new DurationReader(blob)
    while (reader.next())
      this.#entries.set(keyOfCell(reader.value, reader.pair), { sum: reader.sum, packed: reader.takeBins(), bins: undefined })
  }

  get size(): number {
    return this.#entries.size
  }

  /** Counts `by` durations more in a bin. */
  add(key: number, bin: number, by: number): void {
    const entry = this.#entryOf(key)
    entry.bins ??= unpackBins(entry.packed)
    entry.packed = undefined
    const count = (entry.bins[bin] ?? 0) + by
    assert(count >= 0, 'a duration is counted out only where it was counted in')
    entry.bins[bin] = count
  }

  /** Adds the histograms of a period as they lie packed. */
  addPacked(blob: Uint8Array): void {
    const reader = new DurationReader(blob)
    while (reader.next()) {
      const entry = this.#entryOf(keyOfCell(reader.value, reader.pair))
      entry.sum += reader.sum
      entry.bins ??= unpackBins(entry.packed)
      entry.packed = undefined
      reader.addBins(entry.bins)
    }
  }

  addSum(key: number, seconds: number): void {
    this.#entryOf(key).sum += seconds
  }

  /** Each histogram with its key. */
  *histograms(): Iterable<{ readonly key: number; readonly sum: number; readonly bins: Float64Array }> {
    for (const [key, { sum, packed, bins }] of this.#entries) yield { key, sum, bins: bins ?? unpackBins(packed) }
  }

  encode(): Uint8Array {
    const keys = Float64Array.from(this.#entries.keys()).sort()
    const pairs = [...new Set([...keys].map(pairOfKey))].sort((left, right) => left - right)
    const writer = new ByteWriter()
    writePairs(writer, pairs)
    let last = 0
    for (const key of keys) {
      const entry = this.#entryOf(key)
      const place = valueOfKey(key) * pairs.length + pairs.indexOf(pairOfKey(key))
      writer.varint(place - last)
      last = place
      writer.varint(entry.sum)
      entry.packed ??= packBins(entry.bins)
      entry.bins = undefined // Numbers in full take twenty times the room.
      writer.varint(entry.packed.length)
      writer.bytes(entry.packed)
    }
    return writer.take()
  }

  #entryOf(key: number): Entry {
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const entry: Entry = { sum: 0, packed: undefined, bins: undefined }
    this.#entries.set(key, entry)
    return entry
  }
}

/** Walks the histograms of a packed period: `value` and `pairIndex` (into `pairs`) are those of the one it stands on. */
export class DurationReader {
  readonly pairs: readonly number[]
  readonly #reader: ByteReader
  value = 0
  pairIndex = 0
  #sum = 0
  #bytesLeft = 0

  constructor(blob: Uint8Array) {
    this.#reader = new ByteReader(blob)
    this.pairs = readPairs(this.#reader)
  }

  get pair(): number {
    return this.pairs[this.pairIndex] ?? 0
  }

  /** Goes to the next histogram, past one that was not asked for. */
  next(): boolean {
    const reader = this.#reader
    reader.skip(this.#bytesLeft)
    if (reader.isAtEnd) return false
    this.pairIndex += reader.varint()
    const values = Math.floor(this.pairIndex / this.pairs.length)
    this.value += values
    this.pairIndex -= values * this.pairs.length
    this.#sum = reader.varint()
    this.#bytesLeft = reader.varint()
    return true
  }

  /** The sum of the durations of the histogram it stands on. */
  get sum(): number {
    return this.#sum
  }

  /** The packed bins of the histogram, as a copy; once for each `next`. */
  takeBins(): Uint8Array {
    const bytes = this.#reader.bytes(this.#bytesLeft)
    this.#bytesLeft = 0
    return bytes
  }

  /** Adds the histogram to another; once for each `next`. */
  addTo(histogram: Histogram): void {
    histogram.sum += this.#sum
    this.addBins(histogram.bins)
  }

  /** Adds the bins of the histogram alone to those from `first` on; once for each `next`. */
  addBins(bins: Float64Array, first = 0): void {
    this.#reader.addPairs(this.#bytesLeft, bins, first)
    this.#bytesLeft = 0
  }
}

function unpackBins(packed: Uint8Array | undefined): Float64Array {
  const bins = new Float64Array(binCount)
  if (packed !== undefined) new ByteReader(packed).addPairs(packed.length, bins)
  return bins
}

/** Pairs of numbers: how many bins further the next filled one lies, and what it holds. */
function packBins(bins: Float64Array = noBins): Uint8Array {
  const writer = new ByteWriter()
  let last = 0
  for (let bin = 0; bin < binCount; bin++) {
    const count = bins[bin] ?? 0
    if (count === 0) continue
    writer.varint(bin - last)
    writer.varint(count)
    last = bin
  }
  return writer.take()
}

const noBins: Float64Array = new Float64Array(0)

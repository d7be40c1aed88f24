import { assert } from '../base/assert.ts'
import { binCount, Histogram } from './histogram.ts'
import { keyOfCell, pairOfKey, readPairs, valueOfKey, writePairs } from './rollup-cells.ts'
import { ByteReader, ByteWriter } from './varint.ts'

/** The histograms of one period of one dimension, as they are changed, by value and pair. */
export class DurationCells {
  readonly #histograms = new Map<number, Histogram>()

  constructor(blob: Uint8Array | undefined) {
    if (blob === undefined) return
    const reader = new DurationReader(blob)
    while (reader.next()) reader.addTo(this.#histogramOf(keyOfCell(reader.value, reader.pair)))
  }

  get size(): number {
    return this.#histograms.size
  }

  /** Counts `by` durations more in a bin. */
  add(key: number, bin: number, by: number): void {
    const histogram = this.#histogramOf(key)
    histogram.add(bin, by)
    assert((histogram.bins[bin] ?? 0) >= 0, 'a duration is counted out only where it was counted in')
  }

  addSum(key: number, seconds: number): void {
    this.#histogramOf(key).sum += seconds
  }

  encode(): Uint8Array {
    const keys = [...this.#histograms.keys()].sort((left, right) => left - right)
    const pairs = [...new Set(keys.map(pairOfKey))].sort((left, right) => left - right)
    const writer = new ByteWriter()
    writePairs(writer, pairs)
    let last = 0
    for (const key of keys) {
      const histogram = this.#histograms.get(key)
      if (histogram === undefined) continue
      const place = valueOfKey(key) * pairs.length + pairs.indexOf(pairOfKey(key))
      writer.varint(place - last)
      last = place
      writer.varint(histogram.sum)
      const bins = encodeBins(histogram.bins)
      writer.varint(bins.length)
      writer.bytes(bins)
    }
    return writer.take()
  }

  #histogramOf(key: number): Histogram {
    const known = this.#histograms.get(key)
    if (known !== undefined) return known
    const histogram = new Histogram()
    this.#histograms.set(key, histogram)
    return histogram
  }
}

/** Walks the histograms of a packed period: `value` and `pairIndex` (into `pairs`) are those of the one it stands on. */
export class DurationReader {
  readonly pairs: readonly number[]
  readonly #reader: ByteReader
  value = 0
  pairIndex = 0
  #place = 0
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
    this.#place += reader.varint()
    this.pairIndex = this.#place % this.pairs.length
    this.value = (this.#place - this.pairIndex) / this.pairs.length
    this.#sum = reader.varint()
    this.#bytesLeft = reader.varint()
    return true
  }

  /** Adds the histogram to another; once for each `next`. */
  addTo(histogram: Histogram): void {
    const reader = this.#reader
    const end = reader.at + this.#bytesLeft
    this.#bytesLeft = 0
    histogram.sum += this.#sum
    let bin = 0
    while (reader.at < end) {
      bin += reader.varint()
      histogram.add(bin, reader.varint())
    }
  }
}

/** Pairs of numbers: how many bins further the next filled one lies, and what it holds. */
function encodeBins(bins: Float64Array): Uint8Array {
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

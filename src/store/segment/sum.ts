import type { Sum } from '../analysis-port.ts'
import { binCount, binOf, Histogram, spellDurations } from '../count/histogram.ts'
import { totalsOf } from '../count/totals.ts'
import type { PackedDay } from '../crossed/packed-day.ts'
import { pairMatches } from '../rollup/cell-tally.ts'
import { CellReader } from '../rollup/cells.ts'
import { addDurations } from '../rollup/sum.ts'
import { countColumns } from '../run/columns.ts'
import type { Column } from './codec.ts'
import { runsMax } from './column.ts'
import { statusStride } from './plane-counts.ts'
import type { Unit } from './tally.ts'

const success = countColumns.indexOf('success')
/** The longest duration an event may tell, in seconds. */
const secondsMax = 86_400
let bins: Uint16Array | undefined

/** The durations of the successful runs of a unit that said how long they took: by run, and as they lie in bins. */
export class UnitDurations {
  /** Of each of `count` runs its index in the unit, its bin and its seconds. */
  readonly indexes = new Uint16Array(runsMax)
  readonly bins = new Uint16Array(runsMax)
  readonly seconds = new Uint32Array(runsMax)
  count = 0
  readonly #inBins = new Int32Array(binCount)
  #sum = 0

  /** Reads them from the block's column of durations. */
  read({ selection, statuses, sums }: Unit, took: Column): void {
    bins ??= Uint16Array.from({ length: secondsMax + 1 }, (_, seconds) => (seconds === 0 ? 0 : binOf(seconds)))
    this.count = 0
    this.#sum = 0
    this.#inBins.fill(0)
    if (sums[success] === 0) return
    const { places, count } = selection
    const { indexes } = this
    let timed = 0
    for (let index = 0; index < count; index++) {
      indexes[timed] = index
      timed += statuses[index] === success ? 1 : 0
    }
    this.#readSeconds(places, took, timed)
    this.#sortIn(bins)
  }

  /** Reads the seconds of the first `timed` indexes, and leaves out those that said nothing. */
  #readSeconds(places: Uint16Array, took: Column, timed: number): void {
    const { indexes, seconds } = this
    const { bytes, offset, stride, base, size, width } = took
    const isShort = size === 0 && width === 2
    let count = 0
    for (let number = 0; number < timed; number++) {
      const index = indexes[number] ?? 0
      const place = places[index] ?? 0
      const low = offset + place
      const read = isShort ? base + (bytes[low] ?? 0) + ((bytes[low + stride] ?? 0) << 8) : took.valueAt(place)
      indexes[count] = index
      seconds[count] = read
      count += read === 0 ? 0 : 1
    }
    this.count = count
  }

  #sortIn(binsOf: Uint16Array): void {
    const { bins, seconds, count } = this
    const inBins = this.#inBins
    let sum = 0
    for (let number = 0; number < count; number++) {
      const took = seconds[number] ?? 0
      const bin = binsOf[took < secondsMax ? took : secondsMax] ?? 0
      bins[number] = bin
      inBins[bin] = (inBins[bin] ?? 0) + 1
      sum += took
    }
    this.#sum = sum
  }

  /** Adds them to a histogram. */
  addTo(histogram: Histogram): void {
    const counts = histogram.bins
    const inBins = this.#inBins
    for (let bin = 0; bin < binCount; bin++) counts[bin] = (counts[bin] ?? 0) + (inBins[bin] ?? 0)
    histogram.sum += this.#sum
  }
}

/** Runs by status, and how long the successful ones took. */
export class RunSum {
  readonly counts = new Float64Array(statusStride)
  readonly histogram = new Histogram()

  add({ sums }: Unit, durations: UnitDurations): void {
    for (let status = 0; status < statusStride; status++) this.counts[status] = (this.counts[status] ?? 0) + (sums[status] ?? 0)
    durations.addTo(this.histogram)
  }

  addPacked(packed: PackedDay): void {
    const reader = new CellReader(packed.cells('run'))
    const { filter } = packed
    while (reader.next()) if (pairMatches(filter, reader.pair)) reader.addTo(this.counts, 0, filter.status)
    addDurations(packed.durations('run'), filter, this.histogram)
  }

  spell(): Sum {
    return { counts: totalsOf(this.counts), ...spellDurations(this.histogram) }
  }
}

import type { Sum } from '../analysis-port.ts'
import { binOf, Histogram, spellDurations } from '../count/histogram.ts'
import { totalsOf } from '../count/totals.ts'
import { countColumns } from '../run/columns.ts'
import type { Column } from './codec.ts'
import { chunkRuns } from './column.ts'
import { statusStride } from './plane-counts.ts'
import type { Unit } from './tally.ts'

const success = countColumns.indexOf('success')
/** The longest duration an event may tell, in seconds. */
const secondsMax = 86_400
let bins: Uint16Array | undefined

/** The durations of the successful runs of a unit that said how long they took: their bins, and the places they stand at. */
export class UnitDurations {
  readonly bins = new Uint16Array(chunkRuns)
  readonly seconds = new Uint32Array(chunkRuns)
  readonly places = new Uint16Array(chunkRuns)
  count = 0

  /** Reads them from the block's column of durations. */
  read({ selection, statuses, sums }: Unit, took: Column): void {
    bins ??= Uint16Array.from({ length: secondsMax + 1 }, (_, seconds) => (seconds === 0 ? 0 : binOf(seconds)))
    this.count = 0
    if (sums[success] === 0) return
    const { places, count } = selection
    const into = { seconds: this.seconds, bins: this.bins, places: this.places }
    const binsOf = bins
    let timed = 0
    for (let index = 0; index < count; index++) {
      if (statuses[index] !== success) continue
      const place = places[index] ?? 0
      const seconds = took.valueAt(place)
      if (seconds === 0) continue
      into.seconds[timed] = seconds
      into.bins[timed] = binsOf[Math.min(seconds, secondsMax)] ?? 0
      into.places[timed] = place
      timed += 1
    }
    this.count = timed
  }

  /** Adds them to a histogram. */
  addTo(histogram: Histogram): void {
    const counts = histogram.bins
    const { bins, seconds, count } = this
    let sum = 0
    for (let index = 0; index < count; index++) {
      const bin = bins[index] ?? 0
      counts[bin] = (counts[bin] ?? 0) + 1
      sum += seconds[index] ?? 0
    }
    histogram.sum += sum
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

  spell(): Sum {
    return { counts: totalsOf(this.counts), ...spellDurations(this.histogram) }
  }
}

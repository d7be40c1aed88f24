import type { Sum } from '../analysis-port.ts'
import { binOf, Histogram } from '../count/histogram.ts'
import { totalsOf } from '../rollup/cell-tally.ts'
import { spellDurations } from '../rollup/sum.ts'
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
    const isNarrow = took.width <= 2 && took.size === 0
    for (let index = 0; index < selection.count; index++) {
      if (statuses[index] !== success) continue
      const place = selection.places[index] ?? 0
      const seconds = isNarrow ? narrowValue(took, place) : took.valueAt(place)
      if (seconds === 0) continue
      this.seconds[this.count] = seconds
      this.bins[this.count] = bins[Math.min(seconds, secondsMax)] ?? 0
      this.places[this.count] = place
      this.count += 1
    }
  }

  /** Adds them to a histogram. */
  addTo(histogram: Histogram): void {
    const counts = histogram.bins
    let sum = 0
    for (let index = 0; index < this.count; index++) {
      const bin = this.bins[index] ?? 0
      counts[bin] = (counts[bin] ?? 0) + 1
      sum += this.seconds[index] ?? 0
    }
    histogram.sum += sum
  }
}

function narrowValue({ bytes, offset, width, base }: Column, place: number): number {
  if (width === 0) return base
  const low = bytes[offset + place] ?? 0
  return width === 1 ? base + low : base + low + ((bytes[offset + chunkRuns + place] ?? 0) << 8)
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

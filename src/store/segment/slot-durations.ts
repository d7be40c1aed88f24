import { binCount, Histogram } from '../count/histogram.ts'
import type { UnitDurations } from './sum.ts'
import type { Unit, ValueTally } from './tally.ts'

const firstSlots = 64

/** How long the successful runs of each slot of a tally took. */
export class SlotDurations {
  #bins = new Uint32Array(firstSlots * binCount)
  #sums = new Float64Array(firstSlots)

  /** Adds the durations of a unit that the tally has counted. */
  add(tally: ValueTally, { selection }: Unit, { count, indexes, bins, seconds }: UnitDurations): void {
    const slots = tally.slotsOf(selection)
    if (tally.values.length > this.#sums.length) this.#grow(tally.values.length)
    const [allBins, sums] = [this.#bins, this.#sums]
    for (let number = 0; number < count; number++) {
      const slot = slots[indexes[number] ?? 0] ?? 0
      const at = slot * binCount + (bins[number] ?? 0)
      allBins[at] = (allBins[at] ?? 0) + 1
      sums[slot] = (sums[slot] ?? 0) + (seconds[number] ?? 0)
    }
  }

  /** The durations of one slot. */
  histogram(slot: number): Histogram {
    const histogram = new Histogram()
    histogram.bins.set(this.#bins.subarray(slot * binCount, (slot + 1) * binCount))
    histogram.sum = this.#sums[slot] ?? 0
    return histogram
  }

  #grow(least: number): void {
    const slots = Math.max(least, 2 * this.#sums.length)
    const bins = new Uint32Array(slots * binCount)
    const sums = new Float64Array(slots)
    bins.set(this.#bins)
    sums.set(this.#sums)
    this.#bins = bins
    this.#sums = sums
  }
}

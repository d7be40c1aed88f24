import { binCount, Histogram } from '../count/histogram.ts'
import type { PackedDay } from '../crossed/packed-day.ts'
import { pairMatches } from '../rollup/cell-tally.ts'
import { DurationReader } from '../rollup/durations.ts'
import { canLast } from '../rollup/sum.ts'
import type { UnitDurations } from './sum.ts'
import type { Unit, ValueTally } from './tally.ts'

const firstSlots = 64

/** How long the successful runs of each slot of a tally took. */
export class SlotDurations {
  #bins = new Float64Array(firstSlots * binCount)
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

  /** Adds the durations of the scripts of a packed day that the tally has counted. */
  addPacked(tally: ValueTally, packed: PackedDay): void {
    if (!canLast(packed.filter)) return
    const reader = new DurationReader(packed.durations('script'))
    const isMeant = reader.pairs.map((pair) => pairMatches(packed.filter, pair))
    while (reader.next()) {
      if (!isMeant[reader.pairIndex]) continue
      const slot = tally.slotOf(reader.value)
      if (slot >= this.#sums.length) this.#grow(slot + 1)
      this.#sums[slot] = (this.#sums[slot] ?? 0) + reader.sum
      reader.addBins(this.#bins, slot * binCount)
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
    const bins = new Float64Array(slots * binCount)
    const sums = new Float64Array(slots)
    bins.set(this.#bins)
    sums.set(this.#sums)
    this.#bins = bins
    this.#sums = sums
  }
}

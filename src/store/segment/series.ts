import type { Bucket, DayRange, Grain } from '../analysis-port.ts'
import { bucketsOf } from '../count/bucket.ts'
import { medianOf, resources } from '../count/median.ts'
import { runsIn, totalsOf } from '../count/totals.ts'
import type { PackedDay } from '../crossed/packed-day.ts'
import { absentValue, dimensionRules, foldedValue } from '../dimension.ts'
import { statusStride } from './plane-counts.ts'
import type { SegmentScan } from './scan.ts'
import { RunSum, type UnitDurations } from './sum.ts'
import { ValueTally } from './tally.ts'
import type { TimedUnit } from './unit.ts'

/** The runs of a range over time. Hours have counts alone. */
export class SegmentSeries {
  readonly #grain: Grain
  readonly #buckets: ReturnType<typeof bucketsOf>
  readonly #sums: readonly RunSum[]
  readonly #resources: ReadonlyMap<(typeof resources)[number], ValueTally>

  constructor(range: DayRange, grain: Grain) {
    this.#grain = grain
    this.#buckets = bucketsOf(range, grain)
    const { length } = this.#buckets.starts
    const names = grain === 'hour' ? [] : resources
    this.#sums = this.#buckets.starts.map(() => new RunSum())
    this.#resources = new Map(names.map((name) => [name, new ValueTally(length, dimensionRules[name].valuesMax, absentValue)]))
  }

  /** Reads what it needs of a block. */
  open(scan: SegmentScan): void {
    for (const [name, tally] of this.#resources) {
      scan.read(name, tally.column)
      tally.open(scan.selection.count)
    }
  }

  /** Counts a unit of the range. */
  add(unit: TimedUnit, durations: UnitDurations): void {
    if (this.#grain === 'hour' && unit.hour === undefined) return
    const bucket = this.#buckets.indexOf(unit.hour ?? unit.day)
    this.#sums[bucket]?.add(unit, durations)
    for (const tally of this.#resources.values()) tally.add(unit, bucket)
  }

  /** Counts a packed day of the range. Hours are never asked of one. */
  addPacked(packed: PackedDay): void {
    if (this.#grain === 'hour') return
    const bucket = this.#buckets.indexOf(packed.day)
    this.#sums[bucket]?.addPacked(packed)
    for (const [name, tally] of this.#resources) tally.addPacked(packed.cells(name), { filter: packed.filter, group: 'value' }, bucket)
  }

  spell(): readonly Bucket[] {
    return this.#buckets.starts.map((start, bucket) => {
      const sum = this.#sums[bucket] ?? new RunSum()
      if (this.#grain === 'hour') return { start, counts: totalsOf(sum.counts), medians: {} }
      return { start, ...sum.spell(), medians: this.#mediansOf(bucket) }
    })
  }

  #mediansOf(bucket: number): Bucket['medians'] {
    const medians: { [Name in (typeof resources)[number]]?: number } = {}
    for (const [name, tally] of this.#resources) {
      const median = medianOf(namedIn(tally, bucket))
      if (median !== undefined) medians[name] = median
    }
    return medians
  }
}

/** The runs of a plane by what they named. */
function namedIn(tally: ValueTally, plane: number): { readonly value: number; readonly runs: number }[] {
  const counts = tally.counts(plane)
  if (counts === undefined) return []
  return tally.values
    .map((value, slot) => ({ value, runs: runsIn(counts, slot * statusStride) }))
    .filter(({ value }) => value !== absentValue && value !== foldedValue)
}

import type { Breakdown, DayRange, Group } from '../analysis-port.ts'
import type { AxisName } from '../count/axis.ts'
import { nameOnAxis, unknownValueOf } from '../count/axis.ts'
import type { BreakdownQuery } from '../count/breakdown-query.ts'
import { spellDurations } from '../count/histogram.ts'
import { runsIn, totalsOf } from '../count/totals.ts'
import type { PackedDay } from '../crossed/packed-day.ts'
import { absentValue } from '../dimension.ts'
import type { Words } from '../words.ts'
import { isEnded } from './filter.ts'
import { statusStride } from './plane-counts.ts'
import type { SegmentScan } from './scan.ts'
import { SlotDurations } from './slot-durations.ts'
import type { UnitDurations } from './sum.ts'
import { ValueTally } from './tally.ts'
import type { TimedUnit } from './unit.ts'

export type BreakdownParts = BreakdownQuery & { readonly range: DayRange; readonly words: Words }

/** Values that are kept apart; what comes beyond them is counted together. */
const slotsMax = 16_384
/** The plane of the range but for the days of the trend, which have one each behind it. */
const restPlane = 0

/** Counts the runs of a range by one dimension. */
export class SegmentBreakdown {
  readonly #parts: BreakdownParts
  readonly #tally: ValueTally
  readonly #trendDays: number
  readonly #previousPlane: number
  readonly #isEnded: boolean
  readonly #durations = new SlotDurations()

  constructor(parts: BreakdownParts) {
    const { name, words, trendDays = 0 } = parts
    this.#parts = parts
    this.#trendDays = trendDays
    this.#previousPlane = this.#trendDays + 1
    this.#isEnded = name !== 'source' && name !== 'type' && isEnded(name)
    this.#tally = new ValueTally(this.#previousPlane + 1, slotsMax, unknownValueOf(name, words))
  }

  get name(): AxisName {
    return this.#parts.name
  }

  /** Whether its groups are counted in the range compared with, too. */
  get isCompared(): boolean {
    return this.#parts.previous !== undefined
  }

  /** Reads what it needs of a block. */
  open(scan: SegmentScan): void {
    scan.read(this.#parts.name, this.#tally.column)
    this.#tally.open(scan.selection.count)
  }

  /** Counts a unit of the range, or of the days before it that the trend reaches back to. */
  add(unit: TimedUnit, durations: UnitDurations): void {
    const plane = this.#planeOf(unit.day)
    if (plane === undefined) return
    const isInRange = unit.day >= this.#parts.range.fromDay
    this.#tally.add(this.#isEnded ? unit.ended : unit, plane, isInRange ? unit.day : undefined)
    if (this.#parts.isTimed && isInRange) this.#durations.add(this.#tally, unit, durations)
  }

  /** Counts a packed day of the range, or of the days before it. */
  addPacked(packed: PackedDay): void {
    const plane = this.#planeOf(packed.day)
    if (plane === undefined) return
    const isInRange = packed.day >= this.#parts.range.fromDay
    this.#tallyPacked(packed, plane, isInRange ? packed.day : undefined)
    if (this.#parts.isTimed && isInRange) this.#durations.addPacked(this.#tally, packed)
  }

  /** Counts a unit of the range compared with. */
  addPrevious(unit: TimedUnit): void {
    this.#tally.add(this.#isEnded ? unit.ended : unit, this.#previousPlane)
  }

  /** Counts a packed day of the range compared with. */
  addPreviousPacked(packed: PackedDay): void {
    this.#tallyPacked(packed, this.#previousPlane)
  }

  #tallyPacked(packed: PackedDay, plane: number, day?: number): void {
    const { name } = this.#parts
    const { filter } = packed
    if (name === 'type' || name === 'source') this.#tally.addPacked(packed.cells('run'), { filter, group: name }, plane, day)
    else this.#tally.addPacked(packed.cells(name), { filter, group: 'value' }, plane, day)
  }

  /** Where a day counts; nothing for one before the range that is no day of the trend. */
  #planeOf(day: number): number | undefined {
    const { fromDay, toDay } = this.#parts.range
    const trendDay = day - (toDay - this.#trendDays)
    return day < fromDay && trendDay <= restPlane ? undefined : Math.max(restPlane, trendDay)
  }

  spell(): Breakdown {
    const { name, groupsMax, words } = this.#parts
    const [folded, ...sums] = this.#sumRange()
    const ranked = sums
      .map((counts, index) => ({ counts, slot: index + 1, runs: runsIn(counts) }))
      .filter(({ runs }) => runs > 0)
      .map((group) => ({ ...group, name: nameOnAxis(name, this.#tally.values[group.slot] ?? absentValue, words) }))
      .sort((left, right) => right.runs - left.runs || (left.name < right.name ? -1 : 1))
    return {
      groups: ranked.slice(0, groupsMax).map(({ slot, counts, name }) => this.#spellGroup(slot, counts, name)),
      distinct: ranked.length,
      rest: totalsOf(addUp(ranked.slice(groupsMax).map(({ counts }) => counts))),
      folded: totalsOf(folded ?? []),
    }
  }

  #spellGroup(slot: number, counts: Float64Array, name: string): Group {
    const { previous, trendDays } = this.#parts
    const at = (plane: number) => this.#tally.counts(plane) ?? []
    return {
      value: name,
      counts: totalsOf(counts),
      lastDay: this.#tally.lastDay(slot),
      ...(this.#parts.isTimed && spellDurations(this.#durations.histogram(slot))),
      ...(previous && { previous: totalsOf(at(this.#previousPlane), slot * statusStride) }),
      ...(trendDays !== undefined && { trend: Array.from({ length: trendDays }, (_, day) => runsIn(at(day + 1), slot * statusStride)) }),
    }
  }

  /** The counts of each slot over the range. */
  #sumRange(): readonly Float64Array[] {
    const { fromDay, toDay } = this.#parts.range
    const firstPlane = Math.max(1, fromDay - (toDay - this.#trendDays))
    const sums = this.#tally.values.map(() => new Float64Array(statusStride))
    for (const plane of [restPlane, ...Array.from({ length: this.#trendDays }, (_, day) => day + 1)]) {
      const counts = plane === restPlane || plane >= firstPlane ? this.#tally.counts(plane) : undefined
      if (counts !== undefined) for (const [slot, sum] of sums.entries()) addTo(sum, counts, slot * statusStride)
    }
    return sums
  }
}

function addUp(list: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(statusStride)
  for (const counts of list) addTo(sum, counts, 0)
  return sum
}

/** Adds the counts from `place` on. */
function addTo(sum: Float64Array, counts: ArrayLike<number>, place: number): void {
  for (let status = 0; status < statusStride; status++) sum[status] = (sum[status] ?? 0) + (counts[place + status] ?? 0)
}

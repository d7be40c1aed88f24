import type { AnalysisQuery, Breakdown, DayRange, Group } from '../analysis-port.ts'
import { Histogram } from '../count/histogram.ts'
import { absentValue, cellOfValue, type Dimension, dimensionRules, nameValue, valueOfCell, wordKindOf } from '../dimension.ts'
import { runsIn, totalsOf } from '../rollup/cell-tally.ts'
import { spellDurations } from '../rollup/sum.ts'
import type { Words } from '../words.ts'
import { chunkRuns } from './column.ts'
import { isEnded, unknownText } from './filter.ts'
import type { SegmentScan } from './scan.ts'
import type { UnitDurations } from './sum.ts'
import { statusStride, ValueTally } from './tally.ts'
import type { TimedUnit } from './unit.ts'

type BreakdownName = Dimension | 'source' | 'type'

export type BreakdownParts = {
  readonly name: BreakdownName
  readonly groupsMax: number
  readonly range: DayRange
  readonly query: Pick<AnalysisQuery, 'previous' | 'trendDays'>
  readonly words: Words
}

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
  readonly #durations: (Histogram | undefined)[] = []

  constructor(parts: BreakdownParts) {
    const { name, words, query } = parts
    this.#parts = parts
    this.#trendDays = query.trendDays ?? 0
    this.#previousPlane = this.#trendDays + 1
    this.#isEnded = name !== 'source' && name !== 'type' && isEnded(name)
    this.#tally = new ValueTally(this.#previousPlane + 1, slotsMax, unknownOf(name, words))
  }

  /** Reads what it needs of a block. */
  open(scan: SegmentScan): void {
    scan.read(this.#parts.name, this.#tally.column)
    this.#tally.resolve()
  }

  /** Counts a unit of the range, or of the days before it that the trend reaches back to. */
  add(unit: TimedUnit, durations: UnitDurations): void {
    const { fromDay, toDay } = this.#parts.range
    const trendDay = unit.day - (toDay - this.#trendDays)
    const isInRange = unit.day >= fromDay
    this.#tally.add(this.#isEnded ? unit.ended : unit, Math.max(restPlane, trendDay), isInRange ? unit.day : undefined)
    if (this.#parts.name === 'script' && isInRange) this.#time(durations)
  }

  /** Counts a unit of the range compared with. */
  addPrevious(unit: TimedUnit): void {
    this.#tally.add(this.#isEnded ? unit.ended : unit, this.#previousPlane)
  }

  spell(): Breakdown {
    const [folded, ...sums] = this.#sumRange()
    const ranked = sums
      .map((counts, index) => ({ counts, slot: index + 1, runs: runsIn(counts) }))
      .filter(({ runs }) => runs > 0)
      .map((group) => ({ ...group, name: this.#nameOf(group.slot) }))
      .sort((left, right) => right.runs - left.runs || (left.name < right.name ? -1 : 1))
    const { groupsMax } = this.#parts
    return {
      groups: ranked.slice(0, groupsMax).map(({ slot, counts, name }) => this.#spellGroup(slot, counts, name)),
      distinct: ranked.length,
      rest: totalsOf(addUp(ranked.slice(groupsMax).map(({ counts }) => counts))),
      folded: totalsOf(folded ?? []),
    }
  }

  #spellGroup(slot: number, counts: Float64Array, name: string): Group {
    const { query } = this.#parts
    const at = (plane: number) => totalsOf(this.#tally.counts(plane) ?? [], slot * statusStride)
    return {
      value: name,
      counts: totalsOf(counts),
      lastDay: this.#tally.lastDay(slot),
      ...(this.#parts.name === 'script' && spellDurations(this.#durations[slot] ?? new Histogram())),
      ...(query.previous && { previous: at(this.#previousPlane) }),
      ...(query.trendDays !== undefined && { trend: Array.from({ length: query.trendDays }, (_, day) => at(day + 1)) }),
    }
  }

  /** The counts of each slot over the range. */
  #sumRange(): readonly Float64Array[] {
    const { fromDay, toDay } = this.#parts.range
    const firstPlane = Math.max(1, fromDay - (toDay - this.#trendDays))
    const planes = [restPlane, ...Array.from({ length: this.#trendDays }, (_, day) => day + 1).filter((plane) => plane >= firstPlane)]
    return this.#tally.values.map((_, slot) =>
      addUp(planes.flatMap((plane) => this.#tally.counts(plane)?.subarray(slot * statusStride, (slot + 1) * statusStride) ?? [])),
    )
  }

  #time({ count, places, bins, seconds }: UnitDurations): void {
    const { column, slots } = this.#tally
    const { bytes, offset, width } = column
    const isWide = width > 1
    for (let index = 0; index < count; index++) {
      const place = offset + (places[index] ?? 0)
      let number = width === 0 ? 0 : (bytes[place] ?? 0)
      if (isWide) number += (bytes[place + chunkRuns] ?? 0) << 8
      const histogram = this.#durationsOf(slots[number] ?? 0)
      const bin = bins[index] ?? 0
      histogram.bins[bin] = (histogram.bins[bin] ?? 0) + 1
      histogram.sum += seconds[index] ?? 0
    }
  }

  #durationsOf(slot: number): Histogram {
    const known = this.#durations[slot]
    if (known !== undefined) return known
    const histogram = new Histogram()
    this.#durations[slot] = histogram
    return histogram
  }

  #nameOf(slot: number): string {
    const { name, words } = this.#parts
    const value = this.#tally.values[slot] ?? absentValue
    if (name === 'type') return words.text('type', cellOfValue(value))
    return name === 'source' ? words.text('repo_source', cellOfValue(value)) : nameValue(name, value, words)
  }
}

/** The value of the word `unknown`, where a dimension has it. */
function unknownOf(name: BreakdownName, words: Words): number {
  if (name === 'source' || name === 'type' || dimensionRules[name].form === 'number') return absentValue
  return valueOfCell(words.find(wordKindOf(name), unknownText))
}

function addUp(list: readonly ArrayLike<number>[]): Float64Array {
  const sums = new Float64Array(statusStride)
  for (const counts of list)
    for (let status = 0; status < statusStride; status++) sums[status] = (sums[status] ?? 0) + (counts[status] ?? 0)
  return sums
}

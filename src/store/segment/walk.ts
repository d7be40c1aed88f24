import type { DayRange } from '../analysis-port.ts'
import type { PackedDay } from '../crossed/packed-day.ts'
import { Column } from './codec.ts'
import type { Condition } from './filter.ts'
import { type SegmentScan, spanOf } from './scan.ts'
import { UnitDurations } from './sum.ts'
import { type TimedUnit, UnitCutter } from './unit.ts'

export type DayWalk = {
  readonly scan: SegmentScan
  readonly conditions: readonly Condition[]
  readonly range: DayRange
  /** Days that are counted already. */
  readonly days: ReadonlyMap<number, readonly PackedDay[]>
  /** The day whose hours are told apart. */
  readonly hoursOf: number | undefined
  /** What reads columns of its own of each block that has a run. */
  readonly open: readonly { open(scan: SegmentScan): void }[]
}

/** What is told of the runs that are met: those of one day (or hour) of a block at a time, or a day that is counted already. */
export type DayVisit = {
  unit(unit: TimedUnit, durations: UnitDurations): void
  packed(packed: PackedDay): void
}

/** Visits the runs of a range that meet the conditions, each once. */
export function walkDays(walk: DayWalk, visit: DayVisit): void {
  const { range, days, hoursOf, scan } = walk
  const readers: UnitReaders = { cutter: new UnitCutter(scan, hoursOf), durations: new UnitDurations(), took: new Column() }
  let from = range.fromDay
  for (const day of [...days.keys()].sort((left, right) => left - right)) {
    if (day < range.fromDay || day > range.toDay || day === hoursOf) continue
    walkUnits(walk, { fromDay: from, toDay: day - 1 }, readers, visit)
    for (const packed of days.get(day) ?? []) visit.packed(packed)
    from = day + 1
  }
  walkUnits(walk, { fromDay: from, toDay: range.toDay }, readers, visit)
}

type UnitReaders = { readonly cutter: UnitCutter; readonly durations: UnitDurations; readonly took: Column }

function walkUnits({ scan, conditions, open }: DayWalk, range: DayRange, { cutter, durations, took }: UnitReaders, visit: DayVisit): void {
  if (range.fromDay > range.toDay) return
  const span = spanOf(range)
  scan.walk(scan.blocks(span), (block) => {
    if (scan.select(block, conditions, span) === 0) return
    scan.read('took', took)
    for (const part of open) part.open(scan)
    cutter.cut(block, (unit) => {
      durations.read(unit, took)
      visit.unit(unit, durations)
    })
  })
}

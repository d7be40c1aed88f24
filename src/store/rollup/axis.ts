import type { DayRange } from '../analysis-port.ts'
import type { AxisName } from '../count/axis.ts'
import { nameOnAxis, unknownValueOf } from '../count/axis.ts'
import { absentValue, foldedValue, valueOfCell } from '../dimension.ts'
import { type CellGroup, CellTally, type TrendDays } from './cell-tally.ts'
import { daysOfId, grainOfId, type PackedPeriod, periodOfId, type RollupDimension } from './key.ts'
import { everySingleDay } from './reader.ts'
import type { RollupScope } from './sum.ts'

/** Reads one dimension by its values. For types and sources the values are their codes, and the counts those of runs as such. */
export class Axis {
  readonly #scope: RollupScope
  readonly #name: AxisName
  readonly #dimension: RollupDimension
  readonly #group: CellGroup
  readonly #unknown: number

  constructor(scope: RollupScope, name: AxisName) {
    const isPlain = name === 'type' || name === 'source'
    this.#scope = scope
    this.#name = name
    this.#dimension = isPlain ? 'run' : name
    this.#group = isPlain ? name : 'value'
    this.#unknown = isPlain ? absentValue : unknownValueOf(name, scope.words)
  }

  /** The counts of a range by value. */
  tally(range: DayRange): CellTally {
    const { rollups, tenant } = this.#scope
    return this.#sum(rollups.cells(tenant, this.#dimension, range))
  }

  /** The same with the runs of each of the last days, which reach back beyond a shorter range. Those days are read one by one, and once. */
  followedTally(range: DayRange, trendDays: number): CellTally {
    const { rollups, tenant } = this.#scope
    const firstDay = range.toDay - trendDays + 1
    const earlier = rollups.cells(tenant, this.#dimension, { fromDay: range.fromDay, toDay: firstDay - 1 })
    const followed = { fromDay: Math.max(range.fromDay, firstDay), toDay: range.toDay }
    const days = rollups.cells(tenant, this.#dimension, followed, everySingleDay)
    const tally = this.#sum([...earlier, ...days], { firstDay, days: trendDays })
    const before = { fromDay: firstDay, toDay: range.fromDay - 1 }
    for (const { id, blob } of rollups.cells(tenant, this.#dimension, before, everySingleDay)) tally.addTrend(blob, id)
    return tally
  }

  /** The newest day that has runs of a value, for each value. Of a longer period its days are looked through from the last one on. */
  lastDays(tally: CellTally, values: readonly number[]): ReadonlyMap<number, number> {
    const days = new Map<number, number>()
    const longer = new Map<number, Set<number>>()
    for (const value of values) {
      const id = tally.lastPeriod(value)
      if (id === undefined) continue
      if (grainOfId(id) === 'day') days.set(value, periodOfId(id))
      else longer.set(id, (longer.get(id) ?? new Set()).add(value))
    }
    for (const [id, wanted] of longer) this.#findLastDays(daysOfId(id), wanted, days)
    return days
  }

  /** Whether a value stands for those that a period did not keep apart. */
  isFolded(value: number): boolean {
    return this.#group === 'value' && value === foldedValue
  }

  /** What a tally counts a value as: a run that said `unknown` and one that said nothing read alike. */
  countedAs(value: number): number {
    return value === this.#unknown ? absentValue : value
  }

  nameOf(value: number): string {
    return nameOnAxis(this.#name, this.#group === 'value' ? value : valueOfCell(value), this.#scope.words)
  }

  #findLastDays(range: DayRange, wanted: Set<number>, days: Map<number, number>): void {
    const { rollups, tenant } = this.#scope
    for (const { id, blob } of [...rollups.cells(tenant, this.#dimension, range, everySingleDay)].reverse()) {
      const tally = this.#newTally()
      tally.add(blob, id)
      for (const value of wanted) {
        if (tally.runs(value) === 0) continue
        days.set(value, periodOfId(id))
        wanted.delete(value)
      }
      if (wanted.size === 0) return
    }
  }

  #sum(periods: readonly PackedPeriod[], trend?: TrendDays): CellTally {
    const { rollups, filter, tenant } = this.#scope
    const { type, source, status } = filter
    const name = [tenant, this.#name, this.#unknown, type, source, status, trend?.firstDay, trend?.days].join(' ')
    return rollups.kept.sum(name, periods, () => this.#newTally(trend))
  }

  #newTally(trend?: TrendDays): CellTally {
    return new CellTally(this.#scope.filter, { group: this.#group, unknown: this.#unknown, ...(trend && { trend }) })
  }
}

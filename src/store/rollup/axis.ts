import type { DayRange } from '../analysis-port.ts'
import type { AxisName } from '../count/axis.ts'
import { nameOnAxis, unknownValueOf } from '../count/axis.ts'
import { dayOfMonth } from '../count/month.ts'
import { absentValue, foldedValue, valueOfCell } from '../dimension.ts'
import { type CellGroup, CellTally } from './cell-tally.ts'
import { grainOfId, periodOfId, type RollupDimension } from './key.ts'
import type { ReadGrain } from './reader.ts'
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
  tally(range: DayRange, grain?: ReadGrain): CellTally {
    const tally = this.#newTally()
    for (const { id, blob } of this.#scope.rollups.cells(this.#scope.tenant, this.#dimension, range, grain)) tally.add(blob, id)
    return tally
  }

  /** The counts of each of the days up to `toDay`, oldest first. */
  days(toDay: number, count: number): readonly CellTally[] {
    const { rollups, tenant } = this.#scope
    const fromDay = toDay - count + 1
    const tallies = Array.from({ length: count }, () => this.#newTally())
    for (const { id, blob } of rollups.cells(tenant, this.#dimension, { fromDay, toDay }, 'day'))
      tallies[periodOfId(id) - fromDay]?.add(blob, id)
    return tallies
  }

  /** The newest day that has runs of a value, for each value. Of a month that was read as such, its days are looked through from the last one on. */
  lastDays(tally: CellTally, values: readonly number[]): ReadonlyMap<number, number> {
    const days = new Map<number, number>()
    const months = new Map<number, Set<number>>()
    for (const value of values) {
      const id = tally.lastPeriod(value)
      if (id === undefined) continue
      const period = periodOfId(id)
      if (grainOfId(id) === 'day') days.set(value, period)
      else months.set(period, (months.get(period) ?? new Set()).add(value))
    }
    for (const [month, wanted] of months) this.#findLastDays(month, wanted, days)
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

  #findLastDays(month: number, wanted: Set<number>, days: Map<number, number>): void {
    const { rollups, tenant } = this.#scope
    const range = { fromDay: dayOfMonth(month), toDay: dayOfMonth(month + 1) - 1 }
    for (const { id, blob } of [...rollups.cells(tenant, this.#dimension, range, 'day')].reverse()) {
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

  #newTally(): CellTally {
    return new CellTally(this.#scope.filter, this.#group, this.#unknown)
  }
}

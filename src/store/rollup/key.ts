import { assert } from '../../base/assert.ts'
import type { DayRange } from '../analysis-port.ts'
import { units } from '../count/bucket.ts'
import { type Dimension, dimensionRules, dimensions, type ValuesMax } from '../dimension.ts'

/** What roll-ups hold beside the dimensions: runs as such, and runs by the hour of their day. */
export type RollupDimension = 'run' | 'hour' | Dimension

/** A day is counted from 1970, a week from the Monday before it, a month from January 1970. */
export type RollupGrain = 'day' | 'week' | 'month'

/** Every roll-up, by its code. */
export const rollupDimensions: readonly RollupDimension[] = ['run', 'hour', ...dimensions]

/** The grains of a roll-up. The hours of a day are asked for a day at a time. */
export function rollupGrains(dimension: RollupDimension): readonly RollupGrain[] {
  return dimension === 'hour' ? ['day'] : ['day', 'week', 'month']
}

/** Says how roll-ups are made: those made otherwise are made anew. */
export function rollupVersion(valuesMax: ValuesMax): string {
  const columns = dimensions.map((name) => `${name}=${dimensionRules[name].column}/${valuesMax[name]}`)
  return ['1', ...columns].join(' ')
}

const codes = new Map(rollupDimensions.map((name, code) => [name, code]))
const dimensionsMax = 64
const halves = 2
const periodsMax = 2 ** 22
/**
 * Where the periods of a grain lie: months and weeks share the second half, which months alone would leave nearly empty. Periods before 1970 have room:
 * records of an earlier service hold whatever time was written.
 */
const grains = { day: { half: 0, zero: 2 ** 20 }, month: { half: 1, zero: 2 ** 20 }, week: { half: 1, zero: 3 * 2 ** 20 } } as const
const firstWeekPlace = 2 ** 21

export type RollupPlace = {
  readonly tenant: number
  readonly dimension: RollupDimension
  readonly grain: RollupGrain
  readonly period: number
}

/** The rowid of a roll-up. Those of one dimension and grain follow each other by period. */
export function rollupId({ tenant, dimension, grain, period }: RollupPlace): number {
  const { half, zero } = grains[grain]
  const place = period + zero
  assert(place >= 0 && place < periodsMax, 'a period lies between the years -900 and 10000')
  return ((tenant * dimensionsMax + (codes.get(dimension) ?? 0)) * halves + half) * periodsMax + place
}

/** Everything that the rowid of a roll-up spells. */
export function placeOfId(id: number): RollupPlace {
  const tenant = Math.floor(id / (periodsMax * halves * dimensionsMax))
  return { tenant, dimension: dimensionOfId(id), grain: grainOfId(id), period: periodOfId(id) }
}

/** The period of a roll-up by its rowid. */
export function periodOfId(id: number): number {
  return (id % periodsMax) - grains[grainOfId(id)].zero
}

/** The grain of a roll-up by its rowid. */
export function grainOfId(id: number): RollupGrain {
  if (Math.floor(id / periodsMax) % halves === 0) return 'day'
  return id % periodsMax < firstWeekPlace ? 'month' : 'week'
}

/** The days of a roll-up by its rowid. */
export function daysOfId(id: number): DayRange {
  const { firstDay } = units[grainOfId(id)]
  const period = periodOfId(id)
  return { fromDay: firstDay(period), toDay: firstDay(period + 1) - 1 }
}

/** The dimension of a roll-up by its rowid. */
export function dimensionOfId(id: number): RollupDimension {
  return rollupDimensions[Math.floor(id / (periodsMax * halves)) % dimensionsMax] ?? 'run'
}

/** Every day that can be written: the years 1 to 9999. */
export const everyDay = { fromDay: -719_162, toDay: 2_932_896 }

export type PeriodSpan = { readonly grain: RollupGrain; readonly from: number; readonly to: number }

/** What days are added up to, the largest first. */
export type Sums = readonly ('month' | 'week')[]

/** The periods that add up to a range of days, oldest first: whole months and weeks as such, as far as `sums` names them, all other days one by one. */
export function spansOf({ fromDay, toDay }: DayRange, [grain, ...finer]: Sums): readonly PeriodSpan[] {
  if (fromDay > toDay) return []
  if (grain === undefined) return [{ grain: 'day', from: fromDay, to: toDay }]
  const { numberOf, firstDay } = units[grain]
  const from = numberOf(fromDay - 1) + 1
  const to = numberOf(toDay + 1) - 1
  if (from > to) return spansOf({ fromDay, toDay }, finer)
  const before = { fromDay, toDay: firstDay(from) - 1 }
  return [...spansOf(before, finer), { grain, from, to }, ...spansOf({ fromDay: firstDay(to + 1), toDay }, finer)]
}

/** A packed period: the rowid that spells it, and its blob. */
export type PackedPeriod = { readonly id: number; readonly blob: Uint8Array }

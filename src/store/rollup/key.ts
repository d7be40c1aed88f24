import { assert } from '../../base/assert.ts'
import { dayOfMonth, monthOfDay } from '../count/month.ts'
import { type Dimension, dimensionRules, dimensions, type ValuesMax } from '../dimension.ts'

/** What roll-ups hold beside the dimensions: runs as such, and runs by the hour of their day. */
export type RollupDimension = 'run' | 'hour' | Dimension

/** A day is counted from 1970, a month from January 1970. */
export type RollupGrain = 'day' | 'month'

/** Every roll-up, by its code. */
export const rollupDimensions: readonly RollupDimension[] = ['run', 'hour', ...dimensions]

/** The grains of a roll-up. The hours of a day are asked for a day at a time. */
export function rollupGrains(dimension: RollupDimension): readonly RollupGrain[] {
  return dimension === 'hour' ? ['day'] : ['day', 'month']
}

/** Says how roll-ups are made: those made otherwise are made anew. */
export function rollupVersion(valuesMax: ValuesMax): string {
  const columns = dimensions.map((name) => `${name}=${dimensionRules[name].column}/${valuesMax[name]}`)
  return ['1', ...columns].join(' ')
}

const codes = new Map(rollupDimensions.map((name, code) => [name, code]))
const dimensionsMax = 64
const grainsMax = 2
const periodsMax = 2 ** 22
/** Periods before 1970 have room: records of an earlier service hold whatever time was written. */
const periodOfZero = 2 ** 20

export type RollupPlace = {
  readonly tenant: number
  readonly dimension: RollupDimension
  readonly grain: RollupGrain
  readonly period: number
}

/** The rowid of a roll-up. Those of one dimension and grain follow each other by period. */
export function rollupId({ tenant, dimension, grain, period }: RollupPlace): number {
  const place = period + periodOfZero
  assert(place >= 0 && place < periodsMax, 'a period lies between the years -900 and 10000')
  return ((tenant * dimensionsMax + (codes.get(dimension) ?? 0)) * grainsMax + (grain === 'day' ? 0 : 1)) * periodsMax + place
}

/** Everything that the rowid of a roll-up spells. */
export function placeOfId(id: number): RollupPlace {
  const tenant = Math.floor(id / (periodsMax * grainsMax * dimensionsMax))
  return { tenant, dimension: dimensionOfId(id), grain: grainOfId(id), period: periodOfId(id) }
}

/** The period of a roll-up by its rowid. */
export function periodOfId(id: number): number {
  return (id % periodsMax) - periodOfZero
}

/** The grain of a roll-up by its rowid. */
export function grainOfId(id: number): RollupGrain {
  return Math.floor(id / periodsMax) % grainsMax === 0 ? 'day' : 'month'
}

/** The dimension of a roll-up by its rowid. */
export function dimensionOfId(id: number): RollupDimension {
  return rollupDimensions[Math.floor(id / (periodsMax * grainsMax)) % dimensionsMax] ?? 'run'
}

/** Every day that can be written: the years 1 to 9999. */
export const everyDay = { fromDay: -719_162, toDay: 2_932_896 }

export type PeriodSpan = { readonly grain: RollupGrain; readonly from: number; readonly to: number }

/** The periods that add up to a range of days, oldest first: whole months as such, the days before and after them one by one. */
export function spansOf({ fromDay, toDay }: { readonly fromDay: number; readonly toDay: number }): readonly PeriodSpan[] {
  const first = monthOfDay(fromDay - 1) + 1
  const last = monthOfDay(toDay + 1) - 1
  const days = (from: number, to: number): PeriodSpan => ({ grain: 'day', from, to })
  if (first > last) return [days(fromDay, toDay)].filter(isFilled)
  const months: PeriodSpan = { grain: 'month', from: first, to: last }
  return [days(fromDay, dayOfMonth(first) - 1), months, days(dayOfMonth(last + 1), toDay)].filter(isFilled)
}

function isFilled({ from, to }: PeriodSpan): boolean {
  return from <= to
}

import { type Dimension, dimensions } from '../dimension.ts'
import { rollupId } from '../rollup/key.ts'

/** What days are counted by a second time. One group of errors is few runs, and there are thousands. */
export const crossedDimensions: readonly Dimension[] = dimensions.filter((name) => name !== 'error')

/** Values of one dimension that a day may have rows for: each has at least this share of its runs. What fewer runs have is quickly counted from their columns. */
export const placesMax = 32

/** The rowid of one value of a day, by its place among the values of the dimension that have one. */
export function crossedId(tenant: number, dimension: Dimension, day: number, place = 0): number {
  return rollupId({ tenant, dimension, grain: 'day', period: day }) * placesMax + place
}

/** The rowid of what is known of a day. */
export function crossedDayId(tenant: number, day: number): number {
  return rollupId({ tenant, dimension: 'run', grain: 'day', period: day })
}

/** Says how days are counted: those counted otherwise are dropped. */
export const crossedVersion = ['1', placesMax, ...dimensions].join(' ')

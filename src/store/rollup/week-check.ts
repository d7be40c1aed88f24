import { dayOfWeek } from '../count/week.ts'
import { CellReader, keyOfCell, statusCount } from './cells.ts'
import { binsMax, statusesMax, type Times, timedDimensions } from './change.ts'
import { compareCounts, compareDurations, type Difference } from './difference.ts'
import { DurationCells } from './durations.ts'
import { type RollupDimension, type RollupGrain, rollupDimensions, rollupGrains, rollupId } from './key.ts'

/** Packed rows by their rowid. */
export type PackedRows = { cells(id: number): Uint8Array | undefined; bins(id: number): Uint8Array | undefined }

/** Each number of a week that is not the sum of its days as they lie packed. A week that is not added up yet has none; `told` hears of each row. */
export function* compareWeek(rows: PackedRows, tenant: number, week: number, told: () => void): Iterable<Difference> {
  const placeOf = (dimension: RollupDimension, grain: RollupGrain, period: number) => ({ tenant, dimension, grain, period })
  const isAddedUp = rows.cells(rollupId(placeOf('run', 'week', week))) !== undefined
  const days = Array.from({ length: dayOfWeek(week + 1) - dayOfWeek(week) }, (_, index) => dayOfWeek(week) + index)
  for (const dimension of rollupDimensions) {
    if (!rollupGrains(dimension).includes('week')) continue
    const place = placeOf(dimension, 'week', week)
    const id = rollupId(place)
    const dayIds = days.map((day) => rollupId(placeOf(dimension, 'day', day)))
    const [cells, bins] = [rows.cells(id), rows.bins(id)]
    if (cells !== undefined) told()
    if (isAddedUp || cells !== undefined) yield* compareCounts(place, cells, sumCounts(dayIds.map(rows.cells)), Number.POSITIVE_INFINITY)
    const isTimed = timedDimensions.some((name) => name === dimension)
    if (isTimed && (isAddedUp || bins !== undefined))
      yield* compareDurations(place, { cells, bins, limit: Number.POSITIVE_INFINITY }, sumTimes(dayIds.map(rows.bins)))
  }
}

function sumCounts(days: readonly (Uint8Array | undefined)[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const blob of days) {
    if (blob === undefined) continue
    const reader = new CellReader(blob)
    while (reader.next()) {
      const counts = new Int32Array(statusCount)
      reader.addTo(counts, 0)
      for (const [status, count] of counts.entries()) add(sums, keyOfCell(reader.value, reader.pair) * statusesMax + status, count)
    }
  }
  return sums
}

function sumTimes(days: readonly (Uint8Array | undefined)[]): Times {
  const times = { bins: new Map<number, number>(), sums: new Map<number, number>() }
  for (const blob of days)
    for (const { key, sum, bins } of new DurationCells(blob).histograms()) {
      add(times.sums, key, sum)
      for (const [bin, count] of bins.entries()) if (count !== 0) add(times.bins, key * binsMax + bin, count)
    }
  return times
}

function add(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by)
}

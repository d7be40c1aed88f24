import type { DayRange, Sum } from '../analysis-port.ts'
import { Histogram, spellDurations } from '../count/histogram.ts'
import { absentValue } from '../dimension.ts'
import { countColumns } from '../run/columns.ts'
import type { Words } from '../words.ts'
import { type CellFilter, CellTally, pairMatches } from './cell-tally.ts'
import { DurationReader } from './durations.ts'
import type { RollupReader } from './reader.ts'

/** Where an analysis reads: the packed periods of one tenant, and which of their cells count. */
export type RollupScope = {
  readonly rollups: RollupReader
  readonly words: Words
  readonly tenant: number
  readonly filter: CellFilter
}

/** The runs of a range and how long they took. */
export function readSum({ rollups, tenant, filter }: RollupScope, range: DayRange): Sum {
  const tally = new CellTally(filter)
  for (const { id, blob } of rollups.cells(tenant, 'run', range)) tally.add(blob, id)
  const histogram = new Histogram()
  for (const { blob } of rollups.durations(tenant, 'run', range)) addDurations(blob, filter, histogram)
  return { counts: tally.totals(absentValue), ...spellDurations(histogram) }
}

const success = countColumns.indexOf('success')

/** Whether runs that the filter means can have a duration: only successful ones have. */
export function canLast({ status }: CellFilter): boolean {
  return status === undefined || status === success
}

/** Adds the durations of one packed period of runs as such. */
export function addDurations(blob: Uint8Array, filter: CellFilter, histogram: Histogram): void {
  if (!canLast(filter)) return
  const reader = new DurationReader(blob)
  while (reader.next()) if (pairMatches(filter, reader.pair)) reader.addTo(histogram)
}

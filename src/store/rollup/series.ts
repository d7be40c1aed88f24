import type { Bucket, DayRange, Grain } from '../analysis-port.ts'
import { bucketsOf } from '../count/bucket.ts'
import { Histogram, spellDurations } from '../count/histogram.ts'
import { medianOf, resources } from '../count/median.ts'
import { absentValue, foldedValue, valueOfCell } from '../dimension.ts'
import { CellTally } from './cell-tally.ts'
import { daysOfId, type Sums } from './key.ts'
import { everySingleDay } from './reader.ts'
import { addDurations, type RollupScope } from './sum.ts'

/** The runs of a range over time: by hour of its last day, or by day, week or month. */
export function readSeries(scope: RollupScope, range: DayRange, grain: Grain): readonly Bucket[] {
  return grain === 'hour' ? readHours(scope, range) : readBuckets(scope, range, grain)
}

function readHours({ rollups, tenant, filter }: RollupScope, range: DayRange): readonly Bucket[] {
  const tally = new CellTally(filter)
  const day = { fromDay: range.toDay, toDay: range.toDay }
  for (const { id, blob } of rollups.cells(tenant, 'hour', day, everySingleDay)) tally.add(blob, id)
  return bucketsOf(range, 'hour').starts.map((start, hour) => ({ start, counts: tally.totals(valueOfCell(hour)), medians: {} }))
}

/** What lies in one bucket as a whole. */
const sumsOf: Readonly<Record<Exclude<Grain, 'hour'>, Sums>> = { day: everySingleDay, week: ['week'], month: ['month'] }

function readBuckets({ rollups, tenant, filter }: RollupScope, range: DayRange, grain: Exclude<Grain, 'hour'>): readonly Bucket[] {
  const { starts, indexOf } = bucketsOf(range, grain)
  const read = sumsOf[grain]
  const buckets = starts.map((start) => ({
    start,
    runs: new CellTally(filter),
    durations: new Histogram(),
    resources: { cores: new CellTally(filter), ram: new CellTally(filter), disk: new CellTally(filter) },
  }))
  const bucketOf = (id: number) => buckets[indexOf(daysOfId(id).fromDay)]
  for (const { id, blob } of rollups.cells(tenant, 'run', range, read)) bucketOf(id)?.runs.add(blob, id)
  for (const { id, blob } of rollups.durations(tenant, 'run', range, read)) {
    const bucket = bucketOf(id)
    if (bucket !== undefined) addDurations(blob, filter, bucket.durations)
  }
  for (const name of resources)
    for (const { id, blob } of rollups.cells(tenant, name, range, read)) bucketOf(id)?.resources[name].add(blob, id)
  return buckets.map((bucket) => ({
    start: bucket.start,
    counts: bucket.runs.totals(absentValue),
    ...spellDurations(bucket.durations),
    medians: mediansOf(bucket.resources),
  }))
}

function mediansOf(tallies: Readonly<Record<(typeof resources)[number], CellTally>>): Bucket['medians'] {
  const medians: { [Name in (typeof resources)[number]]?: number } = {}
  for (const name of resources) {
    const named = tallies[name].values().filter((value) => value !== absentValue && value !== foldedValue)
    const median = medianOf(named.map((value) => ({ value, runs: tallies[name].runs(value) })))
    if (median !== undefined) medians[name] = median
  }
  return medians
}

import type { Breakdown, DayRange, Group } from '../analysis-port.ts'
import type { BreakdownQuery } from '../count/breakdown-query.ts'
import { Histogram, spellDurations } from '../count/histogram.ts'
import { Axis } from './axis.ts'
import { type CellTally, pairMatches } from './cell-tally.ts'
import { DurationReader } from './durations.ts'
import { canLast, type RollupScope } from './sum.ts'

/** The groups of a range by one dimension, the ones with the most runs first, equal ones by name. */
export function readBreakdown(scope: RollupScope, range: DayRange, query: BreakdownQuery): Breakdown {
  const { name, groupsMax, trendDays, isTimed } = query
  const axis = new Axis(scope, name)
  const tally = trendDays === undefined ? axis.tally(range) : axis.followedTally(range, trendDays)
  const known = tally.values().filter((value) => !axis.isFolded(value))
  const shown = rank(axis, tally, known, groupsMax)
  const values = shown.map(({ value }) => value)
  const areShown = new Set(values)
  const extras: Extras = {
    lastDays: axis.lastDays(tally, values),
    previous: query.previous && axis.tally(query.previous),
    durations: isTimed ? readScriptDurations(scope, range, { axis, values }) : undefined,
  }
  return {
    groups: shown.map((group) => buildGroup(group, tally, extras)),
    distinct: known.length,
    rest: tally.sum(known.filter((value) => !areShown.has(value))),
    folded: tally.sum(tally.values().filter((value) => axis.isFolded(value))),
  }
}

type Ranked = { readonly value: number; readonly runs: number; readonly name: string }

/** The values that are shown, in order. Of thousands only those are named and sorted that have as many runs as the last one shown. */
function rank(axis: Axis, tally: CellTally, values: readonly number[], groupsMax: number): readonly Ranked[] {
  const runs = Float64Array.from(values, (value) => tally.runs(value))
  const least = runs.toSorted().at(-groupsMax) ?? 0
  return values
    .map((value, index) => ({ value, runs: runs[index] ?? 0 }))
    .filter((value) => value.runs >= least)
    .map((value) => ({ ...value, name: axis.nameOf(value.value) }))
    .sort((left, right) => right.runs - left.runs || (left.name < right.name ? -1 : 1))
    .slice(0, groupsMax)
}

type Extras = {
  readonly lastDays: ReadonlyMap<number, number>
  readonly previous: CellTally | undefined
  readonly durations: ReadonlyMap<number, Histogram> | undefined
}

function buildGroup({ value, name }: Ranked, tally: CellTally, { lastDays, previous, durations }: Extras): Group {
  const histogram = durations?.get(value)
  const trend = tally.trend(value)
  return {
    value: name,
    counts: tally.totals(value),
    lastDay: lastDays.get(value) ?? 0,
    ...(histogram && spellDurations(histogram)),
    ...(previous && { previous: previous.totals(value) }),
    ...(trend && { trend }),
  }
}

/** How long the successful runs of some scripts took. */
function readScriptDurations(
  { rollups, tenant, filter }: RollupScope,
  range: DayRange,
  { axis, values }: { readonly axis: Axis; readonly values: readonly number[] },
): ReadonlyMap<number, Histogram> {
  const histograms = new Map(values.map((value) => [value, new Histogram()]))
  if (!canLast(filter)) return histograms
  for (const { blob } of rollups.durations(tenant, 'script', range)) {
    const reader = new DurationReader(blob)
    const matches = reader.pairs.map((pair) => pairMatches(filter, pair))
    let value = Number.NaN
    let histogram: Histogram | undefined
    while (reader.next()) {
      if (reader.value !== value) {
        value = reader.value // Histograms of one value follow each other.
        histogram = histograms.get(axis.countedAs(value))
      }
      if (histogram !== undefined && matches[reader.pairIndex]) reader.addTo(histogram)
    }
  }
  return histograms
}

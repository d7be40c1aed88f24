import type { Breakdown, DayRange, Group } from '../analysis-port.ts'
import type { BreakdownQuery } from '../count/breakdown-query.ts'
import { Histogram, spellDurations } from '../count/histogram.ts'
import { Axis } from './axis.ts'
import { type CellTally, pairMatches } from './cell-tally.ts'
import { DurationReader } from './durations.ts'
import { canLast, type RollupScope } from './sum.ts'

/** The groups of a range by one dimension, the ones with the most runs first, equal ones by name. */
export function readBreakdown(scope: RollupScope, range: DayRange, query: BreakdownQuery): Breakdown {
  const { name, groupsMax } = query
  const axis = new Axis(scope, name)
  const tally = axis.tally(range)
  const ranked = rank(axis, tally)
  const shown = ranked.slice(0, groupsMax)
  const values = shown.map(({ value }) => value)
  const extras: Extras = {
    lastDays: axis.lastDays(tally, values),
    previous: query.previous && axis.tally(query.previous),
    trend: query.trendDays === undefined ? undefined : axis.days(range.toDay, query.trendDays),
    durations: name === 'script' ? readScriptDurations(scope, range, { axis, values }) : undefined,
  }
  return {
    groups: shown.map((group) => buildGroup(group, tally, extras)),
    distinct: ranked.length,
    rest: tally.sum(ranked.slice(groupsMax).map(({ value }) => value)),
    folded: tally.sum(tally.values().filter((value) => axis.isFolded(value))),
  }
}

type Ranked = { readonly value: number; readonly runs: number; readonly name: string }

function rank(axis: Axis, tally: CellTally): readonly Ranked[] {
  return tally
    .values()
    .filter((value) => !axis.isFolded(value))
    .map((value) => ({ value, runs: tally.runs(value), name: axis.nameOf(value) }))
    .sort((left, right) => right.runs - left.runs || (left.name < right.name ? -1 : 1))
}

type Extras = {
  readonly lastDays: ReadonlyMap<number, number>
  readonly previous: CellTally | undefined
  readonly trend: readonly CellTally[] | undefined
  readonly durations: ReadonlyMap<number, Histogram> | undefined
}

function buildGroup({ value, name }: Ranked, tally: CellTally, { lastDays, previous, trend, durations }: Extras): Group {
  const histogram = durations?.get(value)
  return {
    value: name,
    counts: tally.totals(value),
    lastDay: lastDays.get(value) ?? 0,
    ...(histogram && spellDurations(histogram)),
    ...(previous && { previous: previous.totals(value) }),
    ...(trend && { trend: trend.map((day) => day.runs(value)) }),
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

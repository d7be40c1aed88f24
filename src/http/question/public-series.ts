import { sumOf } from '../../page/outcome.ts'
import type { Bucket } from '../../store/analysis-port.ts'
import { addTotals } from '../../store/count/totals.ts'

/**
 * A series as everybody may see it: no bucket has some runs and fewer than `runsMin`. Few runs are counted with those of the next bucket, until they are
 * enough; what is left at the end, with the last that had enough. The sum stays. A bucket that was not counted alone tells no durations or medians.
 */
export function foldSeries(series: readonly Bucket[], runsMin: number): readonly Bucket[] {
  const places = placesOf(
    series.map(({ counts }) => sumOf(counts)),
    runsMin,
  )
  return series.map((bucket, place) => {
    const members = series.filter((_, index) => places[index] === place)
    const counts = addTotals(members.map((member) => member.counts))
    const isAlone = members.every((member) => member === bucket || sumOf(member.counts) === 0) && members.includes(bucket)
    if (!isAlone || sumOf(counts) < runsMin) return { start: bucket.start, counts, medians: {} }
    const { durations, ...rest } = bucket
    return { ...rest, counts, ...(durations !== undefined && durations.count >= runsMin && { durations }) }
  })
}

/** The same for the runs of each day of a trend. */
export function foldTrend(trend: readonly number[], runsMin: number): readonly number[] {
  const places = placesOf(trend, runsMin)
  return trend.map((_, place) => trend.reduce((sum, runs, index) => sum + (places[index] === place ? runs : 0), 0))
}

/** Where the runs of each bucket are counted. Where all of them together are too few, nowhere. */
function placesOf(runs: readonly number[], runsMin: number): readonly number[] {
  const places: number[] = []
  let begun = 0
  let carried = 0
  let last = nowhere
  for (const [place, count] of runs.entries()) {
    carried += count
    if (carried < runsMin) continue
    for (let index = begun; index <= place; index++) places[index] = place
    last = place
    begun = place + 1
    carried = 0
  }
  for (let index = begun; index < runs.length; index++) places[index] = last
  return places
}

const nowhere = -1

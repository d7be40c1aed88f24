import { describe, expect, test } from 'bun:test'
import { DurationCard, RateCard, ResourceCard } from '../../../src/page/part/time-card.tsx'
import { lastDay, noRuns, sampleSeries } from '../sample-analysis.ts'

const range = { fromDay: lastDay - 6, toDay: lastDay }
const series = { buckets: sampleSeries(7, 4_000), grain: 'day', range } as const
/** Runs that say nothing but how they ended. */
const bare = {
  ...series,
  buckets: series.buckets.map(({ start }) => ({ start, counts: { ...noRuns, success: 40, failed: 2 }, medians: {} })),
}
const rowsOf = (html: string) => html.match(/<tbody>.*<\/tbody>/s)?.[0].match(/<tr>/g)?.length ?? 0

describe('a chart over time', () => {
  test.each([
    ['the success rate', RateCard, 1],
    ['durations', DurationCard, 1],
    ['resources', ResourceCard, 3],
  ] as const)('%s has axes and a table of its own', (_, card, charts) => {
    const html = card({ series })
    expect([html.match(/<svg class="chart/g)?.length, html.match(/<details>/g)?.length, rowsOf(html)]).toEqual([charts, 1, 7])
  })

  test.each([
    ['durations', DurationCard, 'No successful run of this period said how long it took.', 1],
    ['resources', ResourceCard, 'No run of this period said so.', 3],
  ] as const)('without values says so in place of empty axes: %s', (_, card, words, times) => {
    const html = card({ series: bare })
    expect([html.includes('<svg'), html.includes('<details'), html.split(words).length - 1]).toEqual([false, false, times])
  })
})

import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { bar } from '../../../src/page/chart/bar.ts'
import { chartDurations, chartRate, chartRuns } from '../../../src/page/chart/chart-data.ts'
import { lines } from '../../../src/page/chart/lines.ts'
import { widenForRate } from '../../../src/page/chart/rate-series.ts'
import { smallChart, wideChart } from '../../../src/page/chart/size.ts'
import { sparkline } from '../../../src/page/chart/sparkline.ts'
import { stackedBars } from '../../../src/page/chart/stacked-bars.ts'
import type { TimeChart } from '../../../src/page/chart/time-chart.ts'
import { scaleOf, type Unit } from '../../../src/page/chart/unit.ts'
import { expectGolden } from '../../part/golden.ts'
import { lastDay, noRuns, sampleSeries } from '../sample-analysis.ts'

const month = { buckets: sampleSeries(30, 1_137), grain: 'day', range: { fromDay: lastDay - 29, toDay: lastDay } } as const
const empty = { ...month, buckets: [] }
const still = { ...month, buckets: sampleSeries(3, 0) }

describe('charts look as they did', () => {
  test.each([
    ['runs-month', stackedBars(chartRuns(month), wideChart)],
    ['runs-none', stackedBars(chartRuns(still), wideChart)],
    ['runs-empty', stackedBars(chartRuns(empty), wideChart)],
    ['rate-month', lines(chartRate(month), smallChart)],
    ['durations-month', lines(chartDurations(month), smallChart)],
    ['sparkline', sparkline([3, 9, 0, 4, 12, 12])],
    ['sparkline-empty', sparkline([])],
    [
      'bar',
      bar(
        [
          { tone: 'success', value: 80 },
          { tone: 'failed', value: 15 },
        ],
        100,
      ),
    ],
    ['bar-none', bar([{ tone: 'success', value: 0 }], 0)],
  ])('%s', (name, svg) => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expectGolden(`chart/${name}.svg`, `${svg.replaceAll('><', '>\n<')}\n`)
  })
})

const chartOf = (values: readonly (number | undefined)[], text = 'x'): TimeChart => ({
  title: text,
  description: text,
  labels: values.map(() => text),
  unit: 'count',
  series: [{ name: text, tone: 'main', values }],
})

describe('a line', () => {
  test('has a gap where there is no value, and a dot between two gaps', () => {
    const svg = lines(chartOf([1, 2, undefined, 3, undefined, 4, 5]), smallChart)
    expect(svg.match(/class="stroke main" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(3)
    expect(svg.match(/class="stroke main dot" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(1)
  })

  test('of nothing is no line', () => {
    expect(lines(chartOf([undefined, undefined]), smallChart)).toContain('d=""')
  })
})

test('a chart has a name and a meaning, whatever they hold', () => {
  for (const svg of [lines(chartOf([1], '<b>"'), wideChart), stackedBars(chartOf([1], '<b>"'), wideChart)]) {
    expect(svg).toStartWith('<svg class="chart wide-chart" viewBox="0 0 720 260" role="img"><title>&lt;b&gt;&quot;</title><desc>')
    expect(svg).not.toContain('<b>')
  }
})

test('the bars of a bucket are as high as its sum', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)), { minLength: 1, maxLength: 40 }), (rows) => {
      const series = (['success', 'failed'] as const).map((tone, index) => ({ name: tone, tone, values: rows.map((row) => row[index]) }))
      const svg = stackedBars({ ...chartOf([]), labels: rows.map(String), series }, wideChart)
      const tops = [...svg.matchAll(/M[\d.]+ (\d+)v-(\d+)/g)].map(([, base, height]) => Number(base) - Number(height))
      for (const top of tops) expect(top).toBeWithin(0, wideChart.height)
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    }),
  )
})

describe('an axis', () => {
  test.each<[unit: Unit, highest: number, last: string]>([
    ['count', 0, '1'],
    ['count', 3, '3'],
    ['count', 34_112, '40k'],
    ['percent', 12, '100 %'],
    ['seconds', 0, '1 s'],
    ['seconds', 700, '15 min'],
    ['seconds', 86_400, '24 h'],
    ['megabytes', 2_048, '2 GB'],
    ['gigabytes', 8, '8 GB'],
  ])('of %s up to %d ends at %s', (unit, highest, last) => {
    const { ticks, max, format } = scaleOf(unit, highest)
    expect([ticks[0], ticks.at(-1), format(max)]).toEqual([0, max, last])
    expect(max).toBeGreaterThanOrEqual(highest)
    expect(ticks.length).toBeLessThanOrEqual(6)
  })

  test('begins at 0 and reaches its highest value, whatever that is', () => {
    const unit = fc.constantFrom<Unit>('count', 'seconds', 'megabytes', 'gigabytes')
    fc.assert(
      fc.property(unit, fc.integer({ min: 0, max: 2_000_000_000 }), (name, highest) => {
        const { ticks, max } = scaleOf(name, highest)
        expect([ticks[0], max >= highest, ticks.length <= 7]).toEqual([0, true, true])
      }),
    )
  })
})

test('a bucket without runs has no bar and no rate', () => {
  const rate = chartRate({ grain: 'day', buckets: [{ start: 0, counts: noRuns }] })
  expect(rate.series[0]?.values).toEqual([undefined])
})

describe('the success rate is drawn in buckets of which most have enough runs', () => {
  const days = (count: number, runs: number) =>
    Array.from({ length: count }, (_, index) => ({ start: (lastDay - count + 1 + index) * dayMs, counts: { success: runs, failed: 0 } }))
  test.each<[days: number, runsADay: number, given: 'day' | 'week', grain: string, title: string]>([
    [30, 25, 'day', 'day', 'Success rate a day'],
    [30, 5, 'day', 'week', 'Success rate a week'],
    [60, 1, 'day', 'month', 'Success rate a month'],
    [10, 1, 'day', 'whole', 'Success rate of the whole period'],
    [10, 0, 'day', 'whole', 'Success rate of the whole period'],
    [52, 19, 'week', 'month', 'Success rate a month'],
  ])('%d times %d runs, by %s, are drawn by %s', (count, runs, grain, expected, title) => {
    const wide = widenForRate({ grain, buckets: days(count, runs) })
    expect<string[]>([wide.grain, chartRate(wide).title]).toEqual([expected, title])
    expect(wide.buckets.reduce((sum, { counts }) => sum + counts.success, 0)).toBe(count * runs)
  })

  test('weeks begin on Monday, months on their first day', () => {
    const { buckets } = widenForRate({ grain: 'day', buckets: days(30, 5) })
    for (const { start } of buckets) expect(new Date(start).getUTCDay()).toBe(1)
    const months = widenForRate({ grain: 'day', buckets: days(60, 1) }).buckets
    for (const { start } of months) expect(new Date(start).getUTCDate()).toBe(1)
  })

  test('days without any run are no reason for wider ones', () => {
    const busy = days(30, 25).map((bucket, index) => (index % 3 === 0 ? bucket : { ...bucket, counts: { success: 0, failed: 0 } }))
    expect(widenForRate({ grain: 'day', buckets: busy }).grain).toBe('day')
  })
})

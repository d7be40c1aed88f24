import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { foldSeries, foldTrend } from '../../../src/http/question/public-series.ts'
import { foldBreakdown } from '../../../src/http/question/public-view.ts'
import { sumOf } from '../../../src/page/outcome.ts'
import type { Bucket } from '../../../src/store/analysis-port.ts'
import { noRuns } from '../../page/sample-analysis.ts'

const runsMin = 3
const durations = { count: 5, mean: 60, p50: 60, p95: 90 }
const bucketOf = (success: number, start: number): Bucket => ({ start, counts: { ...noRuns, success }, durations, medians: { ram: 512 } })
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)

describe('what everybody sees over time', () => {
  test.each<[runs: readonly number[], seen: readonly number[]]>([
    [
      [5, 0, 3],
      [5, 0, 3],
    ],
    [
      [1, 0, 2, 4],
      [0, 0, 3, 4],
    ],
    [
      [4, 1, 0, 1],
      [6, 0, 0, 0],
    ],
    [
      [1, 1],
      [0, 0],
    ],
    [[], []],
  ])('%j reads as %j', (runs, seen) => {
    expect(foldTrend(runs, runsMin)).toEqual([...seen])
    expect(foldSeries(runs.map(bucketOf), runsMin).map(({ counts }) => sumOf(counts))).toEqual([...seen])
  })

  test('a bucket tells durations and medians only where it was counted alone', () => {
    expect(foldSeries([5, 0, 1, 4].map(bucketOf), runsMin).map((bucket) => [bucket.medians, bucket.durations])).toEqual([
      [{ ram: 512 }, durations],
      [{}, undefined],
      [{}, undefined],
      [{}, undefined],
    ])
  })

  test('is never few runs, and all of them together, where they are enough', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (runs, least) => {
        const seen = foldTrend(runs, least)
        expect(seen.filter((count) => count > 0 && count < least)).toEqual([])
        expect(sum(seen)).toBe(sum(runs) < least ? 0 : sum(runs))
        expect(foldSeries(runs.map(bucketOf), least).map(({ counts }) => sumOf(counts))).toEqual([...seen])
      }),
    )
  })
})

test('other is the same number however many names are wanted, and nobody but it has few runs, now or before', () => {
  const counts = fc.array(fc.record({ now: fc.integer({ min: 1, max: 9 }), before: fc.nat(9) }), { maxLength: 40 })
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 5 }), fc.nat(45), (names, least, groupsMax) => {
      const groups = names.map(({ now, before }, index) => ({
        value: `script-${index}`,
        counts: { ...noRuns, success: now },
        previous: { ...noRuns, success: before },
        lastDay: 20_000,
        trend: [now, 0, 1],
      }))
      const folded = foldBreakdown({ groups, distinct: groups.length, rest: noRuns, folded: noRuns }, least, groupsMax)
      const other = folded.groups.find(({ value }) => value === 'other')
      expect(other === undefined ? 0 : sumOf(other.counts)).toBe(sum(names.map(({ now }) => now).filter((now) => now < least)))
      expect(sum(folded.groups.map((group) => sumOf(group.counts))) + sumOf(folded.rest)).toBe(sum(names.map(({ now }) => now)))
      expect(folded.distinct).toBe(names.filter(({ now }) => now >= least).length)
      for (const { value, previous, trend = [], counts } of folded.groups) {
        if (value === 'other') continue
        const few = [sumOf(counts), ...(previous ? [sumOf(previous)] : []), ...trend].filter((runs) => runs > 0 && runs < least)
        expect(few).toEqual([])
      }
    }),
  )
})

import { describe, expect, test } from 'bun:test'
import { foldAnalysis, foldBreakdown } from '../../../src/http/question/public-view.ts'
import { sumOf } from '../../../src/page/outcome.ts'
import type { Analysis, Breakdown, Group } from '../../../src/store/analysis-port.ts'
import { noRuns } from '../../page/sample-analysis.ts'

const groupOf = (value: string, success: number, more: Partial<Group> = {}): Group => ({
  value,
  counts: { ...noRuns, success },
  lastDay: 20_000 + success,
  ...more,
})
const breakdownOf = (...groups: readonly Group[]): Breakdown => ({ groups, distinct: groups.length, rest: noRuns, folded: noRuns })
const analysisOf = (success: number, by: Analysis['by']): Analysis => ({
  range: { fromDay: 20_000, toDay: 20_001 },
  total: { counts: { ...noRuns, success } },
  previous: { counts: { ...noRuns, success } },
  series: [{ start: 0, counts: { ...noRuns, success }, medians: { ram: 512 } }],
  by,
})

describe('names with too few runs', () => {
  const trend = [1]
  const durations = { count: 1, mean: 5, p50: 5, p95: 5 }

  test('are counted as other, without what only they could tell', () => {
    const few = [groupOf('b', 2, { trend, durations, previous: { ...noRuns, failed: 9 } }), groupOf('c', 1)]
    expect(foldBreakdown(breakdownOf(groupOf('a', 3), ...few), 3).groups).toEqual([
      groupOf('a', 3),
      groupOf('other', 3, { lastDay: 20_002, previous: { ...noRuns, failed: 9 } }),
    ])
  })

  test('are shown from the least number on, and at 1 all of them', () => {
    const breakdown = breakdownOf(groupOf('a', 3), groupOf('b', 1))
    expect(foldBreakdown(breakdown, 1)).toEqual(breakdown)
    expect(foldBreakdown(breakdownOf(groupOf('a', 3)), 3).groups.map(({ value }) => value)).toEqual(['a'])
  })

  test('still add up to the total', () => {
    const folded = foldAnalysis(analysisOf(6, { script: breakdownOf(groupOf('a', 3), groupOf('b', 2), groupOf('c', 1)) }), {
      runsMin: 3,
      by: { script: 20 },
      isFiltered: false,
    })
    const runs = folded.by.script?.groups.map(({ counts }) => sumOf(counts)) ?? []
    expect(runs.reduce((sum, count) => sum + count, 0)).toBe(sumOf(folded.total.counts))
  })
})

describe('a filter that leaves too few runs', () => {
  const few = analysisOf(2, { os: breakdownOf(groupOf('debian', 2)) })

  test('leaves none, in no part of the answer', () => {
    const nothing = foldAnalysis(few, { runsMin: 3, by: { os: 5 }, isFiltered: true })
    expect(nothing).toEqual({
      ...(few.range && { range: few.range }),
      total: { counts: noRuns },
      previous: { counts: noRuns },
      series: [{ start: 0, counts: noRuns, medians: {} }],
      by: { os: { groups: [], distinct: 0, rest: noRuns, folded: noRuns } },
    })
  })

  test('leaves them where their number is enough, and where nothing is filtered', () => {
    expect(foldAnalysis(few, { runsMin: 2, by: { os: 5 }, isFiltered: true }).total).toBe(few.total)
    expect(foldAnalysis(few, { runsMin: 3, by: { os: 5 }, isFiltered: false }).total).toBe(few.total)
  })
})

import { describe, expect, test } from 'bun:test'
import { findFailingScripts } from '../../../src/http/page/failing-script.ts'
import type { Analysis, Group } from '../../../src/store/analysis-port.ts'
import type { Totals } from '../../../src/store/count/totals.ts'

const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
type Ends = readonly [success: number, failed: number]
const totals = ([success, failed]: Ends): Totals => ({ ...noRuns, success, failed, aborted: 7 })
const group = (value: string, now: Ends, before?: Ends): Group => ({
  value,
  counts: totals(now),
  lastDay: 20_000,
  ...(before && { previous: totals(before) }),
})

const analysis = (groups: readonly Group[], whole: Ends = [0, 0]): Analysis => ({
  total: { counts: noRuns },
  previous: { counts: totals(whole) },
  series: [],
  by: { script: { groups, distinct: groups.length, rest: noRuns, folded: noRuns } },
})

describe('a script fails more than it used to', () => {
  test.each<[name: string, now: Ends, before: Ends | undefined, isNamed: boolean]>([
    ['from 9 % to 38 %', [70, 42], [910, 90], true],
    ['all of a sudden always', [0, 30], [300, 0], true],
    ['with just enough runs', [5, 15], [19, 1], true],
    ['with one run too few now', [4, 15], [300, 10], false],
    ['with one run too few before', [5, 15], [19, 0], false],
    ['without a past', [5, 15], undefined, false],
    ['by less than 10 points', [900, 100], [990, 10], false],
    ['by less than half as much again', [300, 700], [450, 550], false],
    ['by what chance explains', [16, 8], [190, 38], false],
    ['less', [90, 10], [500, 500], false],
    ['never', [100, 0], [100, 0], false],
    ['always, as before', [0, 100], [0, 100], false],
  ])('%s', (_, now, before, isNamed) => {
    expect(findFailingScripts(analysis([group('immich', now, before)])).length).toBe(Number(isNamed))
  })

  test('than all others, where it is new', () => {
    const found = findFailingScripts(analysis([group('new', [0, 50]), group('old', [90, 10], [900, 100])], [900, 100]))
    expect(found).toEqual([{ name: 'new', share: 1, before: expect.closeTo(0.1), than: 'others', runs: 50 }])
  })

  test('with its figures, the surest first', () => {
    const found = findFailingScripts(analysis([group('some', [70, 30], [950, 50]), group('all', [0, 100], [950, 50])]))
    expect(found).toEqual([
      { name: 'all', share: 1, before: expect.closeTo(0.05), than: 'own', runs: 100 },
      { name: 'some', share: expect.closeTo(0.3), before: expect.closeTo(0.05), than: 'own', runs: 100 },
    ])
  })
})

import { describe, expect, test } from 'bun:test'
import type { Analysis, Group } from '../../../src/store/analysis-port.ts'
import { chooseGroups } from '../../../src/store/count/group-choice.ts'
import type { Totals } from '../../../src/store/count/totals.ts'

const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
type Ends = readonly [success: number, failed: number]
const totals = ([success, failed]: Ends): Totals => ({ ...noRuns, success, failed })
const group = (value: string, now: Ends, before?: Ends): Group => ({
  value,
  counts: totals(now),
  lastDay: 20_000,
  ...(before && { previous: totals(before) }),
})
const breakdown = (groups: readonly Group[]) => ({ groups, distinct: groups.length, rest: noRuns, folded: noRuns })
const analysis = (by: Analysis['by'], whole?: Ends): Analysis => ({
  total: { counts: noRuns },
  ...(whole && { previous: { counts: totals(whole) } }),
  series: [],
  by,
})
const valuesOf = ({ by }: Analysis, name: 'script' | 'error' | 'os') => by[name]?.groups.map(({ value }) => value)

describe('chosen groups', () => {
  test('are scripts that fail more than they did, new ones more than all others', () => {
    const scripts = [
      group('risen', [60, 40], [900, 100]),
      group('usual', [90, 10], [900, 100]),
      group('new', [0, 50]),
      group('rare', [0, 3]),
    ]
    const whole = analysis({ script: breakdown(scripts) }, [1800, 200])
    expect(valuesOf(chooseGroups(whole, { script: 'fails_more' }), 'script')).toEqual(['risen', 'new'])
  })

  test('are no scripts where nothing is compared', () => {
    const whole = analysis({ script: breakdown([group('risen', [60, 40])]) })
    expect(valuesOf(chooseGroups(whole, { script: 'fails_more' }), 'script')).toEqual([])
  })

  test.each<[runs: number, before: number | undefined, canBe: boolean]>([
    [1, 0, true],
    [10, 5, true],
    [19, 10, false],
    [9, 1, false],
    [900, undefined, true],
  ])('are groups of errors that may be new or growing: %d runs after %p, %p', (failed, before, canBe) => {
    const errors = breakdown([group('x', [0, failed], before === undefined ? undefined : [0, before])])
    expect(valuesOf(chooseGroups(analysis({ error: errors }), { error: 'may_stand_out' }), 'error')).toEqual(canBe ? ['x'] : [])
  })

  test('leave all other axes and counts as they are', () => {
    const whole = analysis({ os: breakdown([group('debian', [1, 0])]), error: breakdown([group('x', [0, 9], [0, 9])]) })
    const chosen = chooseGroups(whole, { error: 'may_stand_out', script: 'fails_more' })
    expect(chosen).toEqual({ ...whole, by: { os: whole.by.os, error: { ...breakdown([]), distinct: 1 } } } as Analysis)
    expect(chooseGroups(whole, undefined)).toBe(whole)
  })
})

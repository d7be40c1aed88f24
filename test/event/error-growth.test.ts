import { expect, test } from 'bun:test'
import { hasGrown, mayStandOut } from '../../src/event/error-growth.ts'

test.each<[runs: number, previousRuns: number | undefined, grown: boolean, mayStand: boolean]>([
  [10, 5, true, true],
  [10, 0, true, true],
  [9, 1, false, false],
  [19, 10, false, false],
  [1, 0, false, true],
  [900, undefined, false, true],
])('a group of %d runs after %p grew: %p, may stand out: %p', (runs, previousRuns, grown, mayStand) => {
  const counted = { runs, ...(previousRuns !== undefined && { previousRuns }) }
  expect([hasGrown(counted), mayStandOut(counted)]).toEqual([grown, mayStand])
})

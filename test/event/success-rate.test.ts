import { expect, test } from 'bun:test'
import { successRate } from '../../src/event/success-rate.ts'

test.each([
  ['nothing ended', { success: 0, failed: 0 }, { share: 0, runs: 0 }],
  ['all succeeded', { success: 7, failed: 0 }, { share: 1, runs: 7 }],
  ['none succeeded', { success: 0, failed: 7 }, { share: 0, runs: 7 }],
  ['three of four succeeded', { success: 3, failed: 1 }, { share: 0.75, runs: 4 }],
])('the success rate where %s', (_, counts, rate) => {
  expect(successRate(counts)).toEqual(rate)
})

test('runs that were aborted or have no end do not count', () => {
  const counts = { success: 3, failed: 1, aborted: 50, unknown: 50, installing: 50 }
  expect(successRate(counts)).toEqual({ share: 0.75, runs: 4 })
})

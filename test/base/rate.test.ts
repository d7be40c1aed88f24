import { expect, test } from 'bun:test'
import { Rate } from '../../src/base/rate.ts'

test('a rate is 0 until the first window is whole, then that of the last whole one', () => {
  const rate = new Rate()
  const asked: readonly (readonly [count: number, now: number])[] = [
    [50, 1_000],
    [90, 1_199],
    [250, 1_200],
    [999, 1_300],
    [250, 1_450],
  ]
  expect(asked.map(([count, now]) => rate.at(count, now))).toEqual([0, 0, 1_000, 1_000, 0])
})

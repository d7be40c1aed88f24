import { describe, expect, test } from 'bun:test'
import { Courtesy } from '../../../src/consumer/pocketbase/courtesy.ts'

/** What the mirror rests after each batch of 100 ms while changes come at a rate of their own. */
function restsAt(changesPerSecond: number, batches = 8): readonly number[] {
  const courtesy = new Courtesy()
  return Array.from({ length: batches }, (_, index) =>
    courtesy.restMs(100, Math.round((index * 100 * changesPerSecond) / 1_000), index * 100),
  )
}

describe('the mirror', () => {
  test.each([
    ['does not rest while nothing comes in', 0],
    ['does not rest while PocketBase could keep up', 700],
    ['does not rest just below the bound', 1_990],
  ])('%s', (_, rate) => {
    expect(restsAt(rate)).toEqual(Array.from({ length: 8 }, () => 0))
  })

  test('rests twice as long as a batch took while more comes in than PocketBase takes', () => {
    expect(restsAt(5_000)).toEqual([0, 0, 200, 200, 200, 200, 200, 200])
  })

  test('goes on at full pace soon after the rush', () => {
    const courtesy = new Courtesy()
    for (let at = 0; at <= 1_000; at += 100) courtesy.restMs(100, at * 10, at)
    expect([1_100, 1_200, 1_300].map((at) => courtesy.restMs(100, 10_000, at))).toEqual([200, 0, 0])
  })

  test('never rests longer than a second', () => {
    const courtesy = new Courtesy()
    courtesy.restMs(1, 0, 0)
    expect(courtesy.restMs(60_000, 1_000_000, 1_000)).toBe(1_000)
  })
})

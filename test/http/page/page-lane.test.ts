import { describe, expect, test } from 'bun:test'
import { busyEventsPerSecond, PageLane } from '../../../src/http/page/page-lane.ts'

/** A lane of which a test moves the clock on, while events come in at a rate. */
function laneAt(perSecond: number) {
  let now = 5_000
  const lane = new PageLane({ now: () => now, accepted: () => Math.round((now * perSecond) / 1_000) })
  const pass = (ms: number) => {
    now += ms
    return lane.waitMs()
  }
  lane.waitMs()
  for (let page = 0; page < 50; page += 1) lane.wrote(5)
  return { lane, pass }
}

describe('pages', () => {
  test('do not wait while few events come in, however many are asked for', () => {
    const { pass } = laneAt(busyEventsPerSecond - 100)
    expect([300, 0, 0, 1, 0].map(pass)).toEqual([0, 0, 0, 0, 0])
  })

  test('begin one after the other while events come in by the thousand, seven times what one takes to write apart', () => {
    const { pass } = laneAt(busyEventsPerSecond + 100)
    const waits = [300, 0, 0, 10, 500].map(pass)
    for (const [index, expected] of [0, 35, 70, 95, 0].entries()) expect(waits[index]).toBeCloseTo(expected, 1)
  })

  test('wait no longer than a second', () => {
    const { pass } = laneAt(5_000)
    const waits = Array.from({ length: 200 }, (_, page) => pass(page === 0 ? 300 : 0))
    expect(Math.max(...waits)).toBe(1_000)
  })

  test('do not wait any more once the events are through', () => {
    let accepted = 0
    let now = 0
    const lane = new PageLane({ now: () => now, accepted: () => accepted })
    lane.wrote(50)
    lane.waitMs()
    now = 300
    accepted = 900
    expect([lane.waitMs(), lane.waitMs() > 0]).toEqual([0, true])
    now = 600
    expect([lane.waitMs(), lane.waitMs()]).toEqual([0, 0])
  })
})

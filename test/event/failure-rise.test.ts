import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { endedWithout, judgeFailureRise } from '../../src/event/failure-rise.ts'
import { leastRise } from '../../src/event/share-rise.ts'

const ended = ([success, failed]: readonly [number, number]) => ({ success, failed })

describe('a script against its own past', () => {
  test.each<[name: string, now: [number, number], past: [number, number], isRise: boolean | undefined]>([
    ['fails far more', [70, 42], [910, 90], true],
    ['fails all of a sudden always', [0, 30], [300, 0], true],
    ['has just enough runs', [5, 15], [19, 1], true],
    ['has one run too few now', [4, 15], [300, 10], undefined],
    ['has one run too few before', [5, 15], [19, 0], undefined],
    ['fails more by less than 10 points', [900, 100], [990, 10], false],
    ['fails more by less than half as much again', [300, 700], [450, 550], false],
    ['fails more by what chance explains', [16, 8], [190, 38], false],
    ['fails four times in twenty after never in fifty, which is one chance in two hundred', [16, 4], [50, 0], false],
    ['fails less', [90, 10], [500, 500], false],
    ['never fails, as before', [100, 0], [100, 0], false],
    ['always fails, as before', [0, 100], [0, 100], false],
  ])('%s', (_, now, past, isRise) => {
    expect(judgeFailureRise(ended(now), { own: ended(past) })?.isRise).toBe(isRise)
  })

  test('is judged by the points and the runs of who asks', () => {
    expect(judgeFailureRise(ended([850, 150]), { own: ended([950, 50]) }, { riseMin: 0.15, runsMin: 20 })?.isRise).toBe(false)
    expect(judgeFailureRise(ended([20, 20]), { own: ended([400, 10]) }, { riseMin: 0.1, runsMin: 50 })).toBeUndefined()
  })
})

describe('a script without a past of its own against all others', () => {
  test.each<[name: string, now: [number, number], own: [number, number], others: [number, number], isRise: boolean | undefined]>([
    ['fails wholly', [0, 50], [0, 0], [900, 100], true],
    ['fails wholly, with one run too few of its own before', [0, 20], [19, 0], [900, 100], true],
    ['fails like all others', [45, 5], [0, 0], [900, 100], false],
    ['never fails', [50, 0], [0, 0], [900, 100], false],
    ['has one run too few', [0, 19], [0, 0], [900, 100], undefined],
    ['has no others', [0, 50], [0, 0], [0, 0], undefined],
  ])('%s', (_, now, own, others, isRise) => {
    const rise = judgeFailureRise(ended(now), { own: ended(own), others: ended(others) })
    expect([rise?.isRise, rise?.than]).toEqual([isRise, isRise === undefined ? undefined : 'others'])
  })

  test('is measured against others only as long as its own past is too short', () => {
    const rise = judgeFailureRise(ended([0, 50]), { own: ended([0, 20]), others: ended([900, 100]) })
    expect([rise?.isRise, rise?.than]).toEqual([false, 'own'])
  })

  test('others are all runs without its own', () => {
    expect(endedWithout({ success: 10, failed: 5 }, { success: 4, failed: 5 })).toEqual({ success: 6, failed: 0 })
  })
})

describe('the least rise of a share', () => {
  const share = fc
    .tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 2_000 }))
    .map(([part, whole]) => ({ part: Math.min(part, whole), whole }))

  test('never says more than what was seen, and never that two shares rose against each other', () => {
    fc.assert(
      fc.property(share, share, (now, before) => {
        const [up, down] = [leastRise(now, before, 3), leastRise(before, now, 3)]
        expect(up).toBeLessThanOrEqual(now.part / now.whole - before.part / before.whole + 1e-9)
        expect(up > 0 && down > 0).toBe(false)
      }),
    )
  })

  test('grows with the runs that show it', () => {
    const of = (runs: number) => leastRise({ part: 0.3 * runs, whole: runs }, { part: 0.1 * runs, whole: runs }, 3)
    expect([of(20), of(200), of(2_000)].toSorted((one, other) => one - other)).toEqual([of(20), of(200), of(2_000)])
    expect([of(20) > 0, of(200) > 0]).toEqual([false, true])
  })

  test('is no number where there is nothing to compare', () => {
    expect(leastRise({ part: 0, whole: 0 }, { part: 1, whole: 2 }, 3)).toBeNaN()
  })
})

import { describe, expect, test } from 'bun:test'
import { judgeCount, judgeDisk, judgeFailureRate, judgeScript, judgeSilence, judgeTimers } from '../../src/alert/judge.ts'

describe('the failure rate', () => {
  test.each([
    ['at the threshold', 8, 2, { status: 'breach', value: 20, runs: 10 }],
    ['below it', 81, 19, { status: 'ok', value: 19, runs: 100 }],
    ['of too few runs', 0, 9, { status: 'no_data', runs: 9 }],
    ['of no run', 0, 0, { status: 'no_data', runs: 0 }],
  ] as const)('%s', (_, success, failed, reading) => {
    expect(judgeFailureRate({ runsMin: 10, threshold: 20 }, { success, failed })).toEqual(reading)
  })

  test('of no run at all is no rate, even where no run is needed', () => {
    expect(judgeFailureRate({ runsMin: 0, threshold: 20 }, { success: 0, failed: 0 }).status).toBe('no_data')
  })
})

describe('a script against its past', () => {
  const rule = { runsMin: 20, threshold: 15 }

  test.each([
    ['fails far more than it used to', [70, 42], [910, 90], 'breach'],
    ['fails as it always did', [50, 50], [500, 500], 'ok'],
    ['fails more, but by less than the threshold', [8_600, 1_400], [9_500, 500], 'ok'],
    ['fails more, but so few runs could do so by chance', [14, 6], [450, 50], 'ok'],
    ['has too few runs', [0, 19], [1_000, 0], 'no_data'],
    ['is too new to have a past', [0, 40], [19, 0], 'no_data'],
    ['fails more, but by less than half as much again', [200, 800], [400, 600], 'ok'],
    ['had no failure ever and has none', [40, 0], [400, 0], 'ok'],
    ['fails less than it used to', [90, 10], [500, 500], 'ok'],
  ] as const)('that %s', (_, [success, failed], [pastSuccess, pastFailed], status) => {
    expect(judgeScript(rule, { success, failed }, { success: pastSuccess, failed: pastFailed }).status).toBe(status)
  })

  test('says both rates', () => {
    const reading = judgeScript(rule, { success: 60, failed: 40 }, { success: 900, failed: 100 })
    expect(reading).toEqual({ status: 'breach', value: expect.closeTo(30), runs: 100, text: 'fails 40.0 %, usually 10.0 %' })
  })
})

test('silence is no data only where there ever was a run', () => {
  expect(judgeSilence({ threshold: 1 }, 0, true).status).toBe('no_data')
  expect(judgeSilence({ threshold: 1 }, 0, false).status).toBe('ok')
  expect(judgeSilence({ threshold: 1 }, 1, true).status).toBe('ok')
})

test.each([
  ['reaches the threshold', 5, 'breach'],
  ['stays below it', 4, 'ok'],
  ['is not known', undefined, 'no_data'],
] as const)('a count that %s', (_, count, status) => {
  expect(judgeCount({ threshold: 5 }, count, 'text').status).toBe(status)
})

test.each([
  ['with room', { freeBytes: 10, totalBytes: 100 }, { status: 'ok', value: 10 }],
  ['nearly full', { freeBytes: 9, totalBytes: 100 }, { status: 'breach', value: 9 }],
  ['that cannot be looked at', undefined, { status: 'no_data' }],
  ['without a size', { freeBytes: 0, totalBytes: 0 }, { status: 'no_data' }],
] as const)('a disk %s', (_, disk, reading) => {
  expect(judgeDisk({ threshold: 10 }, disk)).toEqual(reading)
})

describe('work by the clock', () => {
  const day = 86_400_000
  const now = 100 * day
  const timer = (doneAt: number, failedRuns = 0) => ({ everyMs: day, doneAt, failedRuns })

  test.each([
    ['that was done on time', [timer(now - day)], { status: 'ok', value: 0 }],
    ['that is half a period late', [timer(now - 1.49 * day)], { status: 'ok', value: 0 }],
    ['of which a run was left out', [timer(now - 2.6 * day)], { status: 'breach', value: 2 }],
    ['that failed', [timer(now - day, 1)], { status: 'breach', value: 1 }],
    ['that never was done and never failed', [timer(0)], { status: 'ok', value: 0 }],
    ['that never was done, but failed', [timer(0, 3)], { status: 'breach', value: 3 }],
    ['of which one of two failed', [timer(now), timer(now, 2)], { status: 'breach', value: 2 }],
    ['that is not in the table', [], { status: 'no_data' }],
    ['under a clock that was set back', [timer(now + 9 * day)], { status: 'ok', value: 0 }],
  ] as const)('%s', (_, timers, reading) => {
    expect(judgeTimers({ threshold: 1 }, timers, now)).toEqual(reading)
  })
})

import { describe, expect, test } from 'bun:test'
import { judgeCount, judgeDisk, judgeFailureRate, judgeMirror, judgeScript, judgeSilence, judgeTimers } from '../../src/alert/judge.ts'
import { nextMoment } from '../../src/base/cron.ts'

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
    expect(judgeScript(rule, { success, failed }, { own: { success: pastSuccess, failed: pastFailed } }).status).toBe(status)
  })

  test('is new is measured against all others', () => {
    const past = { own: { success: 0, failed: 0 }, others: { success: 900, failed: 100 } }
    const reading = judgeScript(rule, { success: 0, failed: 40 }, past)
    expect(reading).toEqual({ status: 'breach', value: expect.closeTo(90), runs: 40, text: '100.0 % instead of 10.0 % of all others' })
  })

  test('says both rates', () => {
    const reading = judgeScript(rule, { success: 60, failed: 40 }, { own: { success: 900, failed: 100 } })
    expect(reading).toEqual({ status: 'breach', value: expect.closeTo(30), runs: 100, text: '40.0 % instead of 10.0 %' })
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

test('a mirror that is off is no mirror that keeps up', () => {
  expect(judgeMirror({ threshold: 5 }, 'off')).toEqual({ status: 'no_data', text: 'nothing to watch: PB_URL is not set' })
  expect([judgeMirror({ threshold: 5 }, 0).status, judgeMirror({ threshold: 5 }, 5).status]).toEqual(['ok', 'breach'])
})

test.each([
  ['with room', { freeBytes: 10, totalBytes: 100 }, { status: 'ok', value: 10 }],
  ['nearly full', { freeBytes: 9, totalBytes: 100 }, { status: 'breach', value: 9 }],
  ['that cannot be looked at', undefined, { status: 'no_data' }],
  ['without a size', { freeBytes: 0, totalBytes: 0 }, { status: 'no_data' }],
] as const)('a disk %s', (_, disk, reading) => {
  expect(judgeDisk({ threshold: 10 }, disk)).toMatchObject(reading)
})

describe('work by the clock', () => {
  const day = 86_400_000
  const now = 100 * day
  const timer = (doneAt: number, failedRuns = 0) => ({ nextAt: (after: number) => after + day, doneAt, failedRuns })

  test.each([
    ['that was done on time', [timer(now - day)], { status: 'ok', value: 0 }],
    ['that is some hours late', [timer(now - 1.24 * day)], { status: 'ok', value: 0 }],
    ['of which a run was left out', [timer(now - 2.6 * day)], { status: 'breach', value: 2 }],
    ['that failed', [timer(now - day, 1)], { status: 'breach', value: 1 }],
    ['that never was done and never failed', [timer(0)], { status: 'ok', value: 0 }],
    ['that never was done, but failed', [timer(0, 3)], { status: 'breach', value: 3 }],
    ['of which one of two failed', [timer(now), timer(now, 2)], { status: 'breach', value: 2 }],
    ['that is not in the table', [], { status: 'no_data', text: 'nothing to watch: the timer is off' }],
    ['under a clock that was set back', [timer(now + 9 * day)], { status: 'ok', value: 0 }],
  ] as const)('%s', (_, timers, reading) => {
    expect(judgeTimers({ threshold: 1 }, timers, now)).toMatchObject(reading)
  })

  test('says of when the last good one is, of the timer that is worst', () => {
    expect(judgeTimers({ threshold: 1 }, [timer(now), timer(now - 3 * day, 2)], now).text).toBe('of 1970-04-08 00:00 UTC')
    expect(judgeTimers({ threshold: 1 }, [timer(0, 1)], now).text).toBe('there was none yet')
  })

  test.each([
    ['on weekdays, over the weekend', '0 3 * * 1-5', '2026-03-06T03:00:40', '2026-03-09T08:59', 0],
    ['on weekdays, of which Monday was left out', '0 3 * * 1-5', '2026-03-06T03:00:40', '2026-03-09T09:00', 1],
    ['on weekdays, of which Monday and Tuesday were left out', '0 3 * * 1-5', '2026-03-06T03:00:40', '2026-03-10T09:00', 2],
    ['each month, at the end of a long one', '0 3 1 * *', '2026-03-01T03:05', '2026-03-31T23:59', 0],
    ['each month, of which one was left out', '0 3 1 * *', '2026-02-01T03:05', '2026-03-01T09:00', 1],
    ['each hour, while the next one is under way', '0 * * * *', '2026-03-06T10:01', '2026-03-06T11:59', 0],
    ['each hour, of which two were left out', '0 * * * *', '2026-03-06T10:01', '2026-03-06T13:00', 2],
    ['each leap year', '0 3 29 2 *', '2024-02-29T03:01', '2027-12-31T00:00', 0],
    ['after a run that was made up and ended at the moment of the next', '40 2 * * *', '2026-03-06T02:41', '2026-03-07T08:00', 0],
    ['each minute, by a service that was off for a month', '* * * * *', '2026-02-06T02:41', '2026-03-06T08:00', 1_000],
  ])('that is due %s', (_, cron, doneAt, at, missed) => {
    const facts = { nextAt: (after: number) => nextMoment(cron, after), doneAt: Date.parse(`${doneAt}Z`), failedRuns: 0 }
    expect(judgeTimers({ threshold: 1 }, [facts], Date.parse(`${at}Z`)).value).toBe(missed)
  })
})

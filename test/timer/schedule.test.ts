import { expect, test } from 'bun:test'
import { silentLog } from '../../src/base/log.ts'
import { startTimers } from '../../src/timer/schedule.ts'
import { listeningLog } from '../access/sample.ts'
import { until } from '../wait.ts'

test('each timer comes round until the schedule is stopped', async () => {
  const runs = { a: 0, b: 0 }
  const schedule = startTimers(
    [
      { name: 'a', everyMs: 1, run: () => void (runs.a += 1) },
      { name: 'b', everyMs: 5, run: async () => void (runs.b += 1) },
    ],
    silentLog,
  )
  await until(() => runs.a >= 3 && runs.b >= 3, 'both ran thrice')
  schedule.stop()
  const stopped = { ...runs }
  const beat = { count: 0 }
  const other = startTimers([{ name: 'beat', everyMs: 5, run: () => void (beat.count += 1) }], silentLog)
  await until(() => beat.count >= 3, 'another schedule ran on')
  other.stop()
  expect(runs).toEqual(stopped)
})

test('a run that is still going is not started again', async () => {
  let started = 0
  let rounds = 0
  const done = Promise.withResolvers<void>()
  const schedule = startTimers(
    [
      {
        name: 'slow',
        everyMs: 1,
        run: () => {
          started += 1
          return done.promise
        },
      },
      { name: 'quick', everyMs: 1, run: () => void (rounds += 1) },
    ],
    silentLog,
  )
  await until(() => rounds >= 10, 'ten rounds')
  expect(started).toBe(1)
  done.resolve()
  await until(() => started > 1, 'it is started again')
  schedule.stop()
})

test('one that fails is logged by its name and comes round again', async () => {
  const log = listeningLog()
  let runs = 0
  const schedule = startTimers(
    [
      {
        name: 'broken',
        everyMs: 1,
        run: () => {
          runs += 1
          throw new TypeError('canary')
        },
      },
    ],
    log,
  )
  await until(() => runs >= 2 && log.lines.length >= 2, 'two failures')
  schedule.stop()
  expect(log.lines[0]).toEqual({ level: 'error', facts: { timer: 'broken', fault: 'TypeError' }, message: 'timer failed' })
})

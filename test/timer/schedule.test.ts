import { expect, test } from 'bun:test'
import { silentLog } from '../../src/base/log.ts'
import { startTimers } from '../../src/timer/schedule.ts'
import { listeningLog } from '../access/sample.ts'
import { until } from '../wait.ts'

test('each timer comes round until the schedule is stopped', async () => {
  const runs: string[] = []
  const schedule = startTimers(
    [
      { name: 'a', everyMs: 1, run: () => void runs.push('a') },
      { name: 'b', everyMs: 5, run: async () => void runs.push('b') },
    ],
    silentLog,
  )
  await until(() => ['a', 'b'].every((name) => runs.filter((run) => run === name).length >= 3), 'both ran thrice')
  schedule.stop()
  const stopped = [...runs]
  const beats: string[] = []
  const other = startTimers([{ name: 'beat', everyMs: 5, run: () => void beats.push('beat') }], silentLog)
  await until(() => beats.length >= 3, 'another schedule ran on')
  other.stop()
  expect(runs).toEqual(stopped)
})

test('a run that is still going is not started again', async () => {
  let started = 0
  const rounds: string[] = []
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
      { name: 'quick', everyMs: 1, run: () => void rounds.push('round') },
    ],
    silentLog,
  )
  await until(() => rounds.length >= 10, 'ten rounds')
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

import { expect, test } from 'bun:test'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openTimerStates, type TimerState } from '../../src/access/timer-state.ts'
import { temporaryFolder } from '../store/folder.ts'

test('the state of a timer is there after a restart, as it was put last', () => {
  using folder = temporaryFolder()
  const done: TimerState = {
    name: 'stuck',
    beganAt: 1_000,
    tookMs: 250,
    result: 'done',
    changed: 12,
    dueAt: 3_601_000,
    doneAt: 1_000,
    failedRuns: 0,
  }
  const first = openAccessDatabase(folder.file('access.db'))
  const states = openTimerStates(first)
  expect(states.find('stuck')).toBeUndefined()
  states.put({ ...done, result: 'running', changed: 0, tookMs: 0 })
  states.put(done)
  states.put({ ...done, name: 'audit', result: 'failed', failedRuns: 3 })
  first.close()
  const second = openAccessDatabase(folder.file('access.db'))
  expect(openTimerStates(second).find('stuck')).toEqual(done)
  expect(openTimerStates(second).find('audit')).toEqual({ ...done, name: 'audit', result: 'failed', failedRuns: 3 })
  second.close()
})

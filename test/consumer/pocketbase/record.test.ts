import { expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Fields } from '../../../src/consumer/pocketbase/answer.ts'
import { encodeRecord, readRecord } from '../../../src/consumer/pocketbase/record.ts'
import { readRun } from '../../../src/event/reading.ts'
import type { RunState } from '../../../src/event/run.ts'
import { runState } from '../../event/run-arbitrary.ts'
import { prepare } from './stage.ts'

const id = 'a'.repeat(15)
const now = Date.UTC(2026, 2, 2)
const times = { created: '2026-03-01 10:00:00.000Z', updated: '2026-03-01 11:00:00.000Z' }

/** Arbitrary states have small times, to which no record is believed. */
function dated(state: RunState): RunState {
  const stages = Object.entries(state.stages).map(([stage, { first, last }]) => [
    stage,
    { first: now - 100 + first, last: now - 100 + last },
  ])
  return { ...state, stages: Object.fromEntries(stages), ...(state.stuckAt !== undefined && { stuckAt: now - 100 + state.stuckAt }) }
}

function recordOf(state: RunState, instance?: string): Fields {
  const content = { tenant: 'tenant-b', revision: 7, state, ...(instance !== undefined && { instance }) }
  return { ...times, ...(JSON.parse(encodeRecord(id, content)) as Fields) }
}

test('a run comes back from its record exactly as it was', () => {
  fc.assert(
    fc.property(runState.map(dated), (state) => {
      const run = readRecord(recordOf(state, 'instance-a'), prepare, now)
      fc.pre(run !== undefined)
      expect(run).toMatchObject({ tenant: 'tenant-b', recordId: id, isWhole: true, own: { instance: 'instance-a', revision: 7 } })
      expect(run?.state).toEqual(state)
    }),
  )
})

const random = '11111111-2222-4333-8444-555555555555'
const earlier = {
  id,
  random_id: random,
  execution_id: '',
  type: 'lxc',
  nsapp: 'docker',
  status: 'failed',
  exit_code: 7,
  error: '',
  ...times,
}
const begunAt = Date.UTC(2026, 2, 1, 9)
const begun: RunState = {
  fields: {
    randomId: { value: random, rank: 1 },
    type: { value: 'lxc', rank: 1 },
    nsapp: { value: 'docker', rank: 1 },
    diskSize: { value: 8, rank: 1 },
  },
  stages: { installing: { first: begunAt, last: begunAt } },
  repairs: [],
  rules: [],
}

test("an earlier service's record is read from its plain fields", () => {
  const run = readRecord(earlier, prepare, now)
  expect(run).toMatchObject({ tenant: 'default', isWhole: true })
  expect(run?.own).toBeUndefined()
  expect(run && readRun(run.state)).toMatchObject({ status: 'failed', exitCode: 7, nsapp: 'docker' })
})

test('what another hand wrote over a record of ours is joined with its state, and what is still ours is no report', () => {
  const run = readRecord({ ...recordOf(begun), status: 'success', install_duration: 60 }, prepare, now)
  expect(run?.isWhole).toBe(false)
  expect(run && readRun(run.state)).toMatchObject({ status: 'success', installDuration: 60, diskSize: 8, repoSourceAssumed: true })
  expect(run?.state.stages).toEqual({
    installing: { first: begunAt, last: begunAt },
    terminal: { first: Date.parse(times.updated), last: Date.parse(times.updated) },
  })
})

test.each([
  ['of a newer version', { version: 99, fields: {} }],
  ['that another hand broke', { version: 1, fields: 'x' }],
  ['that is no object', 'x'],
])('a state %s falls back to the plain fields', (_, state) => {
  expect(readRecord({ ...earlier, state }, prepare, now)?.state.outcome?.status).toBe('failed')
})

test.each([
  ['no ids', { ...earlier, random_id: '' }],
  ['no time', { ...earlier, created: '', updated: '' }],
  ['no id of its own', { ...earlier, id: undefined }],
  ['no fields at all', {}],
])('a record with %s is no run', (_, record) => {
  expect(readRecord(record, prepare, now)).toBeUndefined()
})

test.each([
  ['9999-12-31 00:00:00.000Z', 'in the far future'],
  ['0001-01-01 00:00:00.000Z', 'before all events'],
])('the time %s that another hand wrote is passed over: PocketBase knows when the record was made', (at) => {
  const run = readRecord({ ...earlier, received_at: at }, prepare, now)
  expect(run?.state.stages).toEqual({ terminal: { first: Date.parse(times.created), last: Date.parse(times.updated) } })
})

test.each([
  ['in the far future', { installing: { first: begunAt, last: Date.UTC(9999, 11, 31) } }],
  ['before all events', { installing: { first: 1_000, last: begunAt } }],
])('a state with a time %s is not believed, and the plain fields are', (_, stages) => {
  const run = readRecord({ ...recordOf({ ...begun, stages }), status: 'installing' }, prepare, now)
  const { first, last } = run?.state.stages.installing ?? { first: 0, last: 0 }
  expect([first >= begunAt, last <= Date.parse(times.updated)]).toEqual([true, true])
})

test('a record whose times can none of them be is no run; a clock that runs a little ahead is set back', () => {
  const far = '2031-01-01 00:00:00.000Z'
  expect(readRecord({ ...earlier, received_at: far, created: far, updated: far }, prepare, now)).toBeUndefined()
  const ahead = '2026-03-02 00:10:00.000Z'
  expect(readRecord({ ...earlier, created: ahead, updated: ahead }, prepare, now)?.state.stages).toEqual({
    terminal: { first: now, last: now },
  })
})

import { expect, test } from 'bun:test'
import fc from 'fast-check'
import type { Fields } from '../../../src/consumer/pocketbase/answer.ts'
import { encodeRecord, readRecord } from '../../../src/consumer/pocketbase/record.ts'
import { readRun } from '../../../src/event/reading.ts'
import type { RunState } from '../../../src/event/run.ts'
import { runState } from '../../event/run-arbitrary.ts'
import { prepare } from './stage.ts'

const id = 'a'.repeat(15)
const times = { created: '2026-03-01 10:00:00.000Z', updated: '2026-03-01 11:00:00.000Z' }

function recordOf(state: RunState, instance?: string): Fields {
  const content = { tenant: 'tenant-b', revision: 7, state, ...(instance !== undefined && { instance }) }
  return { ...times, ...(JSON.parse(encodeRecord(id, content)) as Fields) }
}

test('a run comes back from its record exactly as it was', () => {
  fc.assert(
    fc.property(runState, (state) => {
      const run = readRecord(recordOf(state, 'instance-a'), prepare)
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
const begun: RunState = {
  fields: {
    randomId: { value: random, rank: 1 },
    type: { value: 'lxc', rank: 1 },
    nsapp: { value: 'docker', rank: 1 },
    diskSize: { value: 8, rank: 1 },
  },
  stages: { installing: { first: 1_000, last: 1_000 } },
  repairs: [],
  rules: [],
}

test("an earlier service's record is read from its plain fields", () => {
  const run = readRecord(earlier, prepare)
  expect(run).toMatchObject({ tenant: 'default', isWhole: true })
  expect(run?.own).toBeUndefined()
  expect(run && readRun(run.state)).toMatchObject({ status: 'failed', exitCode: 7, nsapp: 'docker' })
})

test('what another hand wrote over a record of ours is joined with its state, and what is still ours is no report', () => {
  const run = readRecord({ ...recordOf(begun), status: 'success', install_duration: 60 }, prepare)
  expect(run?.isWhole).toBe(false)
  expect(run && readRun(run.state)).toMatchObject({ status: 'success', installDuration: 60, diskSize: 8, repoSourceAssumed: true })
  expect(run?.state.stages).toEqual({
    installing: { first: 1_000, last: 1_000 },
    terminal: { first: Date.parse(times.updated), last: Date.parse(times.updated) },
  })
})

test.each([
  ['of a newer version', { version: 99, fields: {} }],
  ['that another hand broke', { version: 1, fields: 'x' }],
  ['that is no object', 'x'],
])('a state %s falls back to the plain fields', (_, state) => {
  expect(readRecord({ ...earlier, state }, prepare)?.state.outcome?.status).toBe('failed')
})

test.each([
  ['no ids', { ...earlier, random_id: '' }],
  ['no time', { ...earlier, created: '', updated: '' }],
  ['no id of its own', { ...earlier, id: undefined }],
  ['no fields at all', {}],
])('a record with %s is no run', (_, record) => {
  expect(readRecord(record, prepare)).toBeUndefined()
})

import { expect, test } from 'bun:test'
import { wholeRunColumns, wholeRunRowOf } from '../../src/archive/whole-run-row.ts'
import { decodeState } from '../../src/event/run-record.ts'
import { keyOf, stateOf } from '../store/run-fixture.ts'

test('a row has the fields of lists, the log and the state, from which the run can be read again', () => {
  const state = stateOf({ randomId: 'a', type: 'addon', status: 'failed', exitCode: 1, trace: 'the log' })
  const row = wholeRunRowOf({ tenant: 'default', key: keyOf(1), revision: 1, state })
  expect(row).toMatchObject({ random_id: 'a', status: 'success', excused: true, trace: 'the log' })
  expect(Object.keys(row).filter((name) => !(wholeRunColumns as readonly string[]).includes(name))).toEqual([])
  expect(decodeState(String(row['state']), 'the log')).toEqual({ ok: true, value: state })
})

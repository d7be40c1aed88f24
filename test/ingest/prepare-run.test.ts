import { expect, test } from 'bun:test'
import { prepareRun } from '../../src/ingest/prepare-run.ts'

const policy = { repoOwners: ['community-scripts'], idSecret: new Uint8Array(32).fill(7) }
const place = { tenant: 'default', receivedAt: Date.UTC(2026, 5, 15) }
const record = {
  created: '2026-03-01 12:00:00.000Z',
  updated: '2026-03-01 12:05:00.000Z',
  random_id: 'not a uuid',
  type: 'lxc',
  nsapp: 'immich',
  status: 'failed',
  exit_code: 100,
  error: 'exit_code=100 | apt | at line 3: apt-get install\n---\nE: no route to 10.0.0.7 for root@node1',
}

test('a record is a run with its own times, of the lowest weight of its stage, cloaked, its id replaced', () => {
  const prepared = prepareRun(record, policy, place)
  if (!prepared.ok || prepared.value.event.kind !== 'run') throw new Error('no run')
  const { state } = prepared.value.event
  expect(prepared.value).toMatchObject({ ...place, at: Date.UTC(2026, 2, 1, 12) })
  expect(state.stages).toEqual({ terminal: { first: Date.UTC(2026, 2, 1, 12), last: Date.UTC(2026, 2, 1, 12, 5) } })
  expect(state.fields.nsapp).toEqual({ value: 'immich', rank: 6 })
  expect(state.fields.randomId?.value).toStartWith('h-')
  expect(JSON.stringify(state)).not.toMatch(/10\.0\.0\.7|node1/)
})

test.each([
  ['a text', { field: 'record', rule: 'not_an_object' }],
  [
    { ...record, created: '' },
    { field: 'created', rule: 'missing' },
  ],
  [
    { ...record, created: '9999-12-31 00:00:00.000Z' },
    { field: 'created', rule: 'time_unbelievable' },
  ],
  [
    { state: { version: 1, fields: { type: ['lxc', 1] }, stages: { installing: [0, 0] }, repairs: [], rules: [] } },
    { field: 'state', rule: 'time_unbelievable' },
  ],
  [
    { ...record, random_id: '' },
    { field: 'random_id', rule: 'missing' },
  ],
  [
    { ...record, type: 'bicycle' },
    { field: 'type', rule: 'unknown_value' },
  ],
])('a record that names no run, or no time, is refused by field and rule: %#', (bad, fault) => {
  expect(prepareRun(bad, policy, place)).toEqual({ ok: false, fault: { code: 'payload_unusable', ...fault } })
})

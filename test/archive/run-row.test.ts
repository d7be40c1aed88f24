import { expect, test } from 'bun:test'
import { readRunRows, runColumns, runRowOf } from '../../src/archive/run-row.ts'
import { installFields } from '../../src/event/install.ts'
import { readRun } from '../../src/event/reading.ts'
import type { RunListQuery, RunView } from '../../src/store/reader-port.ts'
import { keyOf, stateOf } from '../store/run-fixture.ts'

const state = stateOf(
  { at: 1_000, status: 'installing', nsapp: 'immich', coreCount: 4, hasArm: false },
  { at: 2_500, status: 'failed', nsapp: 'immich', exitCode: 100, error: 'E: no package', trace: 'a log of many lines' },
)

test('a row has the fields that were reported, the times, and no log', () => {
  const row = runRowOf(readRun({ ...state, repairs: ['disk_size:unit', 'error:cut'], rules: ['email', 'ipv4'] }))
  expect(row).toMatchObject({
    created: '1970-01-01T00:00:01.000Z',
    updated: '1970-01-01T00:00:02.500Z',
    ...{ nsapp: 'immich', status: 'failed', exit_code: 100, error: 'E: no package', core_count: 4, repo_source: 'ProxmoxVE' },
    ...{ stage: 'terminal', excused: false, stuck: false, repaired: 'disk_size:unit error:cut', cloaked: 'email ipv4' },
  })
  expect(JSON.stringify(row)).not.toContain('a log')
  expect(Object.keys(row)).not.toContain('os_type')
  expect(Object.keys(row).filter((name) => !(runColumns as readonly string[]).includes(name))).toEqual([])
})

test('every field of the event has its column', () => {
  expect(installFields.filter(({ wire }) => !runColumns.includes(wire))).toEqual([])
})

test('pages follow the cursor to the end, one question each, with the whole filter', async () => {
  const view: RunView = { tenant: 'default', key: keyOf(1), revision: 1, reading: readRun(state) }
  const asked: RunListQuery[] = []
  const runList = async (query: RunListQuery) => {
    asked.push(query)
    return { runs: [view, view], ...(asked.length < 3 && { older: `place ${asked.length}` }) }
  }
  const query = { tenant: 'default', filter: { status: 'failed' }, app: 'imm', repaired: true } as const
  const sizes: number[] = []
  for await (const rows of readRunRows({ runList }, query)) sizes.push(rows.length)
  expect(sizes).toEqual([2, 2, 2])
  expect(asked).toEqual([undefined, 'place 1', 'place 2'].map((cursor) => ({ ...query, limit: 100, ...(cursor && { cursor }) })))
})

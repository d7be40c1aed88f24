import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { failureOf } from '../../src/event/failure.ts'
import { fingerprintOf, fingerprintVersion } from '../../src/event/fingerprint.ts'
import { withoutTrace } from '../../src/event/outcome.ts'
import type { RunState } from '../../src/event/run.ts'
import { readErrorGroupHeirs } from '../../src/store/error-group-heir.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { makeEarlier } from './earlier-group.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

const tenant = 'default'
const failed = {
  status: 'failed',
  exitCode: 100,
  error: 'exit_code=100 | APT failed | at line 3: apt-get install -y x',
  errorCategory: 'apt',
} as const
const diskFull = 'E: Write error\nNo space left on device'
const noPackage = 'E: Unable to locate package x'
const groupOf = (trace?: string) => fingerprintOf(failureOf({ ...failed, trace }))
const groups = [groupOf(diskFull), groupOf(noPackage), groupOf()]

function withoutLog(state: RunState): RunState {
  return state.outcome === undefined ? state : { ...state, outcome: withoutTrace(state.outcome) }
}

/** How many runs each of `groups` has. */
function countGroups(path: string): readonly number[] {
  const reader = openStoreReader(path)
  const counts = new Map(
    reader.analyse({ tenant, filter: {}, by: { error: 9 } }).by.error?.groups.map(({ value, counts: of }) => [value, of.failed]),
  )
  reader.close()
  return groups.map((group) => counts.get(group) ?? 0)
}

test('runs of one headline and other causes are groups of their own, named by the cause', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  for (const [n, trace] of [diskFull, noPackage, noPackage, undefined].entries())
    put(store, n, stateOf({ ...failed, ...(trace && { trace }) }))
  store.close()
  expect(countGroups(path)).toEqual([1, 2, 1])
  const reader = openStoreReader(path)
  expect(reader.errorGroups(tenant, groups).map(({ title }) => title)).toEqual([
    'apt-get install: exit code 100, No space left on device',
    'apt-get install: exit code 100, E: Unable to locate package <pkg>',
    'apt-get install: exit code 100, APT failed: broken packages or dependencies',
  ])
  expect(reader.record({ tenant, key: keyOf(1) })?.fingerprint).toBe(groups[1])
  reader.close()
})

test('a run keeps its group when its log is removed, when it is reported again, and when its words are read anew', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const state = stateOf({ ...failed, trace: diskFull })
  put(store, 1, state)
  put(store, 1, withoutLog(state))
  put(store, 1, withoutLog({ ...state, fields: { ...state.fields, osType: { value: 'debian', rank: 1 } } }))
  store.close()
  expect(countGroups(path)).toEqual([1, 0, 0])
  const database = new Database(path)
  database.run("UPDATE fact SET value = replace(value, 'readings-', 'readings-0')")
  database.close()
  openStoreWriter(path).close()
  expect(countGroups(path)).toEqual([1, 0, 0])
  expect(readErrorGroupHeirs(path, 0)).toEqual([])
})

test('another end of the run puts it into another group', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  put(store, 1, withoutLog(stateOf({ ...failed, trace: diskFull })))
  put(store, 1, stateOf({ ...failed, trace: noPackage }))
  store.close()
  expect(countGroups(path)).toEqual([0, 1, 0])
})

test('a store of the version before is grouped anew: by the logs that are left, and as first seen when the group was that it comes from', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const traces = [diskFull, noPackage, noPackage, undefined]
  for (const [n, trace] of traces.entries()) put(store, n, stateOf({ ...failed, at: 1_000 + n, ...(trace && { trace }) }))
  store.close()
  const earlier = makeEarlier(path, { tenant, firstAt: 7 })
  const database = new Database(path)
  database.run('DELETE FROM trace WHERE run = (SELECT max(run) FROM trace)')
  database.close()

  openStoreWriter(path).close()
  expect(countGroups(path)).toEqual([1, 1, 2])
  const reader = openStoreReader(path)
  expect(reader.errorGroups(tenant, groups).map(({ firstAt }) => firstAt)).toEqual([7, 7, 7])
  reader.close()
  const row = { version: fingerprintVersion, tenant, fingerprint: earlier }
  const heirs = readErrorGroupHeirs(path, 0).toSorted((one, other) => groups.indexOf(one.heir) - groups.indexOf(other.heir))
  expect(heirs).toEqual([
    { ...row, heir: groups[0] ?? '', runs: 1 },
    { ...row, heir: groups[1] ?? '', runs: 1 },
    { ...row, heir: groups[2] ?? '', runs: 2 },
  ])
  expect(readErrorGroupHeirs(path, fingerprintVersion)).toEqual([])
})

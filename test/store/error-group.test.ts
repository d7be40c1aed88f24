import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { runQuery } from '../../src/base/sql.ts'
import { fingerprintOf } from '../../src/event/fingerprint.ts'
import { ErrorGroups } from '../../src/store/error-group.ts'
import { openStoreFile } from '../../src/store/file.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import { StoreReaders } from '../../src/store/reader.ts'
import type { StoreReader } from '../../src/store/reader-port.ts'
import { countedColumns } from '../../src/store/run/columns.ts'
import { sql } from '../../src/store/schema.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { Words } from '../../src/store/words.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, type Report, stateOf } from './run-fixture.ts'

const tenant = 'default'
const missing = { error: 'E: Unable to locate package nodejs', exitCode: 100, errorCategory: 'apt' } as const
const group = fingerprintOf(missing)

function failed(report: Report): Report {
  return { status: 'failed', ...missing, ...report }
}

/** A store with its reader, both gone at the end of the block. */
function openStore(): { readonly store: StoreWriter; readonly reader: StoreReader; readonly path: string; [Symbol.dispose](): void } {
  const folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  const reader = openStoreReader(path)
  return {
    store,
    reader,
    path,
    [Symbol.dispose]: () => {
      reader.close()
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

describe('the facts of a group of errors', () => {
  test('are its name, its category, the codes and scripts of its newest runs, and when it was first and last seen', () => {
    using opened = openStore()
    put(opened.store, 1, stateOf(failed({ at: 5_000, nsapp: 'immich' })))
    put(opened.store, 2, stateOf(failed({ at: 9_000, nsapp: 'docker', error: 'E: Unable to locate package ffmpeg', exitCode: 1 })))
    put(opened.store, 3, stateOf({ at: 20_000, nsapp: 'frigate' }))
    put(opened.store, 4, stateOf(failed({ at: 6_000, nsapp: 'immich' })))
    const facts = {
      fingerprint: group,
      title: 'E: Unable to locate package <pkg>',
      category: 'apt',
      exitCodes: [1, 100],
      scripts: ['immich', 'docker'],
      firstAt: 5_000,
      lastAt: 9_000,
    }
    expect(opened.reader.errorGroups(tenant, [group])).toEqual([facts])
    const { lastAt: _, ...brief } = facts
    expect(opened.reader.errorGroups(tenant, [group], true)).toEqual([{ ...brief, exitCodes: [], scripts: [] }])
  })

  test('have the category of the earliest run, whichever came first', () => {
    using opened = openStore()
    const full = { error: 'exit_code=1 | General error', trace: 'No space left on device' } as const
    for (const [n, at, errorCategory] of [
      [1, 5_000, 'apt'],
      [2, 2_000, 'storage'],
      [3, 7_000, 'network'],
    ] as const)
      put(opened.store, n, stateOf(failed({ ...full, at, errorCategory })))
    const { by } = opened.reader.analyse({ tenant, filter: {}, by: { error: 9 } })
    const [{ value = '' } = {}, ...others] = by.error?.groups ?? []
    expect(others).toEqual([])
    expect(opened.reader.errorGroups(tenant, [value])[0]).toMatchObject({ category: 'storage', firstAt: 2_000 })
  })

  test('begin earlier when an older run comes in later, and stay when the runs have gone', () => {
    using opened = openStore()
    put(opened.store, 1, stateOf(failed({ at: 5_000 })))
    put(opened.store, 2, stateOf(failed({ at: 2_000 })))
    put(opened.store, 3, stateOf(failed({ at: 7_000 })))
    opened.store.remove([1, 2, 3].map((n) => ({ tenant, key: keyOf(n) })))
    const facts = {
      fingerprint: group,
      title: 'E: Unable to locate package <pkg>',
      category: 'apt',
      exitCodes: [],
      scripts: [],
      firstAt: 2_000,
    }
    expect(opened.reader.errorGroups(tenant, [group])).toEqual([facts])
  })

  test('come in the order asked for, without groups that the tenant never had', () => {
    using opened = openStore()
    const other = fingerprintOf({ error: 'Connection refused' })
    put(opened.store, 1, stateOf(failed({ at: 1 })))
    put(opened.store, 2, stateOf(failed({ at: 1, error: 'Connection refused' })))
    put(opened.store, 3, stateOf(failed({ at: 1, error: 'disk on fire' })), 'another')
    const asked = [other, '0000000000000000', fingerprintOf({ error: 'disk on fire' }), group]
    expect(opened.reader.errorGroups(tenant, asked).map(({ fingerprint }) => fingerprint)).toEqual([other, group])
    expect(opened.reader.errorGroups('nobody', asked)).toEqual([])
  })

  test('follow a run that changes its group', () => {
    using opened = openStore()
    put(opened.store, 1, stateOf(failed({ at: 1, error: 'Connection refused', exitCode: 1 })))
    put(opened.store, 1, stateOf(failed({ at: 2 })))
    const before = fingerprintOf({ error: 'Connection refused' })
    expect(opened.reader.errorGroups(tenant, [before])[0]?.lastAt).toBeUndefined()
    expect(opened.reader.errorGroups(tenant, [group])[0]?.lastAt).toBe(2)
  })

  test('are right after a transaction that failed', () => {
    using opened = openStore()
    const { store } = opened
    put(store, 1, stateOf(failed({ at: 5 })))
    const [before] = store.load([{ tenant, key: keyOf(1) }])
    if (before === undefined) throw new Error('the run is there')
    put(store, 1, stateOf(failed({ at: 4 })))
    const outdated = { tenant, key: keyOf(1), before, after: stateOf(failed({ at: 1, error: 'Connection refused' })) }
    const added = { tenant, key: keyOf(2), after: stateOf(failed({ at: 2, error: 'Connection refused' })) }
    expect(() => store.apply('test', 9, [added, outdated])).toThrow()
    put(store, 2, stateOf(failed({ at: 3, error: 'Connection refused' })))
    const [facts] = opened.reader.errorGroups(tenant, [fingerprintOf({ error: 'Connection refused' })])
    expect(facts?.firstAt).toBe(3)
  })

  test('are known to the next writer', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    for (const at of [9, 3, 6]) {
      const store = openStoreWriter(path)
      put(store, at, stateOf(failed({ at })))
      store.close()
    }
    const reader = openStoreReader(path)
    expect(reader.errorGroups(tenant, [group])[0]).toMatchObject({ firstAt: 3, lastAt: 9 })
    reader.close()
  })
})

describe('samples of a group', () => {
  test('are its newest runs whose log is still there, with it', () => {
    using opened = openStore()
    put(opened.store, 1, stateOf(failed({ at: 1, trace: 'the oldest log' })))
    put(opened.store, 2, stateOf(failed({ at: 2, trace: 'the newest log' })))
    put(opened.store, 3, stateOf(failed({ at: 3 })))
    put(opened.store, 4, stateOf(failed({ at: 4, trace: 'another problem', error: 'Connection refused' })))
    const traces = (limit: number) => opened.reader.errorGroupSamples(tenant, group, limit).map(({ reading }) => reading.trace)
    expect(traces(5)).toEqual(['the newest log', 'the oldest log'])
    expect(traces(1)).toEqual(['the newest log'])
    expect(opened.reader.errorGroupSamples('nobody', group, 5)).toEqual([])
    expect(opened.reader.errorGroupSamples(tenant, '0000000000000000', 5)).toEqual([])
  })

  test('leave out logs that were removed', () => {
    using opened = openStore()
    put(opened.store, 1, stateOf(failed({ at: 1, trace: 'kept' })))
    put(opened.store, 2, stateOf(failed({ at: 2, trace: 'removed' })))
    const database = new Database(opened.path)
    database.run('DELETE FROM trace WHERE run = (SELECT id FROM run ORDER BY at DESC LIMIT 1)')
    database.close()
    expect(opened.reader.errorGroupSamples(tenant, group, 5).map(({ reading }) => reading.trace)).toEqual(['kept'])
  })
})

test('the reading thread answers for groups of errors', async () => {
  using opened = openStore()
  put(opened.store, 1, stateOf(failed({ at: 1, trace: 'the log' })))
  const reader = new StoreReaders(opened.path, () => undefined)
  expect((await reader.errorGroups(tenant, [group]))[0]?.title).toBe('E: Unable to locate package <pkg>')
  expect((await reader.errorGroupSamples(tenant, group, 1))[0]?.reading.trace).toBe('the log')
  await reader.close()
})

test('beyond the groups whose facts are kept, a group is described by the runs that it has', () => {
  using opened = openStore()
  const other = fingerprintOf({ error: 'Connection refused' })
  put(opened.store, 1, stateOf(failed({ at: 1 })))
  put(opened.store, 2, stateOf(failed({ at: 2, error: 'Connection refused', errorCategory: 'network' })))
  put(opened.store, 3, stateOf(failed({ at: 3, error: 'connection refused', errorCategory: 'network' })))
  const database = openStoreFile(opened.path)
  database.run('DELETE FROM error_group')
  const groups = new ErrorGroups(database, new Words(database), 1)
  for (const row of runQuery(
    database,
    sql
      .selectFrom('run')
      .select(['id', ...countedColumns])
      .orderBy('id'),
  )) {
    const { id, ...cells } = row
    groups.change(id, undefined, Object.values(cells))
  }
  groups.write()
  expect(runQuery(database, sql.selectFrom('error_group').select('title'))).toEqual([{ title: 'E: Unable to locate package <pkg>' }])
  database.close()
  expect(opened.reader.errorGroups(tenant, [other])).toEqual([
    { fingerprint: other, title: 'connection refused', category: 'network', exitCodes: [100], scripts: ['alpine'], firstAt: 2, lastAt: 3 },
  ])
})

test('made anew, names stay and keep when they were first seen, also those of another version of the fingerprint', () => {
  using opened = openStore()
  put(opened.store, 1, stateOf(failed({ at: 5 })))
  opened.store.remove([{ tenant, key: keyOf(1) }])
  const database = openStoreFile(opened.path)
  database.run("INSERT INTO error_group VALUES (1, 99, 0, 'of another version', NULL, 1)")
  const groups = new ErrorGroups(database, new Words(database))
  groups.clear()
  groups.write()
  const kept = runQuery(database, sql.selectFrom('error_group').select(['title', 'first_at']))
  expect(kept).toEqual([
    { title: 'E: Unable to locate package <pkg>', first_at: 5 },
    { title: 'of another version', first_at: 1 },
  ])
  database.close()
})

import { Database } from 'bun:sqlite'
import { expect, spyOn, test } from 'bun:test'
import { preparing } from '../../src/base/sql.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import type { StoreReader } from '../../src/store/reader-port.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { filters, sorts } from './list/records-case.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

/** Tables that grow with the runs. None may be read from end to end, however a question is put. */
const bigTable = /SCAN (run|trace|tombstone|word|mirror_link|chunk|segment|crossed)\b/

test('no question of the reader and no change of the writer reads a big table from end to end', () => {
  using folder = temporaryFolder()
  const statements = collectStatements(() => {
    const store = openStoreWriter(folder.file('store.db'))
    change(store)
    const reader = openStoreReader(folder.file('store.db'))
    ask(reader)
    reader.close()
    store.close()
  })
  expect(statements.filter((sql) => sql.includes('"run"')).length).toBeGreaterThan(sorts.length)

  const database = new Database(folder.file('store.db'), { readonly: true })
  const plans = statements.map((sql) => ({ sql, plan: planOf(database, sql) }))
  expect(plans.filter(({ plan }) => bigTable.test(plan))).toEqual([])
  const lists = plans.filter(({ sql }) => sql.includes('from "chunk"') && sql.includes('where "last_at"'))
  expect(lists.map(({ plan }) => plan)).toEqual(['SEARCH chunk USING COVERING INDEX chunk_last_at (last_at>?)'])
  expect(plans.find(({ sql }) => sql.includes('where "tenant" = ? order by "at" desc'))?.plan).toContain('INDEX run_at (tenant=?)')
  expect(plans.find(({ sql }) => sql.includes('random_id <> 0'))?.plan).toContain('USING INDEX run_random_id (tenant=? AND random_id=?)')
  const ofGroup = plans.filter(({ sql }) => sql.includes('and "error_group" = ?'))
  expect(ofGroup.map(({ plan }) => /USING (COVERING )?INDEX run_error_group \(tenant=\? AND error_group=\?\)$/.test(plan))).toEqual([
    true,
    true,
    true,
  ])
  database.close()
})

function change(store: StoreWriter): void {
  for (let n = 0; n < 40; n++)
    put(store, n, stateOf({ nsapp: n === 0 ? 'rare' : 'alpine', status: 'failed', osType: 'debian', repoSlug: 'o/a', at: n }))
  put(store, 1, stateOf({ nsapp: 'other' }))
  store.remove([{ tenant: 'default', key: keyOf(2) }])
  store.park([{ tenant: 'default', key: keyOf(1), revision: 1, reason: 'x', parkedAt: 1 }])
  store.parked(1)
  store.replay()
  store.changes(0, 10)
  store.agedTraces({ after: 0, before: 9, limit: 10 })
  store.agedRuns(1)
}

function ask(reader: StoreReader): void {
  for (const [, filter] of [...filters, ['a rare app', { app: 'rare', days: 30 }] as const]) {
    for (const sort of sorts) reader.recordsPage({ tenant: 'default', ...filter, ...(sort && { sort }) }, 0)
  }
  const question = { tenant: 'default', app: 'pine', filter: { os: 'debian', exit_code: 'unknown' }, range: { fromDay: 0, toDay: 9 } }
  reader.runList(question)
  reader.countRuns(question)
  reader.latest('default', 5)
  reader.recentScripts({ tenant: 'default', from: 0, to: 9 })
  reader.recentScripts({ tenant: 'default', from: 0, to: 9, source: 'ProxmoxVE' })
  reader.totals({ tenant: 'default', fromDay: 0, source: 'ProxmoxVE' })
  reader.analyse({ tenant: 'default', filter: { source: 'ProxmoxVE' }, by: { script: 3, type: 3 }, grain: 'week', trendDays: 3 })
  const failing = reader.analyse({
    tenant: 'default',
    filter: { os: 'debian', script: 'alpine' },
    by: { script: 3, error: 3, cores: 2, source: 1 },
    grain: 'hour',
    trendDays: 3,
    previous: { fromDay: -9, toDay: -1 },
  })
  reader.scriptFirstDays('default')
  const [group = ''] = failing.by.error?.groups.map(({ value }) => value) ?? []
  reader.errorGroups('default', [group])
  reader.errorGroupSamples('default', group, 3)
  reader.record({ tenant: 'default', key: keyOf(1) })
  reader.recordsByRandomId('default', '0190a5f3-7c1e-7000-8000-00000000002a')
  reader.cursor('test')
}

/** Every statement that `work` could run, whether it does or not. */
function collectStatements(work: () => void): readonly string[] {
  const prepares = spyOn(Database.prototype, 'prepare')
  const queries = spyOn(Database.prototype, 'query')
  preparing.isAtOnce = true
  try {
    work()
    const all = [...prepares.mock.calls, ...queries.mock.calls].map(([sql]) => sql)
    return [...new Set(all)].filter((sql) => /^(select|insert|update|delete)/.test(sql))
  } finally {
    preparing.isAtOnce = false
    prepares.mockRestore()
    queries.mockRestore()
  }
}

function planOf(database: Database, sql: string): string {
  return database
    .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => detail)
    .join('; ')
}

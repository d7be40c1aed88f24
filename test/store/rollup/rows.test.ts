import { expect, test } from 'bun:test'
import { dayMs } from '../../../src/base/clock.ts'
import { readRollupRows } from '../../../src/store/rollup/rows.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { put, stateOf } from '../run-fixture.ts'

test('daily sums are rows in words, by dimension and day; what a period did not keep apart is other', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path, { valuesMax: { script: 1 } })
  put(store, 1, stateOf({ nsapp: 'plex', at: 2 * dayMs }))
  put(store, 2, stateOf({ nsapp: 'immich', at: 2 * dayMs, status: 'failed', exitCode: 1 }))
  put(store, 3, stateOf({ nsapp: 'plex', at: 40 * dayMs, status: 'configuring' }))
  put(store, 4, stateOf({ nsapp: 'theirs' }), 'other')
  store.close()

  const rows = [...readRollupRows(path, 'default')].flat()
  const none = { success: 0, failed: 0, aborted: 0, unknown: 0, installing: 0, validation: 0, configuring: 0 }
  const ofScripts = { dimension: 'script', type: 'lxc', source: 'ProxmoxVE', ...none }
  expect(rows.filter(({ dimension }) => dimension === 'script')).toEqual([
    { ...ofScripts, day: '1970-01-03', value: 'other', failed: 1 },
    { ...ofScripts, day: '1970-01-03', value: 'plex', success: 1 },
    { ...ofScripts, day: '1970-02-10', value: 'plex', configuring: 1 },
  ])
  expect(rows.filter(({ dimension }) => dimension === 'run').map(({ day, value }) => [day, value])).toEqual([
    ['1970-01-03', ''],
    ['1970-02-10', ''],
  ])
  expect(rows.find(({ dimension }) => dimension === 'hour')).toMatchObject({ value: '0', success: 1, failed: 1 })
})

import { expect, test } from 'bun:test'
import { openRunHeads } from '../../src/store/run-heads.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { keyOf, put, stateOf } from './run-fixture.ts'

test('runs are found by their keys, in their order, within their tenant', () => {
  using folder = temporaryFolder()
  const path = folder.file('store.db')
  const store = openStoreWriter(path)
  put(store, 1, stateOf({ at: 5 }))
  put(store, 2, stateOf({ at: 7, status: 'failed', exitCode: 1 }))
  put(store, 3, stateOf({ at: 9 }), 'other')
  store.close()
  const heads = openRunHeads(path, 'default')
  expect(heads.find([2, 3, 1].map(keyOf))).toEqual([{ at: 7, status: 'failed' }, undefined, { at: 5, status: 'success' }])
  heads.close()
  const nobody = openRunHeads(path, 'nobody')
  expect(nobody.find([keyOf(1)])).toEqual([undefined])
  nobody.close()
})

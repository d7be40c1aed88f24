import { expect, test } from 'bun:test'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { put, stateOf } from '../run-fixture.ts'

const tenant = 'default'

test('runs of a value that a day did not keep apart are counted one by one, and with them those of every other value', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'), { valuesMax: { script: 2 } })
  const scripts = ['immich', 'docker', 'gitea', 'gitea', 'immich']
  for (const [index, nsapp] of scripts.entries()) put(store, index, stateOf({ nsapp }))
  const reader = openStoreReader(folder.file('store.db'))
  for (const script of scripts)
    expect(reader.countRuns({ tenant, filter: { script } })).toBe(scripts.filter((name) => name === script).length)
  expect(reader.countRuns({ tenant, filter: { script: 'never seen' } })).toBe(0)
  expect(reader.countRuns({ tenant, filter: {} })).toBe(scripts.length)
  reader.close()
  store.close()
})

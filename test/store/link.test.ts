import { expect, test } from 'bun:test'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'

const key = (byte: number) => new Uint8Array(16).fill(byte)

test('a link to the record of another service is kept for its tenant and run alone, until it is removed', () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  const link = { tenant: 'default', key: key(1), recordId: 'foreign00000001' }
  store.link([link, { ...link, tenant: 'other', recordId: 'foreign00000002' }])
  store.link([{ ...link, recordId: 'foreign00000003' }])
  const asked = [link, { tenant: 'other', key: key(1) }, { tenant: 'default', key: key(2) }, { tenant: 'nobody', key: key(1) }]
  expect(store.links(asked).map(({ tenant, recordId }) => [tenant, recordId])).toEqual([
    ['default', 'foreign00000003'],
    ['other', 'foreign00000002'],
  ])
  store.unlink([link, { tenant: 'nobody', key: key(1) }])
  expect(store.links(asked).map(({ tenant }) => tenant)).toEqual(['other'])
  store.close()
})

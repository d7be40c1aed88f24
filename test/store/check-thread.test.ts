import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { openSync, statSync, writeSync } from 'node:fs'
import { checkFiles, checkSums } from '../../src/store/check-thread.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from './folder.ts'
import { put, stateOf } from './run-fixture.ts'

const going = () => new AbortController().signal
const runCount = 300

function filledStore(path: string): void {
  const store = openStoreWriter(path)
  for (let n = 0; n < runCount; n++) put(store, n, stateOf({ status: 'failed', error: `cause ${n}`, trace: 'x'.repeat(500) }))
  store.checkpoint()
  store.close()
}

describe('a check in a thread of its own', () => {
  test('passes files that are whole, and one that is not there', async () => {
    using folder = temporaryFolder()
    filledStore(folder.file('store.db'))
    expect(await checkFiles([folder.file('store.db'), folder.file('none.db')], going())).toBe(0)
    expect(await checkSums(folder.file('store.db'), going())).toBe(0)
  })

  test('names the file that is damaged, and nothing that stands in it', async () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    filledStore(path)
    const file = openSync(path, 'r+')
    for (let at = 8_192; at < statSync(path).size; at += 8_192) writeSync(file, Buffer.alloc(2_048, 0xa5), 0, 2_048, at)
    const fault = await checkFiles([path], going()).catch((reason: Error) => reason.message)
    expect(fault).toStartWith('store.db: ')
    expect(fault).not.toContain('cause')
  })

  test('says how much of the sums differs from the runs', async () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    filledStore(path)
    const database = new Database(path)
    database.run('DELETE FROM rollup')
    database.close()
    expect(checkSums(path, going())).rejects.toThrow(/^\d+ sums and 0 columns differ from the runs/)
  })

  test('ends with its signal', async () => {
    using folder = temporaryFolder()
    filledStore(folder.file('store.db'))
    const stop = new AbortController()
    const check = checkSums(folder.file('store.db'), stop.signal)
    stop.abort()
    expect(check).rejects.toThrow('the thread was ended')
  })
})

import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { runCommandLine } from '../../src/cli/program.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'
import { reportRuns } from '../store/segment/segment-history.ts'
import { sampleContext } from './desk-sample.ts'

test('doctor rollups says that all agree, beside a writer too, and names each number that does not', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ nsapp: 'redis' }))
  expect(await doctor(folder.path, 'rollups')).toMatchObject({
    code: 0,
    out: '',
    told: expect.stringMatching(/^1 run counted again, 3\d roll-ups compared: all agree\.\n$/),
  })
  store.close()

  const database = new Database(folder.file('store.db'))
  database.run('DELETE FROM run')
  database.close()
  const differing = await doctor(folder.path, 'rollups')
  expect(differing).toMatchObject({ code: 1, told: expect.stringContaining('numbers differ.') })
  expect(differing.out).toMatch(/default +script +month +1970-01-01 +redis +lxc +ProxmoxVE +success +1 +0\n/)
  const { code, out } = await doctor(folder.path, 'rollups', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ runs: 0, differing: expect.any(Number) })
})

test('doctor segments says that all agree, beside a writer too, and names each cell that does not', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  reportRuns(store, 1, { count: 2_100, first: 0, end: 2_100 })
  expect(await doctor(folder.path, 'segments')).toMatchObject({ code: 0, out: '', told: '1,023 runs in 1 chunk compared: all agree.\n' })
  store.close()

  const database = new Database(folder.file('store.db'))
  database.run('UPDATE run SET core_count = 77 WHERE id = 5')
  database.close()
  const differing = await doctor(folder.path, 'segments')
  expect(differing).toMatchObject({ code: 1, told: '1,023 runs in 1 chunk compared: 1 number differs.\n' })
  expect(differing.out).toMatch(/0 +5 +cores +\d+ +79\n/)
  const { code, out } = await doctor(folder.path, 'segments', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ runs: 1_023, differing: 1, differences: [{ run: 5, column: 'cores', expected: 79 }] })
})

async function doctor(dataDir: string, check: 'rollups' | 'segments', ...flags: readonly string[]) {
  const context = sampleContext({ DATA_DIR: dataDir })
  const code = await runCommandLine(['doctor', check, ...flags], context)
  return { code, out: context.out(), told: context.told() }
}

import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { runCommandLine } from '../../src/cli/program.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, stateOf } from '../store/run-fixture.ts'
import { sampleContext } from './desk-sample.ts'

test('doctor rollups says that all agree, beside a writer too, and names each number that does not', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({ nsapp: 'redis' }))
  expect(await doctor(folder.path)).toMatchObject({
    code: 0,
    out: '',
    told: expect.stringMatching(/^1 runs counted again, 3\d roll-ups compared: all agree\.\n$/),
  })
  store.close()

  const database = new Database(folder.file('store.db'))
  database.run('DELETE FROM run')
  database.close()
  const differing = await doctor(folder.path)
  expect(differing).toMatchObject({ code: 1, told: expect.stringContaining('numbers differ.') })
  expect(differing.out).toMatch(/default +script +month +1970-01-01 +redis +lxc +ProxmoxVE +success +1 +0\n/)
  const { code, out } = await doctor(folder.path, '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ runs: 0, differing: expect.any(Number) })
})

async function doctor(dataDir: string, ...flags: readonly string[]) {
  const context = sampleContext({ DATA_DIR: dataDir })
  const code = await runCommandLine(['doctor', 'rollups', ...flags], context)
  return { code, out: context.out(), told: context.told() }
}

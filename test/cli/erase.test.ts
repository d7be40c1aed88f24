import { expect, test } from 'bun:test'
import { controlPath } from '../../src/base/control-path.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

test('an erasure whose server ends in the middle says that it may be noted, and how to be sure', async () => {
  using folder = temporaryFolder()
  const server = Bun.serve({
    unix: controlPath(folder.path),
    fetch: async ({ method }) => {
      if (method === 'POST') await server.stop(true) // Every connection is cut, as by the end of the process.
      return Response.json({})
    },
  })
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['erase', '--random-id', 'somebody'], context)).toBe(1)
  expect(context.told()).toContain('the running server does not answer')
  expect(context.told()).toContain(
    'may be noted already, and is then finished after the next start. To be sure, run the same command again',
  )
})

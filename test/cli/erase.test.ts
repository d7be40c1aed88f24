import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { controlPath } from '../../src/base/control-path.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { eventBody, type Running, startRunning } from '../part/running.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

test('an erasure whose server ends in the middle says that it may be noted, and how to be sure', async () => {
  using folder = temporaryFolder()
  const server = Bun.serve({
    unix: controlPath(folder.path),
    fetch: async ({ method }) => {
      if (method === 'POST') await server.stop(true) // Every connection is cut, as by the end of the process.
      return Response.json([])
    },
  })
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['erase', '--random-id', 'somebody'], context)).toBe(1)
  expect(context.told()).toContain('the running server does not answer')
  expect(context.told()).toContain(
    'may be noted already, and is then finished after the next start. To be sure, run the same command again',
  )
})

describe('erase', () => {
  let service: Running
  beforeAll(async () => {
    service = await startRunning()
    await service.makeKey('ingest', { tenant: 'acme' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test.each<[what: string, flags: readonly string[], code: number, told: string]>([
    ['an unknown tenant', ['--random-id', 'somebody', '--tenant', 'acne'], 2, 'has the tenant "acne". Did you mean acme?'],
    ['no tenant at all', ['--random-id', 'somebody', '--tenant', ''], 2, 'has the tenant ""'],
    ['an empty id', ['--random-id', ''], 2, '--random-id is empty'],
    ['an id of blanks', ['--random-id', ' \t '], 2, '--random-id is empty'],
    ['an id of control characters alone', ['--random-id', '\u0007\u001b'], 2, '--random-id is empty'],
    ['an id that no client can send', ['--random-id', 'x'.repeat(513)], 2, '--random-id is longer than 512 characters'],
    ['an id that nobody sent', ['--random-id', 'nobody'], 0, 'is erased'],
    ['the same of another tenant', ['--random-id', 'nobody', '--tenant', 'acme'], 0, 'is erased'],
  ])('with %s says so', async (_, flags, code, told) => {
    const context = sampleContext({ DATA_DIR: service.folder })
    expect([await runCommandLine(['erase', ...flags], context), context.told()]).toEqual([code, expect.stringContaining(told)])
  })

  test.each([
    ['longer than what is kept of it', `somebody ${'y'.repeat(100)}`],
    ['with a line break in it', 'somebody\nelse'],
    ['with blanks around it', '  somebody with blanks '],
  ])('finds an id %s as the client sent it', async (_, id) => {
    const key = await service.makeKey('read')
    const total = async () => ((await (await service.ask('/api/records?repo=all', { key })).json()) as { total: number }).total
    await service.ask('/telemetry', { body: eventBody({ random_id: id }) })
    await service.settle()
    expect(await total()).toBe(1)
    expect(await runCommandLine(['erase', '--random-id', id], sampleContext({ DATA_DIR: service.folder }))).toBe(0)
    expect(await total()).toBe(0)
  })
})

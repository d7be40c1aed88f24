import { expect, test } from 'bun:test'
import { systemClock } from '../../src/base/clock.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { hasPocketBase, startPocketBase, superuser } from '../part/pocketbase.ts'
import { temporaryFolder } from '../store/folder.ts'
import { sampleContext } from './desk-sample.ts'

test.each([
  [['/nowhere/records.json'], '/nowhere/records.json does not exist'],
  [['http://telemetry.example.org/data'], 'must begin with https, since it lies outside private networks'],
  [['https://me:secret@example.org/data'], 'without user name, password, query or fragment'],
  [['records.json', '--collection', 'telemetry'], '--collection needs the address of a PocketBase'],
  [[import.meta.dir], `${import.meta.dir} is a folder: name a file in it`],
  [[import.meta.path, '--format', 'http'], '--format http needs an address that begins with http or https'],
  [[import.meta.path, '--format', 'pocketbase'], '--format pocketbase needs an address that begins with http or https'],
  [['https://example.org/data', '--format', 'json'], '--format json: an address is http or pocketbase'],
  [['https://example.org', '--format', 'pocketbase'], '--format pocketbase needs --collection'],
  [['https://example.org', '--format', 'http', '--collection', 'telemetry'], '--format http: only a PocketBase has a --collection'],
])('a source that cannot be is refused before anything is asked: %p', async (words, message) => {
  using folder = temporaryFolder()
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['import', ...words], context)).toBe(2)
  expect(context.told()).toContain(message)
  expect(context.told()).not.toContain('secret')
})

const record = {
  random_id: '11111111-1111-4111-8111-111111111111',
  type: 'lxc',
  nsapp: 'immich',
  status: 'success',
  created: '2026-03-01 12:00:00.000Z',
}

test('records come from a paged HTTP API', async () => {
  using folder = temporaryFolder()
  using there = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => Response.json(url.includes('summary') ? { total_entries: 1 } : [record]),
  })
  const context = sampleContext({ DATA_DIR: folder.path })
  expect(await runCommandLine(['import', `http://127.0.0.1:${there.port}`, '--format', 'http', '--json'], context)).toBe(0)
  expect(JSON.parse(context.out())).toMatchObject({ read: 1, taken: 1, rejected: 0 })
  const earlier = sampleContext({ DATA_DIR: folder.path, MIGRATION_SOURCE_URL: `http://127.0.0.1:${there.port}` })
  expect(await runCommandLine(['import', '--json'], earlier)).toBe(0)
  expect(JSON.parse(earlier.out())).toMatchObject({ read: 1, taken: 1 })
  expect(earlier.told()).not.toContain('MIGRATION_SOURCE_URL')
})

test.if(hasPocketBase('the import from a PocketBase'))('records come from a PocketBase, by an account that is asked for', async () => {
  await using part = await startPocketBase()
  const fields = ['random_id', 'type', 'nsapp', 'status'].map((name) => ({ name, type: 'text' }))
  const stamps = ['created', 'updated'].map((name) => ({ name, type: 'autodate', onCreate: true, onUpdate: true }))
  await part.ask('POST', '/api/collections', { name: 'telemetry', type: 'base', fields: [...fields, ...stamps] })
  await part.ask('POST', '/api/collections/telemetry/records', record)
  using folder = temporaryFolder()
  const answers = [superuser.identity, superuser.password]
  const context = { ...sampleContext({ DATA_DIR: folder.path }), askLine: async () => answers.shift() ?? '', clock: systemClock }
  expect(await runCommandLine(['import', part.url, '--format', 'pocketbase', '--collection', 'telemetry', '--json'], context)).toBe(0)
  expect(JSON.parse(context.out())).toMatchObject({ taken: 1, rejected: 0 })
  expect(context.told()).not.toContain(superuser.password)
  const wrong = { ...sampleContext({ DATA_DIR: folder.path }), askLine: async () => 'nobody@example.org', clock: systemClock }
  expect(await runCommandLine(['import', part.url, '--collection', 'telemetry'], wrong)).toBe(1)
  expect(wrong.told()).toContain('look at --identity, --auth-collection and the password')
})

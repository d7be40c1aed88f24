import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Principal } from '../../../src/access/principal.ts'
import { ok } from '../../../src/base/result.ts'
import { erasuresRoute } from '../../../src/http/v1/erasures.ts'
import { ErasureAnswer } from '../../../src/http/v1/schema.ts'
import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { findSchemaFaults } from '../../part/schema-fault.ts'
import { type Browser, openBrowser, setUp } from '../../part/sign-in.ts'
import { sampleVisit } from '../../part/visit.ts'
import { until } from '../../wait.ts'

const path = '/api/v1/erasures'
let service: Running
let admin: Browser
let key: string
let read: string

beforeAll(async () => {
  service = await startRunning()
  admin = await setUp(service)
  key = await service.makeKey('admin')
  read = await service.makeKey('read')
})
afterAll(() => service[Symbol.asyncDispose]())

async function send(randomId: string, ingest?: string): Promise<void> {
  const answer = await service.ask('/telemetry', { body: eventBody({ random_id: randomId }), ...(ingest !== undefined && { key: ingest }) })
  expect(answer.status).toBe(202)
  await service.settle()
}

async function countRuns(own = read): Promise<number> {
  const answer = (await (await service.ask('/api/records?repo=all', { key: own })).json()) as { total: number }
  return answer.total
}

const ask = (body: unknown, own = key) => service.ask(path, { body: typeof body === 'string' ? body : JSON.stringify(body), key: own })

/** The files of the data folder in which a text stands. */
function filesWith(text: string): readonly string[] {
  const files = readdirSync(service.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(service.folder, name))
  return files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(text))
}

describe('POST /api/v1/erasures', () => {
  test('erases the runs of an id of the own tenant alone, and writes the id down nowhere', async () => {
    await send('somebody-here')
    await send('somebody-here', await service.makeKey('ingest', { tenant: 'tenant-b' }))
    const otherRead = await service.makeKey('read', { tenant: 'tenant-b' })
    const before = await countRuns()
    const answer = await ask({ random_id: ' somebody-here ' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([202, 'no-store'])
    await until(async () => (await countRuns()) === before - 1, 'the run has gone', 30_000)
    expect(await countRuns(otherRead)).toBe(1)
    await ask({ random_id: 'somebody-here' }, await service.makeKey('admin', { tenant: 'tenant-b' }))
    await until(() => filesWith('somebody-here').length === 0, 'no file spells the id', 30_000)
  })

  test('answers the same whether there was anything or not', async () => {
    await send('somebody-else')
    const shapeOf = async (answer: Response) => {
      const body: unknown = await answer.json()
      expect(findSchemaFaults(ErasureAnswer, body)).toEqual([])
      const headers = [...answer.headers].filter(([name]) => name !== 'date')
      return { status: answer.status, headers, body }
    }
    const answers = [await ask({ random_id: 'somebody-else' }), await ask({ random_id: 'nobody-at-all' })]
    const [found, missing] = await Promise.all(answers.map(shapeOf))
    expect(found).toEqual(missing as NonNullable<typeof missing>)
  })

  test('leaves an entry in the audit of the tenant, with the first characters of a keyed hash for the id', async () => {
    await ask({ random_id: 'somebody-audited' })
    const access = new Database(join(service.folder, 'access.db'), { readonly: true })
    const entry = access.query(`SELECT actor, subject, tenant FROM audit WHERE act = 'erase' ORDER BY id DESC LIMIT 1`).get()
    access.close()
    expect(entry).toEqual({ actor: `key:${key.split('_')[2]}`, subject: expect.stringMatching(/^[0-9a-f]{16}$/), tenant: 'default' })
  })

  test.each<[what: string, body: unknown, error: Readonly<Record<string, string>>]>([
    ['no JSON', 'random_id', { code: 'json_undecodable', field: 'body', rule: 'not_json' }],
    ['a list', [], { code: 'payload_unusable', field: 'body', rule: 'not_an_object' }],
    ['no id', {}, { code: 'payload_unusable', field: 'random_id', rule: 'missing' }],
    ['an id that is no text', { random_id: 7 }, { code: 'payload_unusable', field: 'random_id', rule: 'not_text' }],
    ['an id of blanks', { random_id: '  ' }, { code: 'payload_unusable', field: 'random_id', rule: 'empty' }],
    ['an id of control characters', { random_id: '\u0007\n' }, { code: 'payload_unusable', field: 'random_id', rule: 'empty' }],
    ['a long id', { random_id: 'x'.repeat(513) }, { code: 'payload_unusable', field: 'random_id', rule: 'longer_than_512' }],
    ['another tenant', { random_id: 'x', tenant: 'b' }, { code: 'payload_unusable', field: 'body', rule: 'only_random_id' }],
    ['a huge body', `{"random_id":"${'x'.repeat(20_000)}"}`, { code: 'body_unreadable', field: 'body', rule: 'too_large_or_too_slow' }],
  ])('refuses %s, by field and rule', async (_, body, error) => {
    const answer = await ask(body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: { ...error, message: expect.any(String) } })
  })

  test('takes the form of a browser with its token, and nothing that another site could have a browser send', async () => {
    await send('somebody-browsing')
    const before = await countRuns()
    const foreign = await admin.post(path, { random_id: 'somebody-browsing' })
    expect(foreign.status).toBe(403)
    const headers = { Cookie: [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const json = await service.ask(path, { body: JSON.stringify({ random_id: 'somebody-browsing' }), headers })
    expect(json.status).toBe(400)
    expect(await countRuns()).toBe(before)
    expect((await admin.submit('/account', { random_id: 'somebody-browsing' }, path)).status).toBe(202)
    await until(async () => (await countRuns()) === before - 1, 'the run has gone', 30_000)
  })

  test('is for admins', async () => {
    const reader = openBrowser(service)
    await reader.submit('/sign-in', { key: read })
    expect((await reader.submit('/account', { random_id: 'x' }, path)).status).toBe(403)
    expect([(await ask({ random_id: 'x' }, read)).status, (await service.ask(path, { body: '{}' })).status]).toEqual([403, 401])
  })
})

test('the answer waits until the request is on disk, and for nothing of the work', async () => {
  const done: string[] = []
  const noted = Promise.withResolvers<void>()
  const { handle } = erasuresRoute({
    erasures: {
      request: async (tenant, id, actor) => {
        await noted.promise
        done.push(`${tenant} ${id} ${actor}`)
        return ok(undefined)
      },
      begin: () => done.push('begun'),
    },
    ...{ identity: { isSecure: () => false }, origin: () => '' },
  })
  const body = '{"random_id":"x"}'
  const principal: Principal = { kind: 'key', keyId: 'k', name: 'k', scope: 'admin', tenant: 'default' }
  const headers = { 'Content-Length': String(body.length) }
  const asked = handle(new Request(`http://localhost${path}`, { method: 'POST', body, headers }), sampleVisit({ principal }))
  expect(done).toEqual([])
  noted.resolve()
  expect((await asked).status).toBe(202)
  expect(done).toEqual(['default x key:k', 'begun'])
})

test('a folder of backups that is none is named by the answer to an erasure, and the System page comes all the same', async () => {
  await using own = await startRunning()
  const backups = join(own.folder, 'backup')
  rmSync(backups, { recursive: true, force: true })
  writeFileSync(backups, '')
  const adminKey = await own.makeKey('admin')
  const answer = await own.ask(path, { body: JSON.stringify({ random_id: 'somebody' }), key: adminKey })
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { error: { code: 'storage_unusable', message: `${backups} is no folder`, field: 'backup', rule: 'folder_unusable' } },
  ])
  const page = await own.ask('/system', { key: adminKey })
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`${backups} is no folder`)])
})

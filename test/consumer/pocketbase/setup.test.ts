import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { systemClock } from '../../../src/base/clock.ts'
import { silentLog } from '../../../src/base/log.ts'
import { runFields } from '../../../src/consumer/pocketbase/collection.ts'
import { type SetupOptions, setupPocketBase } from '../../../src/consumer/pocketbase/setup.ts'
import { installFields } from '../../../src/event/install.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase, superuser } from '../../part/pocketbase.ts'
import { createEarlierCollection, earlierCollection } from './earlier-service.ts'

describe.if(hasPocketBase('setup of PocketBase'))('setup of PocketBase', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
  })
  afterAll(() => pocketbase[Symbol.asyncDispose]())

  function options(targetCollection: string, authCollection = 'telemetry_service', identity: string = account.identity): SetupOptions {
    const access = { url: pocketbase.url, authCollection, identity, password: account.password, timeoutMs: 10_000 }
    return { access, targetCollection, superuser, clock: systemClock, log: silentLog }
  }

  async function changesOf(setup: SetupOptions): Promise<readonly string[]> {
    const result = await setupPocketBase(setup)
    if (!result.ok) throw new Error(result.fault.message)
    return result.value
  }

  test('P12 setup makes the account, the collection with every field of the event, and turns on batches', async () => {
    const changes = await changesOf(options('fresh'))
    expect(changes.join('\n')).toContain('Created the collection fresh')
    const collection = await pocketbase.ask('GET', '/api/collections/fresh')
    const names = (collection['fields'] as { name: string }[]).map(({ name }) => name)
    for (const { wire } of installFields) expect(names).toContain(wire)
    for (const { name } of runFields) expect(names).toContain(name)
    expect(((await pocketbase.ask('GET', '/api/settings'))['batch'] as { enabled: boolean }).enabled).toBe(true)
    for (const text of collection['fields'] as { type: string; name: string; max: number }[])
      if (text.type === 'text') expect(text.max, `${text.name} has a limit of its own`).toBeGreaterThan(0)
  })

  test('P18 only the account gets in, and nobody can sign up to its collection', async () => {
    await changesOf(options('closed'))
    const members = await pocketbase.ask('GET', '/api/collections/telemetry_service/records')
    const [member] = members['items'] as readonly { id: string }[]
    const collection = await pocketbase.ask('GET', '/api/collections/closed')
    for (const rule of ['listRule', 'viewRule', 'createRule', 'updateRule', 'deleteRule'])
      expect(collection[rule]).toBe(`@request.auth.collectionName = "telemetry_service" && @request.auth.id = "${member?.id}"`)
    expect((await pocketbase.ask('GET', '/api/collections/telemetry_service'))['createRule']).toBeNull()
    const create = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }
    expect((await fetch(`${pocketbase.url}/api/collections/closed/records`, create)).status).toBe(400)
  })

  describe('an auth collection that others signed up to', () => {
    const joe = { email: 'joe@example.test', password: 'the-password-of-joe', passwordConfirm: 'the-password-of-joe' }

    /** What Joe is answered who signed up before the setup: the runs he sees, and how a write of his ends. */
    async function tryAsJoe(collection: string, target: string) {
      const post = (path: string, body: unknown, token = '') =>
        fetch(`${pocketbase.url}/api/collections/${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json', Authorization: token },
        })
      const signedIn = await post(`${collection}/auth-with-password`, { identity: joe.email, password: joe.password })
      const { token } = (await signedIn.json()) as { token: string }
      const list = await fetch(`${pocketbase.url}/api/collections/${target}/records`, { headers: { Authorization: token } })
      const { totalItems } = (await list.json()) as { totalItems?: number }
      return { sees: totalItems ?? 0, writes: (await post(`${target}/records`, { nsapp: 'docker' }, token)).ok }
    }

    /** An auth collection with an open sign-up, where Joe is. */
    async function openDoor(collection: string): Promise<void> {
      await pocketbase.ask('POST', '/api/collections', { name: collection, type: 'auth', createRule: '' })
      const init = { method: 'POST', body: JSON.stringify(joe), headers: { 'Content-Type': 'application/json' } }
      expect((await fetch(`${pocketbase.url}/api/collections/${collection}/records`, init)).status).toBe(200)
    }

    test('is refused before anything is changed, with their number and what to do', async () => {
      await openDoor('joined')
      const result = await setupPocketBase(options('joined_runs', 'joined'))
      const message = result.ok ? 'ok' : result.fault.message
      expect(result.ok ? 'ok' : result.fault.code).toBe('members_present')
      for (const word of ['one other member', 'list, change and delete', 'PB_AUTH_COLLECTION', 'remove', '--admit-members'])
        expect(message).toContain(word)
      expect((await pocketbase.ask('GET', '/api/collections/joined'))['createRule']).toBe('')
      expect(((await pocketbase.ask('GET', '/api/collections/joined/records'))['items'] as unknown[]).length).toBe(1)
      await expect(pocketbase.ask('GET', '/api/collections/joined_runs')).rejects.toThrow('404')
    })

    test('is taken where the operator says so, and its members get to the runs then', async () => {
      await openDoor('meant')
      const changes = await changesOf({ ...options('meant_runs', 'meant'), admitsMembers: true })
      expect(changes.join()).toContain('Closed the sign-up')
      await pocketbase.ask('POST', '/api/collections/meant_runs/records', { nsapp: 'docker' })
      expect(await tryAsJoe('meant', 'meant_runs')).toEqual({ sees: 1, writes: true })
      expect(await changesOf({ ...options('meant_runs', 'meant'), admitsMembers: true })).toEqual([])
    })

    test('who joins after the setup sees and writes nothing, and the setup runs again', async () => {
      await changesOf(options('later_runs', 'later'))
      await pocketbase.ask('POST', '/api/collections/later/records', joe)
      await pocketbase.ask('POST', '/api/collections/later_runs/records', { nsapp: 'docker' })
      expect(await tryAsJoe('later', 'later_runs')).toEqual({ sees: 0, writes: false })
      expect(await changesOf(options('later_runs', 'later'))).toEqual([])
    })
  })

  test('setup run again changes nothing', async () => {
    await changesOf(options('again'))
    expect(await changesOf(options('again'))).toEqual([])
  })

  test('setup closes an open sign-up', async () => {
    await changesOf(options('open_door', 'open_service'))
    await pocketbase.ask('PATCH', '/api/collections/open_service', { createRule: '' })
    expect((await changesOf(options('open_door', 'open_service'))).join()).toContain('Closed the sign-up')
  })

  test('setup makes an account with a user name where the identity is no mail address', async () => {
    await changesOf(options('by_name', 'named_service', 'collector'))
    expect(await changesOf(options('by_name', 'named_service', 'collector'))).toEqual([])
  })

  test("setup extends an earlier service's collection and keeps its fields and records", async () => {
    await createEarlierCollection(pocketbase, 'earlier')
    await pocketbase.ask('POST', '/api/collections/earlier/records', {
      execution_id: 'x-1',
      type: 'lxc',
      nsapp: 'docker',
      error: 'e'.repeat(9_000),
      disableip6: 'no',
    })
    const changes = (await changesOf(options('earlier'))).join('\n')
    expect(changes).toContain('error_category: widened values')
    expect(changes).toContain('Added the fields')
    const collection = await pocketbase.ask('GET', '/api/collections/earlier')
    const fields = collection['fields'] as { name: string; values?: string[]; required?: boolean }[]
    for (const { name } of [...earlierCollection.fields, ...runFields]) expect(fields.map((field) => field.name)).toContain(name)
    const category = fields.find(({ name }) => name === 'error_category')
    expect(category?.values).toContain('preflight')
    expect(category?.values).toContain('legacy')
    expect(fields.filter(({ name, required }) => required && name !== 'id')).toEqual([])
    const [record] = await pocketbase.records('earlier')
    expect(record).toMatchObject({ execution_id: 'x-1', nsapp: 'docker', disableip6: 'no', state: null })
    expect(await changesOf(options('earlier'))).toEqual([])
  })

  test.each([
    ['a field of another kind', { name: 'disk_size', type: 'text' }, [], 'field_unfit'],
    ['an index that forbids repeats', { name: 'nsapp', type: 'text' }, ['CREATE UNIQUE INDEX `u_NAME` ON `NAME` (`nsapp`)'], 'field_unfit'],
  ])('setup refuses a collection with %s and leaves it as it is', async (_, field, indexes, code) => {
    const name = `unfit_${field.name}`
    await pocketbase.ask('POST', '/api/collections', {
      name,
      type: 'base',
      fields: [field],
      indexes: indexes.map((sql) => sql.replaceAll('NAME', name)),
    })
    const before = await pocketbase.ask('GET', `/api/collections/${name}`)
    const result = await setupPocketBase(options(name))
    expect(result.ok ? 'ok' : result.fault.code).toBe(code)
    expect(await pocketbase.ask('GET', `/api/collections/${name}`)).toEqual(before)
  })

  test.each([
    [
      'a wrong password of the account',
      (setup: SetupOptions) => ({ ...setup, access: { ...setup.access, password: 'not-the-password' } }),
      'account_refused',
    ],
    ['a wrong superuser', (setup: SetupOptions) => ({ ...setup, superuser: { ...superuser, password: 'wrong' } }), 'pocketbase'],
    ['a name that ends a rule', (setup: SetupOptions) => ({ ...setup, targetCollection: 'a" || "" = "' }), 'name_invalid'],
  ])('setup stops at %s', async (_, change, code) => {
    await changesOf(options('stopped'))
    const result = await setupPocketBase(change(options('stopped')))
    expect(result.ok ? 'ok' : result.fault.code).toBe(code)
    if (!result.ok) expect(result.fault.message).not.toContain('password"')
  })

  test.each<[name: string, change: (setup: SetupOptions) => SetupOptions, message: string]>([
    [
      'a wrong superuser',
      (setup) => ({ ...setup, superuser: { ...superuser, password: 'wrong' } }),
      'give the right mail address (--superuser) and password',
    ],
    [
      'nothing at PB_URL',
      (setup) => ({ ...setup, access: { ...setup.access, url: 'http://127.0.0.1:9' } }),
      'start PocketBase, or set PB_URL',
    ],
    [
      'a short password',
      (setup) => ({ ...setup, access: { ...setup.access, authCollection: 'short_service', password: 'short' } }),
      'Choose another PB_PASSWORD: PocketBase wants at least 8 characters.',
    ],
    [
      'a user name for a collection of mail addresses',
      (setup) => ({ ...setup, access: { ...setup.access, authCollection: 'users', identity: 'plainname' } }),
      'PB_IDENTITY is a user name, but users does not sign in by username: set PB_IDENTITY to a mail address, or set PB_AUTH_COLLECTION',
    ],
    [
      'the wrong password of an account',
      (setup) => ({ ...setup, access: { ...setup.access, password: 'not-the-password' } }),
      'PB_PASSWORD does not open it',
    ],
  ])('setup that meets %s names the setting or input that mends it', async (_, change, message) => {
    await changesOf(options('worded'))
    const result = await setupPocketBase(change(options('worded')))
    expect(result.ok ? 'ok' : result.fault.message).toContain(message)
  })
})

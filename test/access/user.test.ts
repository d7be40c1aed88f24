import { describe, expect, test } from 'bun:test'
import { type NewUser, readUserName, usersMax } from '../../src/access/user.ts'
import { goodPassword, openPlace } from './place.ts'
import { bytesIn } from './sample.ts'

const by = { actor: 'cli' }

describe('a user', () => {
  test('is made, listed and let in by name and password', async () => {
    using here = openPlace()
    const made = await here.makeUser({ name: 'Ada@Example.org', role: 'maintainer', tenant: 'team-2' })
    expect(made).toEqual({ id: made.id, name: 'ada@example.org', role: 'maintainer', tenant: 'team-2', createdAt: here.clock.now() })
    expect(here.users.listUsers()).toEqual([made])
    expect(here.users.listUsers('default')).toEqual([])
    expect(await here.users.checkPassword(' ADA@example.org', goodPassword)).toEqual({ ok: true, value: made })
  })

  test.each<[name: string, wanted: Partial<NewUser>, fault: string]>([
    ['no name', { name: '' }, 'name_invalid'],
    ['a name with a space', { name: 'a b' }, 'name_invalid'],
    ['a name of HTML', { name: '<b>' }, 'name_invalid'],
    ['a long name', { name: 'a'.repeat(65) }, 'name_invalid'],
    ['a tenant in capitals', { tenant: 'Team' }, 'tenant_invalid'],
    ['a short password', { password: 'short' }, 'password_short'],
    ['a name that is taken', { name: 'ADA' }, 'name_taken'],
  ])('with %s is not made', async (_, wanted, fault) => {
    using here = openPlace()
    await here.makeUser()
    const made = await here.users.createUser({ name: 'bob', role: 'viewer', tenant: 'default', password: goodPassword, ...wanted }, 'cli')
    expect(made).toEqual({ ok: false, fault: fault as 'name_invalid' })
    expect(here.users.listUsers()).toHaveLength(1)
  })

  test('is refused in one way, whatever was wrong', async () => {
    using here = openPlace()
    await here.makeUser()
    await here.makeUser({ name: 'bob' })
    here.users.changeUser('bob', { isDisabled: true }, by)
    const tries = [
      ['ada', 'wrong password'],
      ['nobody', goodPassword],
      ['', ''],
      ['bob', goodPassword],
      ["ada' --", goodPassword],
    ] as const
    for (const [name, password] of tries) expect(await here.users.checkPassword(name, password)).toEqual({ ok: false, fault: 'refused' })
  })

  test('who is disabled while the password is looked at does not get in', async () => {
    using here = openPlace()
    await here.makeUser()
    const asked = here.users.checkPassword('ada', goodPassword)
    here.users.changeUser('ada', { isDisabled: true }, by)
    expect(await asked).toEqual({ ok: false, fault: 'refused' })
    here.users.changeUser('ada', { isDisabled: false }, by)
    expect((await here.users.checkPassword('ada', goodPassword)).ok).toBe(true)
  })

  test('with a new password is let in by that one alone', async () => {
    using here = openPlace()
    await here.makeUser()
    expect(await here.users.setPassword('ada', 'short', by)).toEqual({ ok: false, fault: 'password_short' })
    expect((await here.users.setPassword('ada', 'another good password', by)).ok).toBe(true)
    const answers = await Promise.all([goodPassword, 'another good password'].map((password) => here.users.checkPassword('ada', password)))
    expect(answers.map(({ ok }) => ok)).toEqual([false, true])
  })

  test('of another tenant is not there for who may change one tenant only', async () => {
    using here = openPlace()
    await here.makeUser({ tenant: 'team-2' })
    const foreign = { actor: 'user:x', tenant: 'default' }
    const unknown = { ok: false, fault: 'user_unknown' } as const
    expect(here.users.changeUser('ada', { role: 'admin' }, foreign)).toEqual(unknown)
    expect(here.users.changeUser('ada', { isDisabled: true }, foreign)).toEqual(unknown)
    expect(here.users.removeUser('ada', foreign)).toEqual(unknown)
    expect(await here.users.setPassword('ada', goodPassword, foreign)).toEqual(unknown)
    expect(here.users.removeUser('ada', { ...foreign, tenant: 'team-2' }).ok).toBe(true)
  })
})

describe('the last admin', () => {
  test.each<[name: string, act: (here: ReturnType<typeof openPlace>, name: string) => { readonly ok: boolean }]>([
    ['disabled', (here, name) => here.users.changeUser(name, { isDisabled: true }, by)],
    ['made a viewer', (here, name) => here.users.changeUser(name, { role: 'viewer' }, by)],
    ['deleted', (here, name) => here.users.removeUser(name, by)],
  ])('is not %s, and one of two is', async (_, act) => {
    using here = openPlace()
    await here.makeUser({ role: 'admin' })
    await here.makeUser({ name: 'bob' })
    expect(act(here, 'ada')).toEqual({ ok: false, fault: 'last_admin' } as never)
    expect(act(here, 'bob').ok).toBe(true)
    await here.makeUser({ name: 'grace', role: 'admin' })
    expect(act(here, 'ada').ok).toBe(true)
    expect(here.users.hasAdmin()).toBe(true)
  })

  test('stays an admin when told to be one again', async () => {
    using here = openPlace()
    await here.makeUser({ role: 'admin' })
    expect(here.users.changeUser('ada', { role: 'admin' }, by).ok).toBe(true)
    expect(here.users.changeUser('ada', { isDisabled: false }, by).ok).toBe(true)
  })
})

test('the number of users has a bound', async () => {
  using here = openPlace()
  here.database.run(
    `INSERT INTO user (id, name, role, tenant, password_hash, created_at)
     WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${usersMax})
     SELECT 'filler ' || n, 'filler ' || n, 'viewer', 'default', '', 0 FROM number`,
  )
  const made = await here.users.createUser({ name: 'ada', role: 'viewer', tenant: 'default', password: goodPassword }, 'cli')
  expect(made).toEqual({ ok: false, fault: 'users_exhausted' })
})

test('no file holds a password, and every change stands in the audit by ids', async () => {
  using here = openPlace()
  const { id } = await here.makeUser()
  await here.users.setPassword('ada', 'another good password', { actor: 'user:boss' })
  here.users.changeUser('ada', { role: 'maintainer' }, by)
  here.users.changeUser('ada', { isDisabled: true }, by)
  here.users.changeUser('ada', { isDisabled: false }, by)
  here.users.removeUser('ada', by)
  const bytes = bytesIn(here.folder)
  expect(bytes.includes(id)).toBe(true) // The search does find what is there.
  for (const word of [goodPassword, 'another good password']) expect(bytes.includes(word)).toBe(false)
  const acts = here.audit.list(9).map(({ actor, act, subject }) => [actor, act, subject])
  expect(acts.toReversed()).toEqual([
    ['cli', 'user_create', id],
    ['user:boss', 'user_password', id],
    ['cli', 'user_role', id],
    ['cli', 'user_disable', id],
    ['cli', 'user_enable', id],
    ['cli', 'user_delete', id],
  ])
})

test.each([
  ['ada', 'ada'],
  [' Ada ', 'ada'],
  ['ada.l+x@example-1.org', 'ada.l+x@example-1.org'],
  ['-ada', undefined],
  ['a b', undefined],
  ['a\u0000b', undefined],
  ['ä', undefined],
  ['', undefined],
])('the name %j is kept as %j', (text, name) => {
  expect(readUserName(text)).toBe(name)
})

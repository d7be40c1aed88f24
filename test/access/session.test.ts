import { describe, expect, test } from 'bun:test'
import { absoluteMs, idleMs, ownerSessionsMax } from '../../src/access/session.ts'
import { openPlace } from './place.ts'
import { bytesIn } from './sample.ts'

const minuteMs = 60_000

describe('a session', () => {
  test('says whose it is, by what the user is now', async () => {
    using here = openPlace()
    const user = await here.makeUser({ role: 'maintainer', tenant: 'team-2' })
    const { token, expiresAt } = here.sessions.start({ userId: user.id }, 'password')
    expect(expiresAt).toBe(here.clock.now() + absoluteMs)
    const known = { kind: 'user', userId: user.id, name: 'ada', role: 'maintainer', tenant: 'team-2', sessionId: expect.any(String) }
    expect(here.sessions.find(token)).toEqual(known as never)
    await here.makeUser({ name: 'boss', role: 'admin' })
    here.users.changeUser('ada', { role: 'viewer' }, { actor: 'cli' })
    expect(here.sessions.find(token)).toMatchObject({ role: 'viewer' })
  })

  test('of a key has the rights of the key', () => {
    using here = openPlace()
    const key = here.makeKey('admin', { tenant: 'team-2' })
    const { token } = here.sessions.start({ keyId: key.id }, 'key')
    expect(here.sessions.find(token)).toMatchObject({ kind: 'key', keyId: key.id, name: key.id, scope: 'admin', tenant: 'team-2' })
  })

  test.each([
    ['', 'an empty token'],
    ['x', 'a short token'],
    ['A'.repeat(43), 'an unknown token'],
    ['A'.repeat(5_000), 'a long token'],
    [`${'A'.repeat(42)}'`, 'a quote'],
  ])('%j is none: %s', (token) => {
    using here = openPlace()
    here.sessions.start({ keyId: here.makeKey('read').id }, 'key')
    expect(here.sessions.find(token)).toBeUndefined()
  })

  test('is over once it was not used for a week, and goes on while it is', async () => {
    using here = openPlace()
    const { token } = here.sessions.start({ userId: (await here.makeUser()).id }, 'password')
    here.clock.pass(idleMs - 1)
    expect(here.sessions.find(token)).toBeDefined()
    here.clock.pass(idleMs - 1)
    expect(here.sessions.find(token)).toBeDefined() // The use before counts though nothing was written yet.
    here.sessions.save()
    here.clock.pass(idleMs)
    expect(here.sessions.find(token)).toBeUndefined()
  })

  test('is over after thirty days, however much it is used', async () => {
    using here = openPlace()
    const { token } = here.sessions.start({ userId: (await here.makeUser()).id }, 'password')
    for (let day = 0; day < 29; day += 1) {
      here.clock.pass(absoluteMs / 30)
      expect(here.sessions.find(token)).toBeDefined()
      here.sessions.save()
    }
    here.clock.pass(absoluteMs / 30)
    expect(here.sessions.find(token)).toBeUndefined()
    here.sessions.save()
    expect(here.database.query('SELECT count(*) AS n FROM session').get()).toEqual({ n: 0 })
  })

  test.each<[name: string, end: (here: ReturnType<typeof openPlace>) => unknown]>([
    ['was ended', (here) => here.sessions.list(undefined).map(({ id }) => here.sessions.end(id, 'cli'))],
    ['belongs to a user who was disabled', (here) => here.users.changeUser('ada', { isDisabled: true }, { actor: 'cli' })],
    ['belongs to a user who was deleted', (here) => here.users.removeUser('ada', { actor: 'cli' })],
    ['belongs to a user with a new password', (here) => here.users.setPassword('ada', 'another good password', { actor: 'cli' })],
  ])('is over at once when it %s', async (_, end) => {
    using here = openPlace()
    const { token } = here.sessions.start({ userId: (await here.makeUser()).id }, 'password')
    expect(here.sessions.find(token)).toBeDefined()
    await end(here)
    expect(here.sessions.find(token)).toBeUndefined()
    expect(here.sessions.list(undefined)).toEqual([])
  })

  test('P23 is over at once when its key is revoked, and with the end of its key', () => {
    using here = openPlace()
    const [revoked, expired, other] = [
      here.makeKey('read'),
      here.makeKey('read', { expiresAt: here.clock.now() + minuteMs }),
      here.makeKey('read'),
    ]
    const [first, second, third] = [revoked, expired, other].map(({ id }) => here.sessions.start({ keyId: id }, 'key').token)
    here.keyRing.revokeKey(revoked.id, 'cli')
    expect(here.sessions.find(first ?? '')).toBeUndefined()
    expect(here.sessions.find(second ?? '')).toBeDefined()
    here.clock.pass(minuteMs)
    expect(here.sessions.find(second ?? '')).toBeUndefined()
    expect(here.sessions.find(third ?? '')).toBeDefined()
    expect(here.sessions.list(undefined)).toHaveLength(1)
  })

  test('of a password that is kept with a new one is the only one left', async () => {
    using here = openPlace()
    const user = await here.makeUser()
    const [mine, other] = [here.sessions.start({ userId: user.id }, 'password'), here.sessions.start({ userId: user.id }, 'password')]
    const own = here.sessions.find(mine.token)
    await here.users.setPassword('ada', 'another good password', { actor: 'user:x', keptSessionId: own?.sessionId ?? '' })
    expect([here.sessions.find(mine.token), here.sessions.find(other.token)].map((found) => found !== undefined)).toEqual([true, false])
  })
})

describe('the list of sessions', () => {
  test('shows each owner the own ones, and an admin those of the tenant', async () => {
    using here = openPlace()
    const [ada, bob] = [await here.makeUser(), await here.makeUser({ name: 'bob', tenant: 'team-2' })]
    const key = here.makeKey('read')
    here.sessions.start({ userId: ada.id }, 'password')
    here.sessions.start({ userId: bob.id }, 'setup')
    here.sessions.start({ keyId: key.id }, 'key')
    const owners = (whose: Parameters<typeof here.sessions.list>[0]) =>
      here.sessions
        .list(whose)
        .map(({ owner }) => owner.name)
        .sort()
    expect(owners({ userId: ada.id })).toEqual(['ada'])
    expect(owners({ keyId: key.id })).toEqual([key.id])
    expect(owners({ tenant: 'team-2' })).toEqual(['bob'])
    expect(owners({ tenant: 'default' })).toEqual([key.id, 'ada'].sort())
    expect(owners(undefined)).toHaveLength(3)
  })

  test('lets nobody end what is another’s', async () => {
    using here = openPlace()
    const [ada, bob] = [await here.makeUser(), await here.makeUser({ name: 'bob', tenant: 'team-2' })]
    const { token } = here.sessions.start({ userId: bob.id }, 'password')
    const id = here.sessions.find(token)?.sessionId ?? ''
    expect(here.sessions.end(id, 'user:a', { userId: ada.id })).toBe(false)
    expect(here.sessions.end(id, 'user:a', { keyId: bob.id })).toBe(false)
    expect(here.sessions.end(id, 'user:a', { tenant: 'default' })).toBe(false)
    expect(here.sessions.end('nothing', 'user:a')).toBe(false)
    expect(here.sessions.find(token)).toBeDefined()
    expect(here.sessions.end(id, 'user:a', { tenant: 'team-2' })).toBe(true)
  })

  test(`holds at most ${ownerSessionsMax} of one owner: the oldest makes room`, async () => {
    using here = openPlace()
    const user = await here.makeUser()
    const tokens = Array.from({ length: ownerSessionsMax + 3 }, () => {
      here.clock.pass(minuteMs)
      return here.sessions.start({ userId: user.id }, 'password').token
    })
    expect(tokens.map((token) => here.sessions.find(token) !== undefined)).toEqual(tokens.map((_, index) => index >= 3))
  })
})

test('no file holds a token', () => {
  using here = openPlace()
  const { token } = here.sessions.start({ keyId: here.makeKey('read').id }, 'key')
  here.sessions.save()
  const bytes = bytesIn(here.folder)
  for (const form of [token, Buffer.from(token).toString('base64'), Buffer.from(token).toString('hex')])
    expect(bytes.includes(form)).toBe(false)
})

test('beginning and end stand in the audit, with the ids of owner and session', async () => {
  using here = openPlace()
  const user = await here.makeUser()
  const { token } = here.sessions.start({ userId: user.id }, 'password')
  const id = here.sessions.find(token)?.sessionId ?? ''
  here.sessions.end(id, `user:${user.id}`)
  here.sessions.end(id, 'cli') // Changes nothing, so it is no act.
  expect(here.audit.list(2).map(({ actor, act, subject }) => [actor, act, subject])).toEqual([
    [`user:${user.id}`, 'session_end', id],
    [`user:${user.id}`, 'session_start', id],
  ])
  here.audit.trim(here.clock.now() + 1)
  expect(here.audit.list(9)).toEqual([])
})

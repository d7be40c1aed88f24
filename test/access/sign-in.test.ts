import { describe, expect, test } from 'bun:test'
import { clientHeldMax, createSignIn, heldMax, nameDelayMaxMs, type SignIn, type Wait } from '../../src/access/sign-in.ts'
import { freeTries } from '../../src/access/sign-in-delay.ts'
import { goodPassword, openPlace, type Place } from './place.ts'

/** A sign-in whose waits a test looks at, and lets go. */
function open(here: Place, wait: Wait = async () => undefined): { readonly signIn: SignIn; readonly waits: number[] } {
  const waits: number[] = []
  const signIn = createSignIn({
    ...here,
    seed: () => 1n,
    wait: (ms, signal) => {
      waits.push(ms)
      return wait(ms, signal)
    },
  })
  return { signIn, waits }
}

describe('signing in', () => {
  test('waits a little for failures of others with a name, and the right password still comes in', async () => {
    using here = openPlace()
    await here.makeUser()
    const { signIn, waits } = open(here)
    for (let round = 0; round < freeTries + 6; round += 1)
      expect(await signIn.byPassword('ada', 'wrong', `client ${round}`)).toEqual({ ok: false, fault: 'refused' })
    expect(waits).toEqual([1_000, ...Array(5).fill(nameDelayMaxMs)])
    expect((await signIn.byPassword('ADA ', goodPassword, 'her own client')).ok).toBe(true)
    expect(waits).toHaveLength(7)
    await signIn.byPassword('ada', 'wrong', 'yet another client')
    expect(waits).toHaveLength(7)
  })

  test('waits as long for a name that is none', async () => {
    using here = openPlace()
    await here.makeUser()
    const [known, unknown] = await Promise.all(
      ['ada', 'nobody'].map(async (name) => {
        const { signIn, waits } = open(here)
        for (let round = 0; round < 7; round += 1) await signIn.byPassword(name, 'wrong', `client ${round}`)
        return waits
      }),
    )
    expect(unknown).toEqual(known)
  })

  test('waits longer with each failure of a client, whatever name or key it tries', async () => {
    using here = openPlace()
    const { signIn, waits } = open(here)
    for (let round = 0; round < 3; round += 1) await signIn.byPassword(`name${round}`, 'wrong', 'client')
    for (let round = 0; round < 3; round += 1) await signIn.byKey('ts_r_x', 'client')
    expect(waits).toEqual([1_000, 2_000, 4_000])
  })

  test('of people behind one address who know their passwords waits for nothing', async () => {
    using here = openPlace()
    await here.makeUser()
    const { signIn, waits } = open(here)
    for (let round = 0; round < 12; round += 1) expect((await signIn.byPassword('ada', goodPassword, 'office')).ok).toBe(true)
    expect(waits).toEqual([])
  })

  test('holds a bounded number of tries, of one client and of all', async () => {
    using here = openPlace()
    const gate = Promise.withResolvers<void>()
    const { signIn } = open(here, () => gate.promise)
    const tries = (client: string, count: number) => Array.from({ length: count }, () => signIn.byKey('ts_r_x', client))
    const own = tries('client', freeTries + clientHeldMax + 1)
    expect(await own.at(-1)).toEqual({ ok: false, fault: 'too_many' })
    const others = Array.from({ length: heldMax / clientHeldMax }, (_, index) => tries(`client ${index}`, freeTries + clientHeldMax)).flat()
    expect(await others.at(-1)).toEqual({ ok: false, fault: 'too_busy' })
    gate.resolve()
    const answers = await Promise.all([...own, ...others])
    expect(answers.filter(({ ok }) => ok)).toEqual([])
    expect(await signIn.byKey('ts_r_x', 'client')).toEqual({ ok: false, fault: 'key_unknown' })
  })

  test('of who did nothing wrong is not refused for the seats that others fill', async () => {
    using here = openPlace()
    await here.makeUser()
    const gate = Promise.withResolvers<void>()
    const { signIn } = open(here, () => gate.promise)
    const clients = Array.from({ length: heldMax / clientHeldMax }, (_, index) => `client ${index}`)
    const others = clients.flatMap((client) =>
      Array.from({ length: freeTries + clientHeldMax }, () => signIn.byPassword('ada', 'wrong', client)),
    )
    expect(await signIn.byPassword('ada', goodPassword, 'her own client')).toMatchObject({ ok: true })
    gate.resolve()
    expect((await Promise.all(others)).filter(({ ok }) => ok)).toEqual([])
  })

  test('that waits when the service stops is told to come again, at once', async () => {
    using here = openPlace()
    const signIn = createSignIn({ ...here, seed: () => 1n })
    for (let round = 0; round < freeTries + 4; round += 1) void signIn.byKey('ts_r_x', 'client')
    const start = performance.now()
    const held = signIn.byKey('ts_r_x', 'client')
    signIn.stop()
    expect(await held).toEqual({ ok: false, fault: 'too_busy' })
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('by key', () => {
  test.each([
    ['read', true],
    ['admin', true],
    ['ingest', false],
  ] as const)('of scope %s gives a session: %j', async (scope, isIn) => {
    using here = openPlace()
    const key = here.makeKey(scope)
    const started = await open(here).signIn.byKey(key.key, 'client')
    expect(started).toMatchObject(isIn ? { ok: true } : { ok: false, fault: 'scope_missing' })
    if (started.ok) expect(here.sessions.find(started.value.token)).toMatchObject({ kind: 'key', keyId: key.id, scope })
  })
})

test('a password is confirmed without a session', async () => {
  using here = openPlace()
  const { id } = await here.makeUser()
  const { signIn } = open(here)
  expect(await signIn.confirm('ada', goodPassword, 'client')).toMatchObject({ ok: true, value: { id } })
  expect(await signIn.confirm('ada', 'wrong', 'client')).toEqual({ ok: false, fault: 'refused' })
  expect(here.sessions.list(undefined)).toEqual([])
})

import { expect, test } from 'bun:test'
import { createAdminPassword } from '../../src/access/admin-password.ts'
import { clientHeldMax, createSignIn, heldMax, nameDelayMaxMs, type Wait } from '../../src/access/sign-in.ts'
import { delayMaxMs, freeTries, slotCount } from '../../src/access/sign-in-delay.ts'
import { fakeClock } from '../fake-clock.ts'

/** A secret that nobody knows, and how often it was compared with a guess. */
function unknownSecret() {
  let compared = 0
  const isRight = () => {
    compared += 1
    return false
  }
  return { isRight, compared: () => compared }
}

/** A way in of which only the waits matter. */
function stage(wait: Wait = async () => undefined) {
  const waits: number[] = []
  const never = () => {
    throw new Error('nobody signs in here')
  }
  const signIn = createSignIn({
    users: { idOf: () => undefined, checkPassword: never },
    keyRing: { authenticate: never },
    sessions: { start: never },
    clock: fakeClock('2026-03-01'),
    seed: () => 1n,
    wait: async (ms, signal) => {
      waits.push(ms)
      await wait(ms, signal)
    },
  })
  return { waits, signIn }
}

test.each([
  ['the password', 'a long pass-phrase', { ok: true }],
  ['another one', 'a long pass-phrasf', { ok: false, fault: 'refused' }],
  ['its beginning', 'a long', { ok: false, fault: 'refused' }],
  ['more than it', 'a long pass-phrase ', { ok: false, fault: 'refused' }],
  ['nothing', '', { ok: false, fault: 'refused' }],
])('of the operator is known to who gives %s', async (_, given, expected) => {
  const { signIn } = stage()
  expect(await createAdminPassword('a long pass-phrase', signIn).check(given, 'client')).toMatchObject(expected)
})

test('that is not set is known to nobody, also not to who gives none', async () => {
  const { signIn } = stage()
  for (const given of ['', 'undefined']) {
    expect(await createAdminPassword(undefined, signIn).check(given, 'client')).toMatchObject({ ok: false, fault: 'not_set' })
  }
})

test('is guessed ever more slowly from one address, whatever it guessed before', async () => {
  const { waits, signIn } = stage()
  const password = createAdminPassword('right', signIn)
  for (let tries = 0; tries < freeTries + 5; tries++) await password.check('wrong', 'stranger')
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, delayMaxMs])
})

test('is guessed more slowly by everybody once many guessed it', async () => {
  const { waits, signIn } = stage()
  const password = createAdminPassword('right', signIn)
  for (let tries = 0; tries < 200; tries++) await password.check('wrong', `client ${tries}`)
  expect(waits.at(-1)).toBe(nameDelayMaxMs)
})

test.each([
  ['others guessed', (tries: number) => `client ${tries}`],
  ['its own client got wrong before', () => 'owner'],
])('opens at once when it is right, whatever %s', async (_, clientOf) => {
  const { waits, signIn } = stage()
  const password = createAdminPassword('right', signIn)
  for (let tries = 0; tries < 200; tries++) await password.check('wrong', clientOf(tries))
  waits.length = 0
  expect(await password.check('right', 'owner')).toMatchObject({ ok: true })
  expect(waits).toEqual([])
})

test('is compared with no more guesses of a moment than seats and slots, however many addresses they come from', async () => {
  const { isRight, compared } = unknownSecret()
  const { signIn } = stage(() => Promise.withResolvers<void>().promise)
  const guess = (client: string) => void signIn.bySecret('secret', isRight, client)
  for (let n = 0; n < 8 * slotCount; n++) guess(`client ${n}`)
  expect(compared()).toBeGreaterThan(freeTries)
  expect(compared()).toBeLessThanOrEqual(freeTries * slotCount + heldMax)
  for (let n = 0; n < 100; n++) guess('one')
  expect(compared()).toBeLessThanOrEqual(freeTries * slotCount + heldMax)
})

test('is compared with no more guesses of one address than it has seats, whatever connections it drops', async () => {
  const { isRight, compared } = unknownSecret()
  const { signIn } = stage(() => Promise.withResolvers<void>().promise)
  for (let n = 0; n < 1_000; n++) void signIn.bySecret('secret', isRight, 'one')
  expect(compared()).toBe(freeTries + clientHeldMax)
})

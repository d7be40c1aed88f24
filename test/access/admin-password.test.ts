import { expect, test } from 'bun:test'
import { createAdminPassword } from '../../src/access/admin-password.ts'
import { createSignIn, nameDelayMaxMs } from '../../src/access/sign-in.ts'
import { delayMaxMs, freeTries } from '../../src/access/sign-in-delay.ts'
import { fakeClock } from '../fake-clock.ts'

/** A way in of which only the waits matter. */
function stage() {
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
    wait: async (ms) => void waits.push(ms),
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

test('is slowed a little by what others guess, so that nobody keeps its owner waiting', async () => {
  const { waits, signIn } = stage()
  const password = createAdminPassword('right', signIn)
  for (let tries = 0; tries < 200; tries++) await password.check('wrong', `client ${tries}`)
  waits.length = 0
  expect(await password.check('right', 'owner')).toMatchObject({ ok: true })
  expect(waits).toEqual([nameDelayMaxMs])
  await password.check('wrong', 'somebody')
  expect(waits).toHaveLength(1)
})

import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { createSignInDelay, delayMaxMs, forgetMs, freeTries } from '../../src/access/sign-in-delay.ts'
import { noon } from './place.ts'

test('grows with each try of a name, up to a bound', () => {
  const delay = createSignInDelay(1n)
  const waits = Array.from({ length: 12 }, () => delay.take('ada', noon))
  expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000, ...Array(5).fill(delayMaxMs)])
  expect(delay.take('grace', noon)).toBe(0)
})

test('forgets one try in each while, and all of them for who came in', () => {
  const delay = createSignInDelay(1n)
  for (let round = 0; round < 6; round += 1) delay.take('ada', noon)
  expect(delay.take('ada', noon + 2 * forgetMs)).toBe(2_000)
  expect(delay.take('ada', noon + 60 * forgetMs)).toBe(0)
  for (let round = 0; round < 6; round += 1) delay.take('ada', noon)
  delay.forgive('ada')
  expect(delay.take('ada', noon)).toBe(0)
})

test('a try that is given back counts no more', () => {
  const delay = createSignInDelay(1n)
  for (let round = 0; round < 100; round += 1) {
    expect(delay.take('198.51.100.1', noon)).toBe(0)
    delay.giveBack('198.51.100.1')
  }
})

test('never waits longer than the bound, whatever names and clocks bring', () => {
  const tries = fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.integer({ min: -1e12, max: 1e13 })), { maxLength: 400 })
  fc.assert(
    fc.property(tries, (all) => {
      const delay = createSignInDelay(7n)
      for (const [name, now] of all) expect(delay.take(name, now)).toBeWithin(0, delayMaxMs + 1)
    }),
  )
})

test(`a flood of names leaves ${freeTries} tries free for nobody, and takes no memory`, () => {
  const delay = createSignInDelay(1n)
  for (let round = 0; round < 2_000_000; round += 1) delay.take(`name ${round}`, noon)
  expect(delay.take('ada', noon)).toBe(delayMaxMs)
})

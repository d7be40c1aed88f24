import { describe, expect, test } from 'bun:test'
import { createPasswordKeeper, findPasswordFault, parallelMax, waitingMax } from '../../src/access/password.ts'

async function hashOf(password: string): Promise<string> {
  const hash = await createPasswordKeeper().hash(password)
  if (!hash.ok) throw new Error(hash.fault)
  return hash.value
}

describe('a password', () => {
  test('is kept as argon2id with a salt of its own, and never as itself', async () => {
    const [first, second] = await Promise.all([hashOf('correct horse battery'), hashOf('correct horse battery')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(first).not.toBe(second)
    expect(first).not.toContain('correct')
  })

  test.each<[name: string, written: string, given: string, isRight: boolean]>([
    ['itself', 'correct horse battery', 'correct horse battery', true],
    ['another case', 'correct horse battery', 'Correct horse battery', false],
    ['a space more', 'correct horse battery', 'correct horse battery ', false],
    ['the same letters of another keyboard', 'gr\u00fc\u00dfe an alle', 'gru\u0308\u00dfe an alle', true],
    ['nothing', 'correct horse battery', '', false],
  ])('is compared with %s', async (_, written, given, isRight) => {
    expect(await createPasswordKeeper().isRight(given, await hashOf(written))).toEqual({ ok: true, value: isRight })
  })

  test.each<[password: string, fault: ReturnType<typeof findPasswordFault>]>([
    ['short', 'password_short'],
    ['elevenchars', 'password_short'],
    ['twelve chars', undefined],
    ['\u{1f511}'.repeat(11), 'password_short'],
    ['x'.repeat(257), 'password_long'],
    ['abcabcabcabcabc', 'password_plain'],
    ['I am Lovelace!', 'password_plain'],
    ['a whole sentence of words', undefined],
  ])('%j is looked at before it is taken', (password, fault) => {
    expect(findPasswordFault(password, 'lovelace')).toBe(fault)
  })

  test('may hold a name that is a word of few letters', () => {
    expect(findPasswordFault('adamant and proud', 'ada')).toBeUndefined()
  })
})

describe('the keeper', () => {
  test('works as long for nobody as for a wrong password', async () => {
    const hash = await hashOf('correct horse battery')
    const keeper = createPasswordKeeper()
    const medianOf = async (kept: string | undefined) => {
      const times: number[] = []
      for (let round = 0; round < 9; round += 1) {
        const start = performance.now()
        expect(await keeper.isRight('wrong horse battery', kept)).toEqual({ ok: true, value: false })
        times.push(performance.now() - start)
      }
      return times.sort((a, b) => a - b)[4] ?? 0
    }
    const [known, unknown] = [await medianOf(hash), await medianOf(undefined)]
    expect(unknown / known).toBeWithin(0.4, 2.5) // An answer without work would be a thousandth.
  })

  test(`works on ${parallelMax} at once, lets ${waitingMax} wait, and tells the others at once`, async () => {
    const keeper = createPasswordKeeper()
    const all = parallelMax + waitingMax + 5
    const answers = await Promise.all(Array.from({ length: all }, () => keeper.hash('correct horse battery')))
    expect(answers.map(({ ok }) => ok)).toEqual(Array.from({ length: all }, (_, index) => index < parallelMax + waitingMax))
    expect(await keeper.isRight('x', undefined)).toEqual({ ok: true, value: false })
  })

  test('frees the place of one that failed', async () => {
    const keeper = createPasswordKeeper()
    for (let round = 0; round < 2 * parallelMax; round += 1) expect(keeper.isRight('x', 'no hash')).rejects.toThrow()
    expect(await keeper.isRight('x', undefined)).toEqual({ ok: true, value: false })
  })
})

import { describe, expect, test } from 'bun:test'
import type { Hit } from '../../src/cloak/hit.ts'
import { type Mode, modes, operate } from '../../src/cloak/operator.ts'
import { resolve } from '../../src/cloak/resolve.ts'

function hitAt(start: number, end: number, more: Partial<Hit> = {}): Hit {
  return { type: 'URL', start, end, score: 0.5, rule: 'test', why: { base: 0.5, isProven: false }, ...more }
}

describe('resolve', () => {
  const shown = (hits: readonly Hit[]) => resolve(hits).map(({ type, start, end }): readonly unknown[] => [type, start, end])

  test.each<[what: string, hits: readonly Hit[], stretches: readonly (readonly [string, number, number])[]]>([
    ['nothing', [], []],
    [
      'hits apart, in their order',
      [hitAt(5, 9), hitAt(0, 2)],
      [
        ['URL', 0, 2],
        ['URL', 5, 9],
      ],
    ],
    [
      'neighbours stay two',
      [hitAt(0, 2), hitAt(2, 4)],
      [
        ['URL', 0, 2],
        ['URL', 2, 4],
      ],
    ],
    ['the surer one names what both cover', [hitAt(0, 9), hitAt(2, 5, { type: 'PERSON', score: 0.9 })], [['PERSON', 0, 9]]],
    ['of equally sure ones the longer', [hitAt(0, 9), hitAt(2, 5, { type: 'PERSON' })], [['URL', 0, 9]]],
    [
      'a proved one before a surer one',
      [hitAt(0, 9, { score: 1 }), hitAt(2, 5, { type: 'CRYPTO', why: { base: 1, isProven: true } })],
      [['CRYPTO', 0, 9]],
    ],
    ['crossing ones leave nothing readable', [hitAt(0, 6, { score: 0.9 }), hitAt(4, 9, { type: 'PERSON' })], [['URL', 0, 9]]],
    ['a chain of them', [hitAt(0, 3), hitAt(2, 6, { type: 'DOMAIN', score: 0.8 }), hitAt(5, 8)], [['DOMAIN', 0, 8]]],
  ])('%s', (_, hits, stretches) => {
    expect(shown(hits)).toEqual([...stretches])
  })
})

describe('operate', () => {
  let salts = 0
  const keys = { salt: () => Uint8Array.of(salts++), pseudonymKey: new Uint8Array(32).fill(7) }
  const text = 'a 😀bc d 😀bc'
  const hits = [hitAt(2, 6), hitAt(9, 13)]
  const of = (mode: Mode) => operate(text, hits, mode, keys)

  test('replace names the type, redact leaves nothing, mask puts a star for each character of the whole', () => {
    expect(of('replace')).toBe('a <URL> d <URL>')
    expect(of('redact')).toBe('a  d ')
    expect(of('mask')).toBe('a *** d ***')
    expect(operate('x'.repeat(500), [hitAt(0, 500)], 'mask', keys)).toBe('*'.repeat(500))
  })

  test('hash salts each value, pseudonym gives equal values one token that depends on key and type', () => {
    const [, one, other] = /^a ([0-9a-f]{64}) d ([0-9a-f]{64})$/.exec(of('hash')) ?? []
    expect(one).not.toBe(other)
    const [, first, second] = /^a <(URL_[a-z2-9]{10})> d <(URL_[a-z2-9]{10})>$/.exec(of('pseudonym')) ?? []
    expect(first).toBe(second)
    expect(operate(text, hits, 'pseudonym', { ...keys, pseudonymKey: new Uint8Array(32) })).not.toContain(first ?? '')
    expect(operate(text, [hitAt(2, 6, { type: 'DOMAIN' })], 'pseudonym', keys)).not.toContain(first?.slice(4) ?? '')
  })

  test('a text without hits stays as it is', () => {
    for (const mode of modes) expect(operate(text, [], mode, keys)).toBe(text)
  })
})

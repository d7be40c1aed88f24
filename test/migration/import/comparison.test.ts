import { expect, test } from 'bun:test'
import { Comparison } from '../../../migration/import/comparison.ts'
import { KeySet } from '../../../migration/import/key-set.ts'

test('a set of keys tells each key once, however many there are', () => {
  const set = new KeySet()
  const keyOf = (n: number) => new Uint8Array(new BigUint64Array([Bun.hash(`${n}`), Bun.hash(`the other half of ${n}`)]).buffer)
  for (let n = 0; n < 200_000; n += 1) if (!set.add(keyOf(n))) throw new Error(`key ${n} was taken for another`)
  for (let n = 0; n < 200_000; n += 997) expect(set.add(keyOf(n))).toBe(false)
})

test('nothing to compare gives no day', () => {
  const comparison = new Comparison(() => [])
  expect(comparison.days()).toEqual([])
})

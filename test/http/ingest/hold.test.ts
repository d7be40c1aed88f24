import { describe, expect, test } from 'bun:test'
import { createBudget, Hold, heldBytesMax, littleBytesMax } from '../../../src/http/ingest/hold.ts'

const megabyte = 1024 * 1024
const sixteenth = heldBytesMax / 16

function ones(length: number): Uint8Array {
  return Buffer.allocUnsafeSlow(length).fill(1)
}

describe('what requests hold together', () => {
  test('stays within the budget, of which the last quarter is for those that hold little', () => {
    const budget = createBudget(megabyte)
    const large = new Hold(budget)
    for (let taken = 0; taken < 12; taken += 1) expect(large.take(sixteenth)).toBe(true)
    expect(large.take(1)).toBe(false)
    for (let taken = 0; taken < (4 * sixteenth) / littleBytesMax; taken += 1) expect(new Hold(budget).take(littleBytesMax)).toBe(true)
    expect(budget.bytes).toBe(heldBytesMax)
    expect(new Hold(budget).take(1)).toBe(false)
    large.release()
    expect(new Hold(budget).take(sixteenth)).toBe(true)
  })

  test('leaves room for the largest body that is allowed, packed and unpacked', () => {
    const hold = new Hold(createBudget(200 * megabyte))
    expect([hold.take(200 * megabyte), hold.take(200 * megabyte), hold.take(1)]).toEqual([true, true, false])
  })
})

describe('a hold', () => {
  test('joins its pieces into one, and frees them', () => {
    const budget = createBudget(megabyte)
    const hold = new Hold(budget)
    const pieces = [ones(3), ones(5)]
    for (const piece of pieces) {
      hold.take(piece.length)
      hold.own(piece)
    }
    expect([...hold.join(pieces)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    expect([budget.bytes, ...pieces.map(({ length }) => length)]).toEqual([8, 0, 0])
  })

  test('frees what it owns when it is released, and holds nothing from then on', () => {
    const budget = createBudget(megabyte)
    const hold = new Hold(budget)
    const owned = ones(megabyte)
    hold.take(owned.length)
    hold.own(owned)
    hold.release()
    hold.release()
    expect([owned.length, budget.bytes]).toEqual([0, 0])
    expect([hold.take(1), hold.join([ones(2)]).length, budget.bytes]).toEqual([false, 0, 0])
  })
})

import { expect, test } from 'bun:test'
import { countLeading } from '../../src/base/search.ts'

test('the places that hold are counted, whatever their number', () => {
  for (let count = 0; count < 40; count += 1)
    for (let leading = 0; leading <= count; leading += 1) expect(countLeading(count, (place) => place < leading)).toBe(leading)
})

test('a few places of many are asked', () => {
  let asked = 0
  countLeading(1_000_000, (place) => {
    asked += 1
    expect(place).toBeWithin(0, 1_000_000)
    return place < 777_777
  })
  expect(asked).toBeLessThanOrEqual(20)
})

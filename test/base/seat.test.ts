import { expect, test } from 'bun:test'
import { createSeats } from '../../src/base/seat.ts'

test('few work at a time, the others wait in their order, and no more than the bound wait', async () => {
  const seats = createSeats(2, 2)
  const taken: string[] = []
  const ask = async (name: string) => {
    const seat = await seats.take()
    taken.push(seat === undefined ? `${name} is refused` : name)
    return seat
  }
  const [first, second] = await Promise.all([ask('first'), ask('second')])
  const third = ask('third')
  const fourth = ask('fourth')
  expect(await ask('fifth')).toBeUndefined()
  expect(taken).toEqual(['first', 'second', 'fifth is refused'])
  second?.leave()
  const seat = await third
  first?.leave()
  await fourth
  expect(taken).toEqual(['first', 'second', 'fifth is refused', 'third', 'fourth'])
  seat?.leave()
  expect(await seats.take()).toBeDefined()
})

import { expect, test } from 'bun:test'
import { BackOff } from '../../../src/consumer/pocketbase/back-off.ts'
import { batchRequestsFirst, batchRequestsMax, Pace } from '../../../src/consumer/pocketbase/pace.ts'

test('a batch grows while answers are quick, up to its limit, and shrinks when they are slow', () => {
  const pace = new Pace()
  expect(pace.size).toBe(batchRequestsFirst)
  for (let batch = 0; batch < 10; batch += 1) pace.succeeded(pace.size, 20)
  expect(pace.size).toBe(batchRequestsMax)
  pace.succeeded(pace.size, 2_500)
  expect(pace.size).toBe(batchRequestsMax / 2)
  pace.succeeded(pace.size, 600)
  expect(pace.size).toBe(batchRequestsMax / 2)
})

test('a quick batch that was not full says nothing about larger ones', () => {
  const pace = new Pace()
  pace.succeeded(3, 5)
  expect(pace.size).toBe(batchRequestsFirst)
})

test('a size that was refused is never tried again', () => {
  const pace = new Pace()
  pace.refused(batchRequestsMax)
  for (let batch = 0; batch < 10; batch += 1) pace.succeeded(pace.size, 20)
  expect(pace.size).toBe(batchRequestsFirst)
  pace.refused(batchRequestsFirst)
  for (let batch = 0; batch < 10; batch += 1) pace.succeeded(pace.size, 20)
  expect(pace.size).toBe(batchRequestsFirst / 2)
})

test('however often batches fail, one request remains', () => {
  const pace = new Pace()
  for (let batch = 0; batch < 20; batch += 1) pace.failed()
  pace.refused(1)
  pace.succeeded(1, 5_000)
  expect(pace.size).toBe(1)
})

test('the pause doubles up to a minute, is spread, and starts again after a success', () => {
  const short = new BackOff(() => 0)
  expect([short.next(), short.next(), short.next()]).toEqual([250, 500, 1_000])
  for (let failure = 0; failure < 50; failure += 1) short.next()
  expect(short.next()).toBe(30_000)
  short.reset()
  expect(short.next()).toBe(250)
  const long = new BackOff(() => 0.999999)
  for (let failure = 0; failure < 50; failure += 1) long.next()
  expect(Math.round(long.next())).toBe(60_000)
})

test('the pause is never shorter than the server asked for', () => {
  expect(new BackOff(() => 0).next(7_000)).toBe(7_000)
})

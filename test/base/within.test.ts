import { afterEach, beforeEach, expect, jest, test } from 'bun:test'
import { late, within } from '../../src/base/within.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test('work that is done in time gives its value, and no timer is left', async () => {
  expect(await within(1_000, Promise.resolve('done'))).toBe('done')
  expect(jest.getTimerCount()).toBe(0)
})

test('a fault in time is passed on, and no timer is left', async () => {
  await expect(within(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(jest.getTimerCount()).toBe(0)
})

test('work that takes longer is late, not a moment before its time', async () => {
  const work = Promise.withResolvers<string>()
  let end: unknown
  const waiting = within(1_000, work.promise).then((value) => {
    end = value
  })
  jest.advanceTimersByTime(999)
  await Promise.resolve()
  expect([end, jest.getTimerCount()]).toEqual([undefined, 1])
  jest.advanceTimersByTime(1)
  await waiting
  expect([end, jest.getTimerCount()]).toEqual([late, 0])
})

test('a fault after the time is nobody’s', async () => {
  const unhandled: unknown[] = []
  const note = (fault: unknown) => unhandled.push(fault)
  process.on('unhandledRejection', note)
  try {
    const work = Promise.withResolvers<string>()
    const waiting = within(1_000, work.promise)
    jest.advanceTimersByTime(1_000)
    expect(await waiting).toBe(late)
    work.reject(new Error('too late'))
    jest.useRealTimers()
    await new Promise(setImmediate) // What nobody handles is reported once the microtasks are done.
    expect(unhandled).toEqual([])
  } finally {
    process.off('unhandledRejection', note)
  }
})

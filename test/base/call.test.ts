import { expect, test } from 'bun:test'
import { Caller } from '../../src/base/call.ts'
import { until } from '../wait.ts'
import type { TestHandlers } from './call-worker.ts'

const path = '../test/base/call-worker'

test('a call brings back the value, and a throw its message', async () => {
  const caller = new Caller<TestHandlers>({ path })
  expect(await Promise.all([1, 2, 3].map((n) => caller.call('double', n)))).toEqual([2, 4, 6])
  expect(await caller.call('fail').catch(String)).toContain('too far')
  expect(await caller.call('double', 4)).toBe(8)
  caller.terminate()
})

test('a notice arrives without a question', async () => {
  const notices: unknown[] = []
  const caller = new Caller<TestHandlers>({ path, onNotice: (notice) => notices.push(notice) })
  await caller.call('notice', 'x')
  await until(() => notices.length === 1)
  expect(notices).toEqual(['x'])
  caller.terminate()
})

test.each(['die', 'crash'] as const)('a thread that ends by %s fails what waits and what comes later, and says so once', async (way) => {
  const deaths: Error[] = []
  const caller = new Caller<TestHandlers>({ path, onDeath: (fault) => deaths.push(fault) })
  await caller.call('double', 1)
  const waiting = [caller.call(way).catch(String), caller.call('double', 2).catch(String)]
  await until(() => caller.isDead)
  await Promise.all(waiting)
  expect(await caller.call('double', 3).catch(String)).toContain('thread')
  expect(deaths).toHaveLength(1)
})

test('a thread that its owner ends is no death to report', async () => {
  const deaths: Error[] = []
  const caller = new Caller<TestHandlers>({ path, onDeath: (fault) => deaths.push(fault) })
  await caller.call('double', 1)
  caller.terminate()
  expect(await caller.call('double', 1).catch(String)).toContain('ended')
  expect(deaths).toEqual([])
})

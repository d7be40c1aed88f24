import { expect, test } from 'bun:test'
import { pagePreviewOf } from '../../src/app/page-preview.ts'
import type { RetentionState } from '../../src/http/page/system-state.ts'

const stateOf = (count: number): RetentionState => ({
  runs: { count, lastDay: 20_000, isLeap: false, at: 0 },
  logs: { count: 0, before: 0, at: 0 },
})

test('a count that is done in time is what a page shows; without retention there is none', async () => {
  expect(await pagePreviewOf(async () => stateOf(3))('default')).toEqual(stateOf(3))
  expect(await pagePreviewOf(async () => undefined)('default')).toBeUndefined()
})

test('a page does not wait for a long count: it says so, later shows the one before, and begins one at a time for each tenant', async () => {
  const asked: { readonly tenant: string; answer(state: RetentionState): void }[] = []
  const preview = pagePreviewOf((tenant) => {
    const { promise, resolve } = Promise.withResolvers<RetentionState>()
    asked.push({ tenant, answer: resolve })
    return promise
  })
  expect(await Promise.all([preview('default'), preview('default'), preview('team')])).toEqual(['counting', 'counting', 'counting'])
  expect(asked.map(({ tenant }) => tenant)).toEqual(['default', 'team'])
  const waiting = preview('default')
  asked[0]?.answer(stateOf(5))
  expect(await waiting).toEqual(stateOf(5))
  expect(await preview('default')).toEqual(stateOf(5)) // The next count has begun and is not done.
  expect(asked).toHaveLength(3)
})

test('a count that fails is tried again by the next page', async () => {
  let isBroken = true
  const preview = pagePreviewOf(async () => {
    if (isBroken) throw new Error('the thread died')
    return stateOf(1)
  })
  await expect(preview('default')).rejects.toThrow('the thread died')
  isBroken = false
  expect(await preview('default')).toEqual(stateOf(1))
})

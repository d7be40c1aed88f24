import { expect, test } from 'bun:test'
import { createRecent } from '../../src/access/recent.ts'

test('recent gives back what was set and forgets what was deleted', () => {
  const recent = createRecent<number>(4)
  recent.set('a', 1)
  recent.set('b', 2)
  recent.delete('a')
  expect([recent.get('a'), recent.get('b')]).toEqual([undefined, 2])
})

test('recent never holds more than its bound', () => {
  const recent = createRecent<number>(100)
  for (let index = 0; index < 10_000; index += 1) {
    recent.set(`name ${index}`, index)
    expect(recent.size()).toBeLessThanOrEqual(100)
  }
})

test('recent keeps a name that is asked for through a flood of others', () => {
  const recent = createRecent<number>(100)
  recent.set('regular', 1)
  for (let index = 0; index < 10_000; index += 1) {
    recent.set(`name ${index}`, index)
    expect(recent.get('regular')).toBe(1)
  }
})

test('a name that was deleted does not come back from the older half', () => {
  const recent = createRecent<number>(4)
  recent.set('a', 1)
  for (const name of ['b', 'c', 'd']) recent.set(name, 0)
  expect(recent.get('a')).toBe(1)
  recent.delete('a')
  expect(recent.get('a')).toBeUndefined()
})

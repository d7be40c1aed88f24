import { expect, test } from 'bun:test'
import { SegmentCache } from '../../../src/store/segment/cache.ts'

/** Reads segments of `bytes` bytes through a cache and says which were read from beneath it. */
function readThrough(cache: SegmentCache, bytes: number) {
  const read: string[] = []
  const ask = (chunk: number, packed = 1, part = 0) =>
    cache.segment({ chunk, packed }, part, () => {
      read.push(`${chunk}.${packed}.${part}`)
      return new Uint8Array(bytes).fill(packed)
    })
  return { read, ask }
}

test('a segment is read once, and again when its chunk was packed again', () => {
  const { read, ask } = readThrough(new SegmentCache(), 10)
  ask(3)
  ask(3)
  ask(3, 1, 1)
  expect(ask(3, 2)).toEqual(new Uint8Array(10).fill(2))
  expect(ask(3, 2)).toEqual(new Uint8Array(10).fill(2))
  expect(read).toEqual(['3.1.0', '3.1.1', '3.2.0'])
})

test('the newest chunks stay, whatever walks through the older ones, and all take a bounded room', () => {
  const megabyte = 1_048_576
  const { read, ask } = readThrough(new SegmentCache(), megabyte)
  for (let chunk = 0; chunk < 100; chunk++) ask(chunk)
  for (let chunk = 0; chunk < 60; chunk++) ask(chunk)
  expect(read).toHaveLength(160)
  for (let chunk = 75; chunk < 100; chunk++) ask(chunk)
  expect(read).toHaveLength(160)
})

import { expect, test } from 'bun:test'
import { streamPieces } from '../../../src/http/export/stream.ts'
import { until } from '../../wait.ts'

/** Pieces that are counted as they are asked for, and a seat that counts how often it was left. */
function setOut(pieces: readonly string[], fault?: Error) {
  const told = { asked: 0, left: 0, isClosed: false }
  async function* give() {
    try {
      for (const piece of pieces) {
        told.asked += 1
        yield piece
      }
      if (fault !== undefined) throw fault
    } finally {
      told.isClosed = true
    }
  }
  function leave(): void {
    told.left += 1
  }
  return { told, pieces: give(), seat: { leave } }
}

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text()

test('all pieces arrive in their order, and the seat is left once', async () => {
  const { told, pieces, seat } = setOut(['a', 'b', 'c'])
  expect(await textOf(streamPieces(pieces, seat))).toBe('abc')
  expect(told).toEqual({ asked: 3, left: 1, isClosed: true })
})

test('nothing is asked for ahead of the reader', async () => {
  const { told, pieces, seat } = setOut(['a', 'b', 'c'])
  const reader = streamPieces(pieces, seat).getReader()
  expect(told.asked).toBe(0)
  await reader.read()
  expect(told).toMatchObject({ asked: 1, left: 0 })
  await reader.cancel()
  expect(told).toEqual({ asked: 1, left: 1, isClosed: true })
})

test('a source that fails fails the stream, and the seat is left', async () => {
  const { told, pieces, seat } = setOut(['a'], new Error('the store died'))
  expect(textOf(streamPieces(pieces, seat))).rejects.toThrow('the store died')
  await until(() => told.left > 0, 'the seat is left')
  expect(told).toMatchObject({ left: 1, isClosed: true })
})

test.each([
  ['before the first piece', 0],
  ['after one', 1],
])('what nobody takes any more %s is given up', async (_, taken) => {
  const { told, pieces, seat } = setOut(['a', 'b', 'c'])
  const reader = streamPieces(pieces, seat, 20).getReader()
  for (let piece = 0; piece < taken; piece++) await reader.read()
  await until(() => told.left > 0, 'the seat is left')
  expect(reader.read()).rejects.toThrow('nobody takes the export')
  expect(told).toMatchObject({ asked: taken, left: 1 })
})

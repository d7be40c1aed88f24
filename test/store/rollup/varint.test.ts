import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { ByteReader, ByteWriter } from '../../../src/store/rollup/varint.ts'

const numbers = fc.array(fc.oneof(fc.maxSafeNat(), fc.nat(300), fc.constantFrom(127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32)))

test('numbers come back as they were written, whatever their size, and then the end is reached', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const writer = new ByteWriter()
      for (const value of values) writer.varint(value)
      const reader = new ByteReader(writer.take())
      expect(values.map(() => reader.varint())).toEqual(values)
      expect(reader.isAtEnd).toBe(true)
    }),
  )
})

test('small numbers take one byte, and a negative one is a bug', () => {
  const writer = new ByteWriter()
  writer.varint(127)
  expect(writer.take()).toHaveLength(1)
  expect(() => writer.varint(-1)).toThrow()
})

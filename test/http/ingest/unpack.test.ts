import { describe, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createBudget, Hold, heldBytesMax } from '../../../src/http/ingest/hold.ts'
import { unpackBody } from '../../../src/http/ingest/unpack.ts'

const megabyte = 1024 * 1024
const open = () => new Hold(createBudget(megabyte))
const unpack = (bytes: Uint8Array, bytesMax = megabyte, hold = open()) => unpackBody({ bytes, isPacked: true }, bytesMax, hold)

/** The same, but its last four bytes tell another length. */
function withToldLength(packed: Uint8Array, told: number): Uint8Array {
  const lying = Buffer.from(packed)
  lying.writeUInt32LE(told, lying.length - 4)
  return lying
}

describe('a packed body', () => {
  test('is unpacked, whatever its size and in whatever parts it was packed', async () => {
    const parts = fc.array(fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 20_000 })), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const members = given.map(([bytes, times]) => Buffer.concat(Array.from({ length: times }, () => bytes)).subarray(0, 200_000))
        const whole = Buffer.concat(members)
        const unpacked = await unpack(Buffer.concat(members.map((member) => gzipSync(member))))
        expect(unpacked.ok && whole.equals(unpacked.value)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('may be as large as the limit and not a byte larger', async () => {
    expect(await unpack(gzipSync(Buffer.alloc(megabyte)))).toMatchObject({ ok: true, value: { length: megabyte } })
    expect(await unpack(gzipSync(Buffer.alloc(megabyte + 1)))).toMatchObject({ ok: false, fault: { code: 'body_too_large' } })
  })

  test.each([
    ['no gzip', Buffer.from('{"nsapp":"x"}')],
    ['nothing', new Uint8Array()],
    ['cut off', gzipSync(Buffer.alloc(100_000, 'text')).subarray(0, -20)],
    ['with a length that is too small', withToldLength(gzipSync(Buffer.alloc(100_000)), 10)],
    ['with a length that is too large', withToldLength(gzipSync(Buffer.alloc(100_000)), 900_000)],
  ])('that is %s is refused', async (_, bytes) => {
    expect(await unpack(bytes)).toEqual({ ok: false, fault: { code: 'body_unreadable', field: 'body', rule: 'gzip' } })
  })

  test('that tells a small length holds no more than what was taken for it', async () => {
    const budget = createBudget(megabyte)
    const [other, hold] = [new Hold(budget), new Hold(budget)]
    other.take(heldBytesMax * 0.75 - megabyte)
    const unpacked = await unpack(withToldLength(gzipSync(Buffer.alloc(16 * megabyte)), 10), 32 * megabyte, hold)
    expect(unpacked).toEqual({ ok: false, fault: { code: 'too_busy', field: 'body', rule: 'too_many_at_once' } })
    expect(budget.bytes).toBeLessThanOrEqual(heldBytesMax)
    hold.release()
    other.release()
    expect(budget.bytes).toBe(0)
  })
})

test('a body that is not packed is left as it is', async () => {
  const bytes = Buffer.from('{}')
  expect(await unpackBody({ bytes, isPacked: false }, 1, open())).toEqual({ ok: true, value: bytes })
})

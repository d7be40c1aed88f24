import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { keyOfId, lookUpIds, pocketbaseRecordId, replaceIds, runKeyOf, storedId } from '../../src/event/identity.ts'
import type { InstallEvent } from '../../src/event/install.ts'

const secret = new Uint8Array(32).fill(7)
const otherSecret = new Uint8Array(32).fill(8)
const uuid = '3f0c6a52-9d2e-4b7a-8c11-0a5d9e7f4b21'
const hashed = /^h-[a-z2-7]{26}$/

const report: InstallEvent = { type: 'lxc', nsapp: 'alpine', status: 'success' }

describe('the stored form of an id', () => {
  test.each([
    ['a UUID', uuid, uuid],
    ['a UUID in capitals', uuid.toUpperCase(), uuid],
    ['a UUID of no version', '11111111-1111-1111-1111-111111111111', '11111111-1111-1111-1111-111111111111'],
    ['a UUID of time and chance', '019a7c3e-5d0e-7e53-9a39-0a5c6ddc1b2e', '019a7c3e-5d0e-7e53-9a39-0a5c6ddc1b2e'],
    ['a numbered retry', `${uuid}-r2`, `${uuid}-r2`],
    ['a numbered retry in capitals', `${uuid.toUpperCase()}-R12`, `${uuid}-r12`],
    ['a tool at its second', 'tool-1767225600', 'tool-1767225600'],
    ['an add-on at its second', 'addon-1767225600', 'addon-1767225600'],
  ])('keeps %s', (_name, raw, stored) => {
    expect(storedId(raw, secret)).toBe(stored)
  })

  test.each([
    ['a name', 'alice@pve1.example.org'],
    ['a number', '12345'],
    ['a UUID with a tail', `${uuid} alice`],
    ['a UUID on a second line', `alice\n${uuid}`],
    ['a UUID of the reserved variant', '3f0c6a52-9d2e-4b7a-ec11-0a5d9e7f4b21'],
    ['a UUID of time and network card', '5f1c6f00-cdb0-11f0-8de9-bc24115a001f'],
    ['one in capitals', '5F1C6F00-CDB0-11F0-8DE9-BC24115A001F'],
    ['one of its other order', '1f0cdb05-f1c6-6f00-8de9-bc24115a001f'],
    ['a retry of one', '5f1c6f00-cdb0-11f0-8de9-bc24115a001f-r2'],
    ['a UUID of a user number', '000003e8-cdb0-21f0-8d00-bc24115a001f'],
    ['a UUID made of a name by MD5', '6fa459ea-ee8a-3ca4-894e-db77e160355e'],
    ['a UUID made of a name by SHA-1', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
    ['a retry without a number', `${uuid}-r`],
    ['a retry with a text', `${uuid}-r2alice`],
    ['a tool with a telephone number', 'tool-4915112345678'],
    ['another word before a second', 'alice-1767225600'],
    ['a text in the form of a hash', `h-${'a'.repeat(26)}`],
  ])('hides %s', (_name, raw) => {
    const stored = storedId(raw, secret)
    expect(stored).toMatch(hashed)
    expect(stored).not.toBe(raw)
    expect(storedId(raw, secret)).toBe(stored)
    expect(storedId(raw, otherSecret)).not.toBe(stored)
  })

  test('P3 P4 an id that is no random UUID of one installation reaches no event that is written', () => {
    fc.assert(
      fc.property(fc.string(), (tail) => {
        const raw = `alice@${tail}`
        const replaced = replaceIds({ ...report, randomId: raw, executionId: raw }, secret)
        expect(replaced.randomId).toMatch(hashed)
        expect(replaced.executionId).toBe(replaced.randomId)
        expect(JSON.stringify(replaced)).not.toContain('alice')
      }),
    )
  })

  test('leaves everything but the ids alone, and makes no id where none was sent', () => {
    expect(replaceIds({ ...report, randomId: uuid, executionId: '', diskSize: 8 }, secret)).toStrictEqual({
      ...report,
      randomId: uuid,
      diskSize: 8,
    })
  })

  test('refuses a secret that is too short', () => {
    expect(() => storedId('alice', new Uint8Array(16))).toThrow('32 bytes')
  })
})

describe('the key of a run', () => {
  test('is the 16 bytes of its UUID', () => {
    const { key, hex, id } = runKeyOf({ ...report, executionId: uuid })
    expect(key).toEqual(Uint8Array.fromHex(uuid.replaceAll('-', '')))
    expect(hex).toBe(uuid.replaceAll('-', ''))
    expect(id).toBe(uuid)
  })

  test('comes from the execution id, and from the random id only where that is missing', () => {
    const both = runKeyOf({ ...report, executionId: `${uuid}-r2`, randomId: uuid })
    expect(both.id).toBe(`${uuid}-r2`)
    expect(both.hex).not.toBe(runKeyOf({ ...report, randomId: uuid }).hex)
    expect(runKeyOf({ ...report, randomId: uuid }).hex).toBe(runKeyOf({ ...report, executionId: uuid }).hex)
  })

  test('of an epoch id takes in type and script, whatever stands in them', () => {
    const weak = { ...report, executionId: 'tool-1767225600' }
    const keys = [
      runKeyOf(weak),
      runKeyOf({ ...weak, nsapp: 'docker' }),
      runKeyOf({ ...weak, type: 'tool' }),
      runKeyOf({ ...weak, nsapp: 'alpine","' }),
      runKeyOf({ ...weak, executionId: 'tool-1767225601' }),
    ]
    expect(new Set(keys.map(({ hex }) => hex)).size).toBe(keys.length)
    expect(keyOfId('tool-1767225600')).toBeUndefined()
  })

  test('of a stored id is found without the report', () => {
    for (const id of [uuid, `${uuid}-r2`, storedId('alice', secret)])
      expect(keyOfId(id)).toEqual(runKeyOf({ ...report, executionId: id }).key)
  })

  test('is a bug of ours where a report without ids came this far', () => {
    expect(() => runKeyOf(report)).toThrow('random id')
  })
})

describe('an id seen in an answer', () => {
  const shown = storedId('alice', secret)

  test('finds its run, as the id that the client knows does', () => {
    expect(lookUpIds('alice', secret)).toEqual([shown])
    expect(lookUpIds(shown, secret)[0]).toBe(shown)
    expect(lookUpIds(uuid.toUpperCase(), secret)).toEqual([uuid])
  })

  test('cannot be claimed: sent by a client it is another run, which its look-up finds too', () => {
    const claimed = storedId(shown, secret)
    expect(runKeyOf({ ...report, executionId: claimed }).hex).not.toBe(runKeyOf({ ...report, executionId: shown }).hex)
    expect(lookUpIds(shown, secret)).toEqual([shown, claimed])
  })

  test('has a key that no UUID a client sends can have', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (raw) => {
        const { hex } = runKeyOf({ ...report, executionId: storedId(raw, secret) })
        const forged = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
        expect(storedId(forged, secret)).toMatch(hashed)
      }),
    )
  })
})

describe('the record id for PocketBase', () => {
  test('is 15 characters of a-z and 0-9 and stays the same for a run', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ minLength: 16, maxLength: 16 }), (tenant, key) => {
        expect(pocketbaseRecordId(tenant, key)).toMatch(/^[a-z0-9]{15}$/)
        expect(pocketbaseRecordId(tenant, key)).toBe(pocketbaseRecordId(tenant, key.slice()))
      }),
    )
  })

  test('differs between runs and between tenants', () => {
    const { key } = runKeyOf({ ...report, executionId: uuid })
    const { key: otherKey } = runKeyOf({ ...report, executionId: `${uuid}-r2` })
    const ids = [pocketbaseRecordId('north', key), pocketbaseRecordId('south', key), pocketbaseRecordId('north', otherKey)]
    expect(new Set(ids).size).toBe(3)
  })

  test('never changes from one release to the next', () => {
    expect(pocketbaseRecordId('default', runKeyOf({ ...report, executionId: uuid }).key)).toBe('sqvh0eactlh74fm')
    expect(runKeyOf({ ...report, executionId: 'tool-1767225600' }).hex).toBe('ec5d02f997cf4365f274b1433b66da63')
    expect(runKeyOf({ ...report, executionId: `${uuid}-r2` }).hex).toBe('b1ac02cded6ddd82f8c5a07b67981100')
    expect(storedId('alice@pve1', secret)).toBe('h-zh7ze6udiremmrgy3mklvk62wi')
  })
})

import { expect, test } from 'bun:test'
import { toWireNames } from '../../../migration/import/earlier-names.ts'
import { readSourceTime } from '../../../migration/import/source-time.ts'

const now = Date.UTC(2026, 5, 1)

test.each([
  ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01 12:00:00.123Z', '2026-03-01T12:00:00.123Z'],
  ['2026-03-01T12:00:00.123456789+02:00', '2026-03-01T10:00:00.123Z'],
  ['2026-03-01 12:00:00.000 UTC', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01T12:00:00', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01T12:00:00-0530', '2026-03-01T17:30:00.000Z'],
  [1_772_366_400, '2026-03-01T12:00:00.000Z'],
  [1_772_366_400_000, '2026-03-01T12:00:00.000Z'],
])('the time %p is %s', (written, read) => {
  expect(new Date(readSourceTime(written) ?? 0).toISOString()).toBe(read)
})

test.each(['2026-03-01', '12:00', 'yesterday', '2026-13-01T12:00:00Z', '', null, -1, Number.NaN, 1e20, {}])('%p is no time', (written) => {
  expect(readSourceTime(written)).toBeUndefined()
})

test('what MongoDB wraps is taken out, old names are the wire’s, and the report’s own time beats the time of writing', () => {
  const record = {
    _id: { $oid: '65f0a1b2c3d4e5f601234567' },
    pveVersion: '8.2.4',
    disk_size: { $numberLong: '4' },
    old_created: { $date: { $numberLong: '1772366400000' } },
    created: '2026-05-01 00:00:00.000Z',
    updated: '2026-05-02 00:00:00.000Z',
  }
  expect(toWireNames(record, now)).toEqual({
    _id: '65f0a1b2c3d4e5f601234567',
    pve_version: '8.2.4',
    disk_size: 4,
    received_at: '2026-03-01T12:00:00.000Z',
    updated: '2026-05-02T00:00:00.000Z',
  })
  expect(toWireNames('a text', now)).toBe('a text')
})

test('a time that cannot be is passed over while there is another one', () => {
  const record = { received_at: '9999-12-31 00:00:00.000Z', created: '2026-03-01 12:00:00.000Z' }
  expect(toWireNames(record, now)).toEqual({ received_at: '2026-03-01T12:00:00.000Z' })
})

import { expect, test } from 'bun:test'
import { readExpiry } from '../../src/cli/expiry.ts'

const now = Date.UTC(2026, 5, 15, 12)

test.each([
  ['12h', '2026-06-16T00:00:00.000Z'],
  ['90d', '2026-09-13T12:00:00.000Z'],
  ['8w', '2026-08-10T12:00:00.000Z'],
  ['2026-06-15', '2026-06-15T23:59:59.999Z'],
  ['2028-02-29', '2028-02-29T23:59:59.999Z'],
])('%s ends at %s', (text, end) => {
  const expiry = readExpiry(text, now)
  expect(expiry.ok ? new Date(expiry.value).toISOString() : expiry.fault).toBe(end)
})

test.each([
  ['', 'must be a date'],
  ['90', 'must be a date'],
  ['1.5d', 'must be a date'],
  ['-1d', 'must be a date'],
  ['0h', 'must lie in the future'],
  ['2027-02-30', 'must be a date'],
  ['2027-13-01', 'must be a date'],
  ['2026-06-14', 'must lie in the future'],
  ['999999999w', 'must lie within 100 years'],
])('"%s" is refused', (text, reason) => {
  const expiry = readExpiry(text, now)
  expect(expiry.ok ? '' : expiry.fault).toContain(reason)
})

import { expect, test } from 'bun:test'
import { readGivenId } from '../../src/event/given-id.ts'

test.each<[what: string, text: string, read: unknown]>([
  ['a UUID as it is', '0190a5f3-0000-7000-8c1d-000000000001', { ok: true, value: '0190a5f3-0000-7000-8c1d-000000000001' }],
  ['one with blanks around it', ' somebody ', { ok: true, value: 'somebody' }],
  ['one with a line break', 'some\nbody', { ok: true, value: 'some body' }],
  ['one of more than 64 bytes cut', 'ä'.repeat(40), { ok: true, value: 'ä'.repeat(32) }],
  ['no blanks alone', ' \t', { ok: false, fault: 'empty' }],
  ['no control characters alone', '\u0007', { ok: false, fault: 'empty' }],
  ['none longer than any client makes', 'x'.repeat(513), { ok: false, fault: 'longer_than_512' }],
])('an id that a person gives is read as ingest reads it: %s', (_, text, read) => {
  expect(readGivenId(text)).toEqual(read as ReturnType<typeof readGivenId>)
})

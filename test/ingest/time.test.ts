import { describe, expect, test } from 'bun:test'
import { timeOfEvent } from '../../src/ingest/time.ts'
import { eventBody } from '../part/running.ts'
import { bytesOf, dayMs, openSampleIngest } from './sample-ingest.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const retentionMs = 365 * dayMs

describe('when an event happened', () => {
  test.each([
    ['a keyed client may say', now - dayMs, true, now - dayMs],
    ['an anonymous client may not', now - dayMs, false, now],
    ['is the receipt when nothing is said', undefined, true, now],
    ['is never in the future', now + 1, true, now],
    ['is never further back than the retention', now - retentionMs - 1, true, now - retentionMs],
    ['may be as far back as the retention', now - retentionMs, true, now - retentionMs],
  ])('%s', (_, given, mayDate, at) => {
    expect(timeOfEvent(given, now, { mayDate }, retentionMs)).toBe(at)
  })
})

describe('`at` in a body', () => {
  test.each<[name: string, given: unknown, at: number, repairs: readonly string[]]>([
    ['RFC 3339', '2026-02-01T10:00:00Z', Date.parse('2026-02-01T10:00:00Z'), []],
    ['RFC 3339 with an offset', '2026-02-01T10:00:00.5+02:00', Date.parse('2026-02-01T08:00:00.5Z'), []],
    ['seconds', 1_769_940_000, 1_769_940_000_000, []],
    ['milliseconds', 1_769_940_000_123, 1_769_940_000_123, []],
    ['a day that no calendar has', '2026-02-30T10:00:00Z', now, ['body:invalid_time']],
    ['a leap day', '2024-02-29T10:00:00Z', now - retentionMs, []],
    ['a time without a zone', '2026-02-01T10:00:00', now, ['body:invalid_time']],
    ['a text', 'yesterday', now, ['body:invalid_time']],
    ['a negative number', -5, now, ['body:invalid_time']],
    ['an object', {}, now, ['body:invalid_time']],
    ['null', null, now, []],
  ])('%s', async (_, given, at, repairs) => {
    using sample = openSampleIngest()
    await sample.ingest.take({ bytes: bytesOf(eventBody({ at: given })), sender: { tenant: 'team', mayDate: true } })
    expect(sample.entries[0]).toMatchObject({ tenant: 'team', receivedAt: now, at, event: { repairs } })
  })
})

import { expect, test } from 'bun:test'
import { publishPages } from '../../../src/http/publish/publish.ts'
import { fakeClock } from '../../fake-clock.ts'
import { readerThat } from '../any-reader.ts'

const refuse = () => {
  throw new Error('not asked for')
}

test('a store without an answer ends it before the first file', async () => {
  const parts = {
    reader: readerThat(async () => {
      throw new Error('the thread died')
    }),
    clock: fakeClock('2026-06-15T12:00:00Z'),
    publicRunsMin: 3,
    sealedDay: () => undefined,
    errorStates: { muted: () => [], find: () => new Map(), mute: refuse, unmute: refuse },
    idSecret: new Uint8Array(),
    mirroredRevision: refuse,
    exportSeats: { take: refuse },
    noteExport: refuse,
    identity: { isSecure: refuse },
    issues: { isOn: false, find: refuse, open: refuse },
    issueRepository: '',
    origin: refuse,
    serviceState: refuse,
    systemState: refuse,
    sendCard: refuse,
    nameOf: refuse,
    lane: { waitMs: () => 0, wrote: () => undefined },
  }
  expect(publishPages(parts).next()).rejects.toThrow('the store gives no answer')
})

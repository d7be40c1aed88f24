import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import type { Cloaked, NewEntry, TelemetryEvent } from '../../src/event/entry.ts'
import { encodeEntries } from '../../src/journal/payload.ts'
import type { Journal, JournalReader } from '../../src/journal/port.ts'
import { installOf } from './install-of.ts'

export type JournalUnderTest = {
  readonly journal: Journal
  readonly reader: JournalReader
  reopen(): Promise<JournalUnderTest>
  dispose(): Promise<void>
}

/** What every journal promises, whichever adapter stands behind it. */
export function describeJournal(name: string, open: () => Promise<JournalUnderTest>): void {
  describe(`journal ${name}`, () => {
    let under: JournalUnderTest
    beforeEach(async () => {
      under = await open()
    })
    afterEach(() => under.dispose())

    test('an empty journal has head 0 and nothing to read', () => {
      expect(under.reader.head()).toBe(0)
      expect(under.reader.read(0, 10)).toEqual([])
    })

    test('append resolves with the seq of its last entry and read gives the entries back as they were', async () => {
      const entries = [entry('a'), entry('b\n"quoted"\u2028'), entry('c')]
      expect(await under.journal.append(encodeEntries(entries))).toEqual({ ok: true, value: 3 })
      expect(under.reader.read(0, 10)).toEqual(entries.map((one, index) => ({ ...one, seq: index + 1 })))
    })

    test('appends of one moment keep their order and each gets its own seq', async () => {
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, index) => under.journal.append(encodeEntries([entry(`n${index}`)]))),
      )
      expect(results.map((result) => result.ok && result.value)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
      const names = under.reader.read(0, 1_000).map((one) => installOf(one).nsapp)
      expect(names).toEqual(Array.from({ length: 200 }, (_, index) => `n${index}`))
    })

    test('read goes on after any seq, also one inside a group', async () => {
      await under.journal.append(encodeEntries(['a', 'b', 'c', 'd'].map(entry)))
      await under.journal.append(encodeEntries(['e', 'f'].map(entry)))
      for (let after = 0; after <= 6; after += 1) {
        expect(under.reader.read(after, 100).map((one) => one.seq)).toEqual([1, 2, 3, 4, 5, 6].filter((seq) => seq > after))
      }
    })

    test('trim frees what is before and never lets numbers start again', async () => {
      for (let index = 0; index < 300; index += 1) await under.journal.append(encodeEntries([entry(`n${index}`)]))
      under.reader.trim(300)
      expect(under.reader.head()).toBe(300)
      expect(under.reader.freed()).toBe(300)
      expect(under.reader.read(0, 1_000)).toEqual([])
      under = await under.reopen()
      expect(under.reader.head()).toBe(300)
      expect(await under.journal.append(encodeEntries([entry('next')]))).toEqual({ ok: true, value: 301 })
    })

    test('trim leaves what comes after, and a seq beyond the end frees no number that was never given', async () => {
      for (const name of ['a', 'b', 'c']) await under.journal.append(encodeEntries([entry(name)]))
      under.reader.trim(2)
      expect(under.reader.read(0, 10).map((one) => installOf(one).nsapp)).toEqual(['c'])
      under.reader.trim(1_000)
      expect([under.reader.freed(), under.reader.head()]).toEqual([3, 3])
      expect(await under.journal.append(encodeEntries([entry('d')]))).toEqual({ ok: true, value: 4 })
      expect(under.reader.read(3, 10).map((one) => one.seq)).toEqual([4])
    })

    test('what was appended is there after closing and opening, under the same id', async () => {
      const id = under.reader.id
      await under.journal.append(encodeEntries([entry('kept')]))
      under = await under.reopen()
      expect(under.reader.id).toBe(id)
      expect(under.reader.read(0, 10).map((one) => installOf(one).nsapp)).toEqual(['kept'])
    })

    test('close commits what waits and refuses what comes after', async () => {
      const waiting = under.journal.append(encodeEntries([entry('last')]))
      const closing = under.journal.close()
      expect(await under.journal.append(encodeEntries([entry('too late')]))).toMatchObject({
        ok: false,
        fault: { code: 'journal_full', rule: 'closing' },
      })
      expect(await waiting).toEqual({ ok: true, value: 1 })
      await closing
      expect(under.reader.head()).toBe(1)
    })
  })
}

/** An entry whose script is `nsapp`. The mark is given here only because no text of a test needs cloaking. */
export function entry(nsapp: string): NewEntry {
  const event: TelemetryEvent = { kind: 'install', install: { type: 'lxc', nsapp, status: 'success' }, repairs: [], rules: [] }
  return { tenant: 'default', receivedAt: 1_000, at: 1_000, event: event as Cloaked<TelemetryEvent> }
}

import { createTally } from '../../src/base/tally.ts'
import type { NewEntry } from '../../src/event/entry.ts'
import { refusal } from '../../src/event/refusal.ts'
import type { Door } from '../../src/ingest/door.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'

export const dayMs = 86_400_000

/** A door whose journal keeps entries in memory until it is told to be full. */
export type SampleDoor = Door & { readonly clock: FakeClock; readonly entries: NewEntry[]; readonly appends: number[]; fill(): void }

export function openSampleDoor(): SampleDoor {
  const entries: NewEntry[] = []
  const appends: number[] = []
  let isFull = false
  return {
    entries,
    appends,
    fill: () => {
      isFull = true
    },
    journal: {
      append: async (more) => {
        if (isFull) return { ok: false, fault: refusal('journal_full', 'journal', 'limit') }
        entries.push(...more)
        appends.push(more.length)
        return { ok: true, value: entries.length }
      },
      close: async () => undefined,
    },
    policy: { repoOwners: ['community-scripts'], idSecret: new Uint8Array(32).fill(7), retentionMs: 365 * dayMs },
    clock: fakeClock('2026-03-01T12:00:00Z'),
    tallies: { accepted: createTally(), repaired: createTally(), cloaked: createTally(), unknownKeys: createTally() },
  }
}

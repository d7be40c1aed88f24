import { createTally } from '../../src/base/tally.ts'
import type { Entry } from '../../src/event/entry.ts'
import { refusal } from '../../src/event/refusal.ts'
import type { IngestPolicy, IngestTallies } from '../../src/ingest/door.ts'
import { Ingest } from '../../src/ingest/ingest.ts'
import { PrepareThread } from '../../src/ingest/prepare-thread.ts'
import { decodeGroup } from '../../src/journal/payload.ts'
import type { Journal } from '../../src/journal/port.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'

export const dayMs = 86_400_000
export const policy: IngestPolicy = { repoOwners: ['community-scripts'], idSecret: new Uint8Array(32).fill(7), retentionMs: 365 * dayMs }
export const sender = { tenant: 'default', mayDate: false }
export const bytesOf = (text: string) => new TextEncoder().encode(text)

/** The way in with a journal that keeps entries in memory until it is told to be full, or to break. */
export type SampleIngest = Disposable & {
  readonly ingest: Ingest
  readonly clock: FakeClock
  readonly tallies: IngestTallies
  readonly entries: Entry[]
  /** How many entries came in each append. */
  readonly appends: number[]
  readonly deaths: string[]
  /** Seconds of each append that was taken. */
  readonly commits: number[]
  become(state: 'full' | 'broken'): void
}

export function openSampleIngest({ workerPath }: { readonly workerPath?: string } = {}): SampleIngest {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const tallies = { accepted: createTally(), repaired: createTally(), cloaked: createTally(), unknownKeys: createTally() }
  const entries: Entry[] = []
  const appends: number[] = []
  const deaths: string[] = []
  const commits: number[] = []
  let state: 'open' | 'full' | 'broken' = 'open'
  const journal: Journal = {
    append: async ({ count, lines }) => {
      if (state === 'broken') throw new Error('the journal thread died')
      if (state === 'full') return { ok: false, fault: refusal('journal_full', 'journal', 'limit') }
      entries.push(...decodeGroup(entries.length + 1, lines))
      appends.push(count)
      return { ok: true, value: entries.length }
    },
    close: async () => undefined,
  }
  const onDeath = (fault: Error) => void deaths.push(fault.message)
  const thread = new PrepareThread({ policy, onDeath, ...(workerPath !== undefined && { workerPath }) })
  const ingest = new Ingest({ journal, thread, policy, clock, tallies, observeCommit: (seconds) => void commits.push(seconds) })
  return {
    ingest,
    clock,
    tallies,
    entries,
    appends,
    deaths,
    commits,
    become: (next) => {
      state = next
    },
    [Symbol.dispose]: () => thread.close(),
  }
}

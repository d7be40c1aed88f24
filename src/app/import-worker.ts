import { answerCalls } from '../base/call.ts'
import { dayOf } from '../base/clock.ts'
import { installConsumer } from '../consumer/install.ts'
import { decodeGroup, type EncodedEntries } from '../journal/payload.ts'
import type { RunDelta, StoreWriter } from '../store/port.ts'
import { openStoreWriter } from '../store/writer.ts'

/** Entries of one transaction: what they change of the packed sums is unpacked and packed once for all of them. */
const writtenTogether = { least: 5_000, most: 20_000 }
/** Records in no order are of every day there is, and each day costs as much as some thirty runs: a transaction shall have so many of each. */
const writtenADay = 30
/** Entries that are read, merged and looked up at a time: some sixty objects each live that long. */
const plannedTogether = 1_000

export type ImportHandlers = ReturnType<typeof createHandlers>

answerCalls(createHandlers())

/** The thread that has the store while an import into a stopped folder prepares what comes next. */
function createHandlers() {
  let writer: StoreWriter | undefined
  let waiting: EncodedEntries[] = []
  let waitingCount = 0
  let together = writtenTogether.least

  function opened(): StoreWriter {
    if (writer === undefined) throw new Error('the store is opened before anything is taken')
    return writer
  }

  /** All that waits, in one transaction. What could not be written waits on, so that nothing is settled without it. */
  function write(): void {
    if (waitingCount === 0) return
    const store = opened()
    const days = new Set<number>()
    store.apply('import', 0, planParts(waiting, store, days))
    waiting = []
    waitingCount = 0
    together = Math.min(Math.max(days.size * writtenADay, writtenTogether.least), writtenTogether.most)
  }

  return {
    open(storePath: string) {
      writer = openStoreWriter(storePath)
    },
    take(entries: EncodedEntries) {
      waiting.push(entries)
      waitingCount += entries.count
      if (waitingCount >= together) write()
    },
    settle() {
      write()
      if (!opened().checkpoint()) throw new Error('the store is being read by another program: end it and run the same command again')
      Bun.gc(true) // Of what a settled batch left nothing lives on; without this the heap grows by half before the runtime looks.
    },
    close() {
      writer?.close()
      writer = undefined
    },
  }
}

/** What portions of entries change, made part by part while it is written. Puts the days that they are of into `days`. */
function* planParts(portions: readonly EncodedEntries[], store: StoreWriter, days: Set<number>): Iterable<RunDelta> {
  let part: string[] = []
  let partCount = 0
  for (const [index, { lines, count }] of portions.entries()) {
    part.push(lines)
    partCount += count
    if (partCount < plannedTogether && index < portions.length - 1) continue
    const entries = decodeGroup(0, part.join('\n'))
    for (const { at } of entries) days.add(dayOf(at))
    yield* installConsumer.plan(entries, store)
    part = []
    partCount = 0
  }
}

import type { Clock } from '../base/clock.ts'
import { openJournalReader } from '../journal/sqlite-reader.ts'
import type { StoreWriter } from '../store/port.ts'
import { installConsumer } from './install.ts'
import { Runner } from './runner.ts'

/** Moves all that a journal holds into the store, for a command that has the folder to itself. Gives the number of entries. Throws where the disk fails. */
export function drainJournal(journalPath: string, store: StoreWriter, clock: Clock): number {
  const journal = openJournalReader(journalPath)
  try {
    const runner = new Runner({ journal, store, consumer: installConsumer, clock, onFault: () => undefined, onBatch: () => undefined })
    return runner.drain()
  } finally {
    journal.close()
  }
}

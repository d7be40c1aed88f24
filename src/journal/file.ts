import type { Database } from 'bun:sqlite'
import { journal0001 } from '../../migration/schema/journal-0001-group.ts'
import { openDatabase } from '../base/sqlite.ts'
import type { Seq } from '../event/entry.ts'

const journalApplicationId = 0x74736a6c
const journalCacheBytes = 4 * 1024 * 1024
/** The WAL is cut back to this size at a checkpoint, so that one stall does not keep its disk space for good. */
const walBytesMax = 64 * 1024 * 1024

/** Opens `journal.db`; every commit is fsynced before it returns. Throws for a file from a newer version. */
export function openJournalFile(path: string): Database {
  const file = openDatabase({
    path,
    applicationId: journalApplicationId,
    migrations: [journal0001],
    synchronous: 'full',
    cacheBytes: journalCacheBytes,
  })
  file.run(`PRAGMA journal_size_limit = ${walBytesMax}`)
  return file
}

/** The last seq on disk; 0 for an empty journal. Trimming always leaves the last group, so that numbers never start again. */
export function lastSeq(file: Database): Seq {
  const row = file.query<{ first_seq: number; n: number }, []>('SELECT first_seq, n FROM entry_group ORDER BY first_seq DESC LIMIT 1').get()
  return row === null ? 0 : row.first_seq + row.n - 1
}

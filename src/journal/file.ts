import type { Database } from 'bun:sqlite'
import { journal0001 } from '../../migration/schema/journal-0001-group.ts'
import { openDatabase } from '../base/sqlite.ts'
import { openToInspect } from '../base/sqlite-copy.ts'
import type { Seq } from '../event/entry.ts'

const journalApplicationId = 0x74736a6c
export const journalMigrations = [journal0001] as const
const journalCacheBytes = 1024 * 1024
/** The WAL is cut back to this size at a checkpoint, so that one stall does not keep its disk space for good. */
const walBytesMax = 64 * 1024 * 1024

/** Opens `journal.db`; every commit is fsynced before it returns. Throws for a file from a newer version. */
export function openJournalFile(path: string): Database {
  const file = openDatabase({
    path,
    applicationId: journalApplicationId,
    migrations: journalMigrations,
    synchronous: 'full',
    cacheBytes: journalCacheBytes,
    remedy:
      'put the newest backup back (`telemetry-service backup list` names it, `telemetry-service backup restore NAME` takes it), or move it away with its -wal and -shm and start again: events that had not reached the store are lost then',
  })
  file.run(`PRAGMA journal_size_limit = ${walBytesMax}`)
  return file
}

/** A connection to look at a journal of this version or an older one, such as a copy. */
export function openJournalFileToInspect(path: string): Database {
  return openToInspect({ path, applicationId: journalApplicationId, migrations: journalMigrations })
}

/** The last seq that was given; 0 for a journal that never had an entry. */
export function lastSeq(file: Database): Seq {
  const row = file.query<{ first_seq: number; n: number }, []>('SELECT first_seq, n FROM entry_group ORDER BY first_seq DESC LIMIT 1').get()
  return row === null ? freedSeq(file) : row.first_seq + row.n - 1
}

/** Up to which seq everything was trimmed. */
export function freedSeq(file: Database): Seq {
  return file.query<{ freed: number }, []>('SELECT freed FROM journal').get()?.freed ?? 0
}

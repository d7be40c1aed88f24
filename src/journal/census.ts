import { isWhole, schemaOf } from '../base/sqlite-copy.ts'
import type { Seq } from '../event/entry.ts'
import { freedSeq, lastSeq, openJournalFileToInspect } from './file.ts'

/** What a journal holds, in numbers: its entries, the last seq that was given, and up to which seq everything was trimmed. */
export type JournalCensus = {
  readonly schema: number
  readonly isWhole: boolean
  readonly entries: number
  readonly last: Seq
  readonly freed: Seq
}

/** Counts what is in a journal that nobody writes to. Throws where the file is damaged, none of ours, or of a newer version. */
export function takeJournalCensus(path: string): JournalCensus {
  const file = openJournalFileToInspect(path)
  try {
    const row = file.query<{ entries: number | null }, []>('SELECT sum(n) AS entries FROM entry_group').get()
    return { schema: schemaOf(file), isWhole: isWhole(file), entries: row?.entries ?? 0, last: lastSeq(file), freed: freedSeq(file) }
  } finally {
    file.close()
  }
}

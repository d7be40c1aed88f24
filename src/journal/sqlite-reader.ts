import type { Entry, Seq } from '../event/entry.ts'
import { freedSeq, lastSeq, openJournalFile } from './file.ts'
import { decodeGroup } from './payload.ts'
import type { JournalReader } from './port.ts'

/** Characters of JSON that one read gathers at the most; one group more may come, since groups are never split. */
const readCharactersMax = 4 * 1024 * 1024
/** Groups freed in one transaction: small, because the commit thread waits for it. */
const trimGroupsMax = 64

type GroupRow = { first_seq: number; n: number; payload: string }

/** Opens the consumer's side of the journal at `path`, with a connection of its own. */
export function openJournalReader(path: string): JournalReader {
  const file = openJournalFile(path)
  file.exec('PRAGMA synchronous = NORMAL') // A trim that a power loss undoes is done again; only appends need the fsync.
  const groups = file.prepare<GroupRow, [number]>(
    `SELECT first_seq, n, payload FROM entry_group
     WHERE first_seq >= (SELECT coalesce(max(first_seq), 0) FROM entry_group WHERE first_seq <= ?1 + 1) AND first_seq + n - 1 > ?1
     ORDER BY first_seq`,
  )
  const trimSlice = file.prepare(
    `DELETE FROM entry_group WHERE first_seq IN (
       SELECT first_seq FROM entry_group
       WHERE first_seq + n - 1 <= ?1
       ORDER BY first_seq LIMIT ${trimGroupsMax})`,
  )
  const noteFreed = file.prepare('UPDATE journal SET freed = ?1 WHERE freed < ?1')
  const id = file.query<{ id: string }, []>('SELECT id FROM journal').get()?.id
  if (id === undefined) throw new Error('journal without an id')

  function read(after: Seq, limit: number): Entry[] {
    const entries: Entry[] = []
    let characters = 0
    for (const row of groups.iterate(after)) {
      for (const entry of decodeGroup(row.first_seq, row.payload)) if (entry.seq > after) entries.push(entry)
      characters += row.payload.length
      if (entries.length >= limit || characters >= readCharactersMax) break
    }
    return entries
  }

  function trim(through: Seq): void {
    noteFreed.run(Math.min(through, lastSeq(file))) // Before anything is gone: the next number is found without the groups.
    while (trimSlice.run(through).changes > 0);
  }

  return { id, read, trim, head: () => lastSeq(file), freed: () => freedSeq(file), close: () => file.close() }
}

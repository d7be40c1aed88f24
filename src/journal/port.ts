import type { Result } from '../base/result.ts'
import type { Entry, Seq } from '../event/entry.ts'
import type { Refusal } from '../event/refusal.ts'
import type { EncodedEntries } from './payload.ts'

/** The durable, ordered log between ingest and everything else. */
export type Journal = {
  /** Resolves once all entries are on disk (fsynced), with the seq of the last one. Refuses with `journal_full` at its limit or when the disk does not take them. */
  append(entries: EncodedEntries): Promise<Result<Seq, Refusal>>
  close(): Promise<void>
}

/** The consumer's side of a journal, used from its own thread. */
export type JournalReader = {
  /** Names this journal; another file has another id, so that no cursor of a lost journal is taken for one of a new. */
  readonly id: string
  /** At most about `limit` entries with a seq greater than `after`, oldest first; a stored group is never split, so a few more may come. */
  read(after: Seq, limit: number): readonly Entry[]
  /** Frees everything up to and including `through`. Only for seqs whose effect is itself fsynced. */
  trim(through: Seq): void
  /** The last seq that was appended, 0 for a journal that never had an entry. */
  head(): Seq
  /** Everything up to this seq was freed; 0 when nothing was. */
  freed(): Seq
  close(): void
}

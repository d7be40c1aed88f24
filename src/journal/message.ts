/** Why no entry can be taken: the journal's own limit, a full or failing disk, or a file that cannot be written for another reason. */
export type RefusalRule = 'limit' | 'disk' | 'fault'

/** What the ingest side tells the commit thread. Groups are committed in the order they are sent. */
export type JournalCommand =
  | { readonly kind: 'open'; readonly path: string; readonly bytesMax: number }
  | { readonly kind: 'append'; readonly n: number; readonly payload: string }
  | { readonly kind: 'probe' }
  | { readonly kind: 'close' }

/** What the commit thread answers, one answer a command, in their order. */
export type JournalAnswer =
  | { readonly kind: 'opened'; readonly last: number; readonly liveBytes: number; readonly refusedBy: RefusalRule | undefined }
  | { readonly kind: 'committed'; readonly last: number; readonly liveBytes: number }
  | { readonly kind: 'refused'; readonly rule: RefusalRule }
  | { readonly kind: 'probed'; readonly refusedBy: RefusalRule | undefined; readonly liveBytes: number }
  | { readonly kind: 'failed'; readonly of: JournalCommand['kind']; readonly reason: string }
  | { readonly kind: 'closed' }

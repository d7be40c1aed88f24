/** What the ingest side tells the commit thread and what it answers. Groups are committed in the order they are sent. */
export type JournalCommand =
  | { readonly kind: 'open'; readonly path: string; readonly bytesMax: number }
  | { readonly kind: 'append'; readonly n: number; readonly payload: string }
  | { readonly kind: 'close' }

export type JournalAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'committed'; readonly last: number; readonly liveBytes: number }
  | { readonly kind: 'refused'; readonly rule: 'limit' | 'disk' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'closed' }

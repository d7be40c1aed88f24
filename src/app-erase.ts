import type { Erasure } from './access/erasure.ts'
import { createErasedUntil } from './archive/erasure-hash.ts'
import { systemClock } from './base/clock.ts'
import { drainJournal } from './consumer/drain.ts'
import { mirrorName } from './consumer/pocketbase/status.ts'
import { cleanJournal } from './journal/clean.ts'
import { type Erased, eraseRuns } from './store/erase.ts'
import { openStoreWriter } from './store/writer.ts'

export type EraseFolderOptions = {
  readonly journalPath: string
  readonly storePath: string
  readonly erasures: readonly Erasure[]
  readonly secret: Uint8Array
  /** Whether a PocketBase has to be told. */
  readonly isMirrored: boolean
}

/** Erases in a folder whose store nobody else writes to: what waits in the journal is consumed first, then the runs go, then every byte of them. */
export function eraseFolder({ journalPath, storePath, erasures, secret, isMirrored }: EraseFolderOptions): Erased {
  const store = openStoreWriter(storePath)
  try {
    drainJournal(journalPath, store, systemClock)
  } finally {
    store.close()
  }
  const erased = eraseRuns({ path: storePath, erasedUntil: createErasedUntil(erasures, secret), ...(isMirrored && { mirrorName }) })
  cleanJournal(journalPath)
  return erased
}

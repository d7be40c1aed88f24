import { dirname } from 'node:path'
import type { Erasure } from '../access/erasure.ts'
import { rewriteMessages } from '../access/told-message.ts'
import type { AlertMessage } from '../alert/message.ts'
import { quotesErrors, withoutLostTitles } from '../alert/told-error.ts'
import { createErasedUntil } from '../archive/erasure-hash.ts'
import { systemClock } from '../base/clock.ts'
import { databaseBytes, freeBytesOf, inMegabytes } from '../base/free-disk.ts'
import { drainJournal } from '../consumer/drain.ts'
import { mirrorName } from '../consumer/pocketbase/status.ts'
import { cleanJournal } from '../journal/clean.ts'
import { type Erased, eraseRuns } from '../store/erase.ts'
import { openStoreReader } from '../store/sqlite-reader.ts'
import { openStoreWriter } from '../store/writer.ts'

export type EraseFolderOptions = {
  readonly journalPath: string
  readonly storePath: string
  readonly accessPath: string
  readonly erasures: readonly Erasure[]
  readonly secret: Uint8Array
  /** Whether a PocketBase has to be told. */
  readonly isMirrored: boolean
  /** How many bytes the disk of a folder takes. */
  readonly freeBytes?: (folder: string) => number
}

/**
 * Erases in a folder whose store nobody else writes to: what waits in the journal is consumed first, then the runs go, then every byte of them. Throws with
 * a sentence for the operator, before anything is removed, where the disk has no room for that.
 */
export function eraseFolder(options: EraseFolderOptions): Erased {
  const { journalPath, storePath, accessPath, erasures, secret, isMirrored, freeBytes = freeBytesOf } = options
  const store = openStoreWriter(storePath)
  try {
    drainJournal(journalPath, store, systemClock)
  } finally {
    store.close()
  }
  demandDisk(storePath, freeBytes(dirname(storePath)))
  const erased = eraseRuns({ path: storePath, erasedUntil: createErasedUntil(erasures, secret), ...(isMirrored && { mirrorName }) })
  cleanJournal(journalPath)
  rewriteMessages(accessPath, (bodies) => withoutErasedWords(bodies, storePath))
  return erased
}

/** The store is written anew beside itself and then through its log. */
function demandDisk(storePath: string, free: number): void {
  const needed = 2 * databaseBytes([storePath])
  if (free >= needed) return
  throw new Error(
    `an erasure needs ${inMegabytes(needed)} of free disk, twice what the store holds, and ${inMegabytes(free)} are free: make room. It is noted and tried again each minute while the service runs`,
  )
}

/** Messages about new errors and weekly reports quote the names of groups, which their first runs gave. */
function withoutErasedWords(bodies: readonly string[], storePath: string): readonly string[] {
  const reader = openStoreReader(storePath)
  try {
    return bodies.map((body) => {
      const message = JSON.parse(body) as AlertMessage
      if (!quotesErrors(message)) return body
      const told = withoutLostTitles(message, (tenant, fingerprint) => reader.errorGroups(tenant, [fingerprint])[0]?.title)
      return told === message ? body : JSON.stringify(told)
    })
  } finally {
    reader.close()
  }
}

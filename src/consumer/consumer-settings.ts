import type { Seq } from '../event/entry.ts'
import type { PocketBaseAccess } from './pocketbase/client.ts'

/** What the consumer thread is opened with; must pass `postMessage`. */
export type ConsumerSettings = {
  readonly journalPath: string
  /** The journal's last seq before this process added to it; left out for a thread that takes over from another. */
  readonly journalHead?: Seq
  readonly storePath: string
  /** The PocketBase to mirror into; without it nothing leaves. */
  readonly pocketbase?: PocketBaseSettings
}

/** Where the mirror sends runs, and what it needs to take in those of an earlier service. */
export type PocketBaseSettings = {
  readonly access: PocketBaseAccess
  readonly collection: string
  readonly repoOwners: readonly string[]
  readonly idSecret: Uint8Array
}

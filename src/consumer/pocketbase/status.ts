/** The mirror's name among the consumer's companions, and of its cursor in the store. */
export const mirrorName = 'pocketbase'

/** How often it was signed in to, by what came of it. */
export type SignInCounts = Readonly<Record<'accepted' | 'refused' | 'failed', number>>

/** How the mirror is, as it passes between threads. Never holds a value of a record. */
export type MirrorStatus = {
  /** `stopped`: another installation fills the collection, so nothing is sent until that ends. */
  readonly state: 'starting' | 'pulling' | 'ok' | 'behind' | 'down' | 'stopped'
  /** Whether the last exchange with PocketBase worked. */
  readonly isConnected: boolean
  /** The revision up to which PocketBase has every change. */
  readonly cursor: number
  /** Revisions that PocketBase does not have yet. */
  readonly lag: number
  /** Records written, those deleted and those read, each counted every time. */
  readonly pushed: number
  readonly deleted: number
  readonly pulled: number
  /** Records read that do not say which run they are. */
  readonly unreadable: number
  readonly signIns: SignInCounts
  /** Why it is down or stopped, as a word of ours. */
  readonly fault?: string
  readonly lastSuccessAt?: number
  readonly retryAt?: number
}

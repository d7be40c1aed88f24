import { Rate } from '../../base/rate.ts'
import type { Revision } from '../../store/port.ts'

/** Changes a second from which the mirror stands aside: more than a PocketBase takes, so that haste would not catch up, only cost ingest its processor. */
export const busyChangesPerSecond = 2_000
/** How long it rests then, as a multiple of what the batch took: a third of its usual pace. */
const restFactor = 2
const restMsMax = 1_000

/** Decides when the mirror stands aside for ingest, by how fast changes come into the store. */
export class Courtesy {
  readonly #changes = new Rate()

  /** How long to rest after a batch that took `batchMs`, with the store at `revision` at the time `now`, all in milliseconds. 0 while there is room for both. */
  restMs(batchMs: number, revision: Revision, now: number): number {
    return this.#changes.at(revision, now) < busyChangesPerSecond ? 0 : Math.min(restMsMax, restFactor * batchMs)
  }
}

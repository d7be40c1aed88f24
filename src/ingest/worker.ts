import { answerCalls } from '../base/call.ts'
import { systemClock } from '../base/clock.ts'
import type { IngestPolicy } from './door.ts'
import { type Parcel, unpackBodies } from './parcel.ts'
import { prepareGroup } from './prepare-group.ts'
import { warmUp } from './warm-up.ts'

/** What the preparing thread answers. */
export type PrepareHandlers = typeof handlers

let policy: IngestPolicy | undefined

/** The preparing thread: checks and cloaks what would hold up the thread that serves requests. It writes nothing. */
const handlers = {
  open(given: IngestPolicy): void {
    policy = given
    warmUp({ policy, clock: systemClock })
  },
  prepare(parcel: Parcel) {
    if (policy === undefined) throw new Error('the thread has no policy')
    return prepareGroup(unpackBodies(parcel), { policy, clock: systemClock })
  },
}

answerCalls(handlers)

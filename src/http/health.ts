import type { Clock } from '../base/clock.ts'
import { answerJson } from './answer.ts'
import type { Route } from './route.ts'

/** How the parts of the service are. A part that is `off` was not attached. */
export type Condition = {
  /** Why no event can be accepted now, or nothing when one can. */
  readonly ingestRefusedBy: string | undefined
  /** Why accepted events do not reach the store, or nothing when they do. They wait in the journal meanwhile. */
  readonly storeHeldUpBy: string | undefined
  readonly pocketbase: 'off' | 'connected' | 'disconnected'
  /** Why PocketBase takes no runs, as a word of ours; nothing when it does or was not asked yet. */
  readonly pocketbaseFault: string | undefined
  readonly parked: number
}

/** `/healthz`: open to everybody, since it tells nothing but how the service is. */
export function healthRoute(condition: () => Promise<Condition>, clock: Clock): Route {
  return { method: 'GET', path: '/healthz', handle: async () => answerHealth(await condition(), clock) }
}

/** 503 only when an event cannot be accepted; `degraded` when something behind it needs a look. */
function answerHealth(condition: Condition, clock: Clock): Response {
  const { ingestRefusedBy, storeHeldUpBy, pocketbase, pocketbaseFault, parked } = condition
  const isDegraded = ingestRefusedBy !== undefined || storeHeldUpBy !== undefined || pocketbase === 'disconnected' || parked > 0
  const body = {
    status: isDegraded ? 'degraded' : 'ok',
    time: new Date(clock.now()).toISOString(),
    pocketbase,
    ...(pocketbaseFault !== undefined && { pocketbase_fault: pocketbaseFault }),
    ...(ingestRefusedBy !== undefined && { ingest: ingestRefusedBy }),
    ...(storeHeldUpBy !== undefined && { store: storeHeldUpBy }),
    ...(parked > 0 && { parked }),
  }
  return answerJson(ingestRefusedBy === undefined ? 200 : 503, body, { 'Cache-Control': 'no-store' })
}

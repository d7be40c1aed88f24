import type { Principal } from '../access/principal.ts'

/** What is known of a request besides itself. */
export type Visit = {
  /** Who asks; whether they may was decided before. */
  readonly principal: Principal
  /** The address of the other end of the connection, for limits only. */
  readonly peer: string | undefined
  /** The part of the path that the route leaves open, decoded; empty when it leaves none. */
  readonly id: string
  /** The answer may take as long as its reader does: no limit on silence ends it. */
  readonly keepOpen: () => void
}

/** What answers a request: a route's method, path and handler. */
export type Handler = (request: Request, visit: Visit) => Response | Promise<Response>
export type Route = { readonly method: 'GET' | 'POST'; readonly path: string; readonly handle: Handler }

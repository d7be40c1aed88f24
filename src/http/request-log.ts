import type { Elysia } from 'elysia'
import type { Log } from '../base/log.ts'

/** ENABLE_REQUEST_LOGGING: what was asked and how it went, by the route's pattern; never the address, the query or the body (promise P6). */
export function logRequests(app: Elysia, log: Log): void {
  const started = new WeakMap<Request, { readonly at: number; readonly bytes: number }>()
  app.onRequest(({ request }) => {
    started.set(request, { at: performance.now(), bytes: Number(request.headers.get('content-length') ?? 0) })
  })
  app.onAfterResponse({ as: 'global' }, ({ request, route, responseValue, set }) => {
    const status = responseValue instanceof Response ? responseValue.status : Number(set.status ?? 200)
    const { at, bytes } = started.get(request) ?? { at: performance.now(), bytes: 0 }
    const ms = Math.round((performance.now() - at) * 100) / 100
    log.info({ method: request.method, route: route ?? 'unknown', status, ms, bytes }, 'request')
  })
}

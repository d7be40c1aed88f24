import { Elysia } from 'elysia'
import type { Principal } from '../access/principal.ts'
import type { Log } from '../base/log.ts'
import { refusal } from '../event/refusal.ts'
import { style } from '../page/frame/style.ts'
import { answerText, securityHeaders } from './answer.ts'
import { refuseAsJson, refuseAsText } from './error.ts'
import type { Guard } from './guard/guard.ts'
import { pack } from './pack.ts'
import { pathOf } from './query.ts'

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

export type Listening = { readonly port: number; stop(): Promise<void> }

export type ServerOptions = {
  readonly address: { readonly host: string | undefined; readonly port: number }
  /** The setting that the address comes from, LISTEN_ADDR when missing: for the message when it cannot be had. */
  readonly addressSetting?: 'LISTEN_ADDR' | 'METRICS_ADDR'
  readonly routes: readonly Route[]
  /** Gives the guard that stands before a route; throws for one that nobody is known to be let in to. */
  readonly guardOf: (route: Route) => Guard
  readonly log: Log
  readonly logsRequests: boolean
  /** Told how long each request took, by the path of its route; not for `/telemetry`, which counts for itself and pays for every call. */
  readonly observeRequest?: (route: string, seconds: number) => void
}

/**
 * No limit of the server's own: it would answer 413 without our headers, where clients know 400 `invalid body`.
 * Only two routes read a body, each under its own cap; elsewhere nothing of it is kept.
 */
const requestBytesMax = Number.MAX_SAFE_INTEGER
/** Seconds after which a silent connection is closed; also bounds how long request headers may take. */
const idleSeconds = 30
const assetSeconds = 3_600

/** The routes that need nothing but the files in the binary. */
export const assetRoutes: readonly Route[] = [
  { method: 'GET', path: '/style.css', handle: (request) => answerAsset(request, style, 'text/css; charset=utf-8') },
]

/** How long requests in flight may take once the server stops, in milliseconds. */
const drainMs = 5_000
const drainPollMs = 5

/** Listens on the address. Throws when it is taken, or for a route without a guard. Every answer, also to an unknown path or method, carries the security headers. */
export function listen(options: ServerOptions): Listening {
  const app = new Elysia({ strictPath: true, handler: { standardHostname: false } }) // Any Host is as good as any other, `a` too.
  app.wrap((handle) => (request: Request) => handle(withHost(request)))
  // Elysia gives a hook only to the routes that come after it.
  app.onError(({ code, error, request, set }) => {
    const answer = answerFault(options.log, code, error, request)
    set.status = answer.status // The request log reads it from here.
    return answer
  })
  if (options.logsRequests) logRequests(app, options.log)
  const traffic: Traffic = { inFlight: 0, isStopping: false }
  for (const route of options.routes) addRoute(app, timed(route, options.observeRequest), options.guardOf(route), traffic)
  for (const [path, methods] of methodsByPath(options.routes)) app.all(path, () => refuseMethod(path, methods), { parse: 'none' })
  try {
    app.listen({
      port: options.address.port,
      ...(options.address.host !== undefined && { hostname: options.address.host }),
      reusePort: false, // Elysia's default would let a second service take half of the clients unseen.
      development: false, // Faults are answered in our words, whatever NODE_ENV says.
      idleTimeout: idleSeconds,
      maxRequestBodySize: requestBytesMax,
    })
  } catch (fault) {
    throw explainListening(options, fault)
  }
  const { server } = app
  if (!server) throw new Error('the server did not start')
  return { port: server.port ?? options.address.port, stop: () => drain(server, traffic) }
}

/**
 * A request without a Host that makes a URL (HTTP/1.0 needs none) has a bare path for its URL, in which the router takes a later slash for the first:
 * it gets a Host.
 */
function withHost(request: Request): Request {
  const { url } = request
  if (url.startsWith('http://')) return request
  return Object.defineProperty(request, 'url', { value: `http://localhost${url.startsWith('/') ? '' : '/'}${url}` })
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it, stop that one or set another',
  EADDRNOTAVAIL: 'this machine does not have that address, set another',
  EACCES: 'this user may not listen there, set a port above 1023 in',
}

/** Says which address cannot be had, why, and which setting names another. */
function explainListening({ address: { host, port }, addressSetting = 'LISTEN_ADDR' }: ServerOptions, fault: unknown): unknown {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  const remedy = remedies[code]
  if (remedy === undefined) return fault
  const shown = `${host === undefined ? '' : host.includes(':') ? `[${host}]` : host}:${port}`
  return new Error(`cannot listen on ${shown} (${code}): ${remedy} ${addressSetting}`)
}

function timed(route: Route, observe: ServerOptions['observeRequest']): Route {
  if (observe === undefined || route.path === '/telemetry') return route
  return {
    ...route,
    handle: async (request, visit) => {
      const started = performance.now()
      try {
        return await route.handle(request, visit)
      } finally {
        observe(route.path, (performance.now() - started) / 1_000)
      }
    },
  }
}

type Traffic = { inFlight: number; isStopping: boolean }
type Context = {
  readonly request: Request
  readonly server: { requestIP(request: Request): { address: string } | null; timeout(request: Request, seconds: number): void } | null
  readonly params?: Record<string, string>
}

function addRoute(app: Elysia, route: Route, guard: Guard, traffic: Traffic): void {
  const { method, path, handle } = route
  const run = async ({ request, server, params }: Context): Promise<Response> => {
    if (traffic.isStopping) return answerText(503, 'server busy\n', { 'Retry-After': String(restartSeconds), Connection: 'close' })
    traffic.inFlight += 1
    try {
      const peer = server?.requestIP(request)?.address
      const admitted = guard(request, peer)
      if (!admitted.ok) return admitted.fault
      return await handle(request, { principal: admitted.value, peer, id: openPart(params), keepOpen: () => server?.timeout(request, 0) })
    } finally {
      traffic.inFlight -= 1
    }
  }
  if (method === 'POST') app.post(path, run, { parse: 'none' })
  else app.get(path, run).head(path, run)
}

function openPart(params: Context['params']): string {
  for (const name in params) return params[name] ?? ''
  return ''
}

const restartSeconds = 5

/** Takes no connection any more, refuses what still comes over open ones, waits for what is in flight, then closes. */
async function drain(server: { stop(force?: boolean): Promise<void> }, traffic: Traffic): Promise<void> {
  traffic.isStopping = true
  server.stop(false)
  const deadline = performance.now() + drainMs
  while (traffic.inFlight > 0 && performance.now() < deadline) await Bun.sleep(drainPollMs)
  await server.stop(true)
}

/** The methods of each path, in the order of the routes. */
function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>()
  for (const { path, method } of routes)
    methods.set(path, [...(methods.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])])
  return methods
}

function refuseMethod(path: string, methods: readonly string[]): Response {
  const fault = refusal('method_not_allowed', 'method', methods.filter((method) => method !== 'HEAD').join('_or_'))
  const headers = { Allow: methods.join(', ') }
  return path === '/telemetry' ? refuseAsText(fault, headers) : refuseAsJson(fault, headers)
}

const unknownPath = refusal('not_found', 'path', 'unknown')

function answerFault(log: Log, code: string | number, error: unknown, request: Request): Response {
  if (code === 'NOT_FOUND') return pathOf(request).startsWith('/api/') ? refuseAsJson(unknownPath) : answerText(404, 'not found\n')
  const name = error instanceof Error ? error.name : 'unknown'
  log.error({ code: String(code), fault: name, method: request.method }, 'request failed')
  return answerText(500, 'internal error\n')
}

function answerAsset(request: Request, text: string, type: string): Response {
  const packed = pack(text, request)
  return new Response(packed.body, {
    headers: {
      ...securityHeaders,
      'Content-Type': type,
      'Cache-Control': `public, max-age=${assetSeconds}`,
      Vary: 'Accept-Encoding',
      ...packed.headers,
    },
  })
}

/** ENABLE_REQUEST_LOGGING: what was asked and how it went, by the route's pattern; never the address, the query or the body (promise P6). */
function logRequests(app: Elysia, log: Log): void {
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

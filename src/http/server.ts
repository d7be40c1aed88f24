import { Elysia } from 'elysia'
import type { Log } from '../base/log.ts'
import { refusal } from '../event/refusal.ts'
import { style } from '../page/frame/style.ts'
import { answerText, securityHeaders } from './answer.ts'
import { refuseAsJson, refuseAsText } from './error.ts'
import type { Guard } from './guard/guard.ts'
import { idleMs, listenOn, type Socket, type Traffic } from './listener.ts'
import { packKept, packPage } from './pack.ts'
import { pathOf } from './query.ts'
import { logRequests } from './request-log.ts'
import type { Route } from './route.ts'
import type { TlsPair } from './tls/pair.ts'
import type { PlainGuard } from './tls/plain-guard.ts'

export type Listening = {
  readonly port: number
  /** Serves another certificate from now on. What came before is answered on the connection that it came by. */
  renew(pair: TlsPair): void
  stop(): Promise<void>
}

export type ServerOptions = {
  readonly address: { readonly host: string | undefined; readonly port: number }
  /** The setting that the address comes from, LISTEN_ADDR when missing: for the message when it cannot be had. */
  readonly addressSetting?: 'LISTEN_ADDR' | 'METRICS_ADDR'
  readonly routes: readonly Route[]
  /** Gives the guard that stands before a route; throws for one that nobody is known to be let in to. */
  readonly guardOf: (route: Route) => Guard
  readonly log: Log
  readonly logsRequests: boolean
  /** Speaks TLS, with this pair at first. */
  readonly tls?: TlsPair
  /** REQUIRE_HTTPS: tells what came in the plain, and refuses it. */
  readonly plain?: PlainGuard
  /** How long a socket whose certificate was replaced goes on, in milliseconds; by default as long as a connection may be silent. */
  readonly retireMs?: number
  /** Told how long each request took, by the path of its route; not for `/telemetry`, which counts for itself and pays for every call. */
  readonly observeRequest?: (route: string, seconds: number) => void
  /** The answer to a browser that asks, before a page of another origin sends something to this path, whether it may; nothing where no other origin may. */
  readonly preflight?: (request: Request) => Response | undefined
  /** The page for a browser at a path that leads nowhere; nothing for whoever is to get the plain answer. */
  readonly unknownPage?: (request: Request, peer: string | undefined) => Response | undefined
}

const restartSeconds = 5
const assetSeconds = 3_600

/** The routes that need nothing but the files in the binary. */
export const assetRoutes: readonly Route[] = [{ method: 'GET', path: '/style.css', handle: assetOf(style, 'text/css; charset=utf-8') }]

/**
 * Listens on the address. Throws when it is taken, or for a route without a guard. Every answer, also to an unknown path or method, carries the security
 * headers. Bun keeps to the certificate that a socket was opened with, so another one is served by another socket on the same address.
 */
export function listen(options: ServerOptions): Listening {
  let serving = openSocket(options, options.address, options.tls)
  const { port } = serving
  const retiring = new Set<Socket>()

  function renew(pair: TlsPair): void {
    const before = serving
    serving = openSocket(options, { ...options.address, port }, pair, true)
    retiring.add(before)
    void before.retire(options.retireMs ?? idleMs).then(() => retiring.delete(before))
  }

  return { port, renew, stop: async () => void (await Promise.all([serving, ...retiring].map((socket) => socket.drain()))) }
}

function openSocket(options: ServerOptions, address: ServerOptions['address'], tls: TlsPair | undefined, isShared = false): Socket {
  const traffic: Traffic = { inFlight: 0, state: 'serving' }
  const place = { address, setting: options.addressSetting ?? 'LISTEN_ADDR', isShared, ...(tls && { tls }) }
  return listenOn(createApp(options, traffic), place, traffic)
}

/** The routes with what is done for all of them. */
function createApp(options: ServerOptions, traffic: Traffic): Elysia {
  const app = new Elysia({ strictPath: true, handler: { standardHostname: false } }) // Any Host is as good as any other, `a` too.
  app.wrap((handle) => {
    const answer = handle as unknown as Answering // Elysia types it as a function that gives a function.
    return secured(options, app, (request) => answer(withHost(request)))
  })
  // Elysia gives a hook only to the routes that come after it.
  app.onError(({ code, error, request, server, set }) => {
    const page = code === 'NOT_FOUND' ? options.unknownPage?.(request, server?.requestIP(request)?.address) : undefined
    const answer = page === undefined ? answerFault(options.log, code, error, request) : packPage(page, request)
    set.status = answer.status // The request log reads it from here.
    return answer
  })
  if (options.logsRequests) logRequests(app, options.log)
  for (const route of options.routes) addRoute(app, timed(route, options.observeRequest), options.guardOf(route), traffic)
  for (const [path, methods] of methodsByPath(options.routes)) {
    const answer = ({ request }: { readonly request: Request }) =>
      (request.method === 'OPTIONS' ? options.preflight?.(request) : undefined) ?? refuseMethod(path, methods)
    app.all(path, answer, { parse: 'none' })
  }
  return app
}

type Answering = (request: Request) => Response | Promise<Response>

/**
 * What stands before every route where TLS is asked for: plain requests are refused, and browsers are told to stay with TLS, in answers by TLS alone (RFC 6797,
 * 7.2: never over a plain one).
 */
function secured({ tls, plain }: ServerOptions, app: Elysia, answer: Answering): Answering {
  if (tls === undefined && plain === undefined) return answer
  return async (request) => {
    const peer = app.server?.requestIP(request)?.address
    const answered = plain?.refuse(request, peer) ?? (await answer(request))
    if (tls !== undefined || plain?.isSecured(request, peer)) answered.headers.set('Strict-Transport-Security', strictTransport)
    return answered
  }
}

/** A year, as lists of such hosts ask for. Whether it holds for hosts beneath this one is not ours to say. */
const strictTransport = 'max-age=31536000'

/**
 * A request without a Host that makes a URL (HTTP/1.0 needs none) has a bare path for its URL, in which the router takes a later slash for the first:
 * it gets a Host.
 */
function withHost(request: Request): Request {
  const { url } = request
  if (url.startsWith('http://') || url.startsWith('https://')) return request
  return Object.defineProperty(request, 'url', { value: `http://localhost${url.startsWith('/') ? '' : '/'}${url}` })
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

type Context = {
  readonly request: Request
  readonly server: { requestIP(request: Request): { address: string } | null; timeout(request: Request, seconds: number): void } | null
  readonly params?: Record<string, string>
}

function addRoute(app: Elysia, route: Route, guard: Guard, traffic: Traffic): void {
  const { method, path, handle } = route
  const run = async ({ request, server, params }: Context): Promise<Response> => {
    if (traffic.state === 'stopping')
      return answerText(503, 'server busy\n', { 'Retry-After': String(restartSeconds), Connection: 'close' })
    traffic.inFlight += 1
    try {
      const peer = server?.requestIP(request)?.address
      const admitted = guard(request, peer)
      if (!admitted.ok) return packPage(admitted.fault, request)
      const visit = { principal: admitted.value, peer, id: openPart(params), keepOpen: () => server?.timeout(request, 0) }
      const answer = packPage(await handle(request, visit), request)
      if (traffic.state === 'retiring') answer.headers.set('Connection', 'close')
      return answer
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

function assetOf(text: string, type: string): Route['handle'] {
  const packFor = packKept(text)
  return (request) => {
    const packed = packFor(request)
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
}
